package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import dev.recount.reaction.RunningReactor;
import dev.recount.store.sqlite.Parcels.Parcel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A reactor whose effects can be seen from outside: files, or commits in a git repository. */
final class ReactorChild {

    private ReactorChild() {}

    /** The options of all who write to the log: what outlives a kill need not outlive a power cut here. */
    static SqliteOptions options() {
        return SqliteOptions.defaults().withDurability(Durability.NORMAL);
    }

    /** Starts it under a name, so that after a kill it goes on at once. */
    static RunningReactor start(SqliteEventStore store, Effect<String, Parcel> effect, InstantSource clock) {
        return Parcels.log(store)
                .react(Parcels.sender(), SqliteReactions.of(store))
                .withOwner("child")
                .withClock(clock)
                .start(effect, Parcels.handler(store));
    }

    static Effect<String, Parcel> effect(String kind, Path folder) {
        return kind.equals("git") ? new Commits(folder) : new FilesOnce(folder);
    }

    /** One file for each intent. Counts how often it was performed. */
    private record FilesOnce(Path folder) implements Effect<String, Parcel> {

        @Override
        public Optional<Parcel> perform(String parcel, Attempt attempt) throws IOException {
            Files.writeString(
                    folder.resolve("performed.txt"),
                    attempt.key() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Path written = folder.resolve(attempt.key() + ".part");
            Path file = folder.resolve(attempt.key() + ".parcel");
            if (!Files.exists(file)) {
                Files.writeString(written, "content of " + parcel);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Optional.of(new Parcel(parcel, file.getFileName().toString()));
        }
    }

    /**
     * One commit for each intent. A killed program may leave a git process that is still at work, so looking first is not
     * enough: the branch is moved only where it is still where the look was.
     */
    private record Commits(Path repository) implements Effect<String, Parcel> {

        @Override
        public Optional<Parcel> perform(String parcel, Attempt attempt) throws Exception {
            String trailer = "Reactor-Key: " + attempt.key();
            String head = git(repository, "rev-parse", "HEAD");
            String commit = git(repository, "log", "-1", "--format=%H", "--fixed-strings", "--grep=" + trailer, head);
            if (commit.isEmpty()) {
                String message = "Send " + parcel + "\n\n" + trailer;
                commit = git(repository, "commit-tree", head + "^{tree}", "-p", head, "-m", message);
                git(repository, "update-ref", "HEAD", commit, head);
            }
            return Optional.of(new Parcel(parcel, commit));
        }
    }

    /** What git says; it fails where git does. */
    static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GIT_AUTHOR_NAME", "child",
                        "GIT_AUTHOR_EMAIL", "child@example.org",
                        "GIT_COMMITTER_NAME", "child",
                        "GIT_COMMITTER_EMAIL", "child@example.org",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1"));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + said);
        }
        return said;
    }
}
