package dev.recount.examples.orchestration.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The git program in one folder. It asks for no configuration but the repository's own, so it does the same on every machine. Immutable.
 *
 * @param folder where it works
 * @param environment what it is told beside
 */
public record Git(Path folder, Map<String, String> environment) {

    private static final Map<String, String> ALONE = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_TERMINAL_PROMPT", "0",
            "LC_ALL", "C");

    /** Copies the environment. */
    public Git {
        environment = Map.copyOf(environment);
    }

    /** Git in that folder, which commits in this name. */
    public static Git in(Path folder, String author, String email) {
        return new Git(
                folder,
                Map.of(
                        "GIT_AUTHOR_NAME", author,
                        "GIT_AUTHOR_EMAIL", email,
                        "GIT_COMMITTER_NAME", author,
                        "GIT_COMMITTER_EMAIL", email));
    }

    /** The same with an index of its own, which leaves the one that people see as it is. */
    Git withIndex(Path index) {
        Map<String, String> more = new HashMap<>(environment);
        more.put("GIT_INDEX_FILE", index.toString());
        return new Git(folder, more);
    }

    /**
     * What git says.
     *
     * @throws IOException where it fails, with what it says then
     */
    public String run(String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("git", ".err");
        try {
            Process process = start(errors, arguments);
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                String complaint = (said + " " + Files.readString(errors).strip()).strip();
                throw new IOException("git " + String.join(" ", arguments) + " failed: " + complaint);
            }
            return said;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** The commit that a name stands for; empty where there is none. */
    Optional<String> commit(String name) throws IOException, InterruptedException {
        // Unlike rev-parse, this fails for a broken repository, and not for a name without a commit.
        String found = run("for-each-ref", "--format=%(objectname)", name);
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** Where the branch stands that is checked out; empty before its first commit. */
    Optional<String> head() throws IOException, InterruptedException {
        return commit(run("symbolic-ref", "HEAD"));
    }

    // A variable of whoever started this program, such as GIT_DIR in a hook, would send git elsewhere.
    private Process start(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(ALONE);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
