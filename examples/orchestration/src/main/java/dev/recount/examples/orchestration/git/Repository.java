package dev.recount.examples.orchestration.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may be wanted of a repository, each with a key under which it is done once, however often it is asked for.
 *
 * <p>The mark by which a second try finds what the first one did is made in the same step that makes it count: a reference of its own for a
 * checkpoint; for a commit a trailer in its message, and the branch moves only from where it was looked at. So neither a program that was
 * killed nor a git process that it left behind does a thing twice. Immutable.
 *
 * @param git git in the folder
 */
record Repository(Git git) {

    private static final String CHECKPOINTS = "refs/recount/checkpoints/";

    /** The commit that keeps all files as they are, or as they were at the first try. It is on no branch. */
    String checkpoint(String key) throws IOException, InterruptedException {
        String reference = CHECKPOINTS + key;
        Optional<String> kept = git.commit(reference);
        if (kept.isPresent()) {
            return kept.get();
        }
        String commit = commitTree(tree(), git.commit("HEAD"), "Checkpoint\n\n" + trailer(key));
        // The empty word: only where there is none yet.
        git.run("update-ref", reference, commit, "");
        return commit;
    }

    /** The commit of all that has changed; empty where nothing has. */
    Optional<String> commit(String message, String key) throws IOException, InterruptedException {
        Optional<String> head = git.commit("HEAD");
        Optional<String> done = head.isPresent() ? committed(key, head.get()) : Optional.empty();
        if (done.isEmpty()) {
            String tree = tree();
            if (head.isPresent() && tree.equals(git.run("rev-parse", head.get() + "^{tree}"))) {
                return Optional.empty();
            }
            done = Optional.of(commitTree(tree, head, message + "\n\n" + trailer(key)));
            git.run("update-ref", "HEAD", done.get(), head.orElse(""));
        }
        git.run("reset", "--quiet");
        return done;
    }

    /** Makes the files those of a commit, without those that came since. No branch moves, and ignored files stay. */
    void restore(String commit) throws IOException, InterruptedException {
        git.run("add", "--all");
        git.run("read-tree", "--reset", "-u", commit);
        git.run("reset", "--quiet");
    }

    /** When a commit was made: the same at each try, unlike the time of day. */
    Instant madeAt(String commit) throws IOException, InterruptedException {
        return OffsetDateTime.parse(git.run("show", "--no-patch", "--format=%cI", commit))
                .toInstant();
    }

    private Optional<String> committed(String key, String head) throws IOException, InterruptedException {
        String found = git.run("log", "-1", "--format=%H", "--fixed-strings", "--grep=" + trailer(key), head);
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private String commitTree(String tree, Optional<String> parent, String message)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-m", message));
        parent.ifPresent(commit -> arguments.addAll(List.of("-p", commit)));
        return git.run(arguments.toArray(String[]::new));
    }

    private String tree() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("index");
        Path index = scratch.resolve("index");
        try {
            Git aside = git.withIndex(index);
            Optional<String> head = git.commit("HEAD");
            if (head.isPresent()) {
                // Files that are tracked although they are ignored would be left out otherwise.
                aside.run("read-tree", head.get());
            }
            aside.run("add", "--all");
            return aside.run("write-tree");
        } finally {
            Files.deleteIfExists(index);
            Files.deleteIfExists(scratch);
        }
    }

    private static String trailer(String key) {
        return "Recount-Key: " + key;
    }
}
