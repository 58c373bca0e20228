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
        return ask(arguments).orFail(arguments).out();
    }

    /** Whether the folder is in a repository that git can work with. */
    boolean hasRepository() throws IOException, InterruptedException {
        return Files.isDirectory(folder) && ask("rev-parse", "--git-dir").status() == 0;
    }

    /** The commit that a name stands for; empty where there is none. */
    Optional<String> commit(String name) throws IOException, InterruptedException {
        String[] arguments = {"rev-parse", "--verify", "--quiet", name + "^{commit}"};
        Said said = ask(arguments);
        boolean isUnknown = said.status() == 1 && said.complaint().isEmpty();
        return isUnknown ? Optional.empty() : Optional.of(said.orFail(arguments).out());
    }

    private Said ask(String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("git", ".err");
        try {
            Process process = start(errors, arguments);
            String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            int status = process.waitFor();
            return new Said(status, out, Files.readString(errors).strip());
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** What came of asking git. Immutable. */
    private record Said(int status, String out, String complaint) {

        Said orFail(String... arguments) throws IOException {
            if (status != 0) {
                throw new IOException("git " + String.join(" ", arguments) + " failed: " + out + " " + complaint);
            }
            return this;
        }
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
