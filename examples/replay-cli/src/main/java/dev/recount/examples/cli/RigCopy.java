package dev.recount.examples.cli;

import dev.recount.store.EventStoreException;
import dev.recount.store.LogInfo;
import dev.recount.store.postgres.PostgresTown;
import dev.recount.store.postgres.Transfer;
import dev.recount.store.sqlite.SqliteEventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The copy of one rig of a town, and how far it is. Not thread-safe: use from one thread at a time. */
final class RigCopy {

    // A file system may keep times to two seconds only, and a commit may be seen a moment after it was written.
    private static final long SETTLED_MILLIS = Duration.ofSeconds(30).toMillis();

    private final String name;
    private final Path file;
    private Stamp stamp = Stamp.NONE;
    private @Nullable LogInfo copied;
    private @Nullable String broken;
    private long events;
    private long lag;

    RigCopy(Path file) {
        this.name = RigFile.nameOf(file);
        this.file = file;
    }

    /** What tells without opening a file whether somebody wrote. */
    private record Stamp(long size, long walSize, long modifiedMillis) {

        static final Stamp NONE = new Stamp(-1, -1, Long.MAX_VALUE);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes log = Files.readAttributes(file, BasicFileAttributes.class);
                Optional<BasicFileAttributes> wal = attributes(file.resolveSibling(file.getFileName() + "-wal"));
                long written = wal.map(of -> of.lastModifiedTime().toMillis()).orElse(0L);
                long modified = Math.max(log.lastModifiedTime().toMillis(), written);
                return new Stamp(log.size(), wal.map(BasicFileAttributes::size).orElse(0L), modified);
            } catch (IOException goneOrBeingReplaced) {
                return NONE;
            }
        }

        private static Optional<BasicFileAttributes> attributes(Path wal) throws IOException {
            try {
                return Optional.of(Files.readAttributes(wal, BasicFileAttributes.class));
            } catch (NoSuchFileException closed) {
                return Optional.empty();
            }
        }

        boolean tellsOfAllThatComes() {
            return modifiedMillis < System.currentTimeMillis() - SETTLED_MILLIS;
        }
    }

    /**
     * Brings the copy up to its rig's head.
     *
     * @return whether anything is to be told: events were copied, or it is broken in another way than before
     */
    boolean bring(PostgresTown town) {
        Stamp now = Stamp.of(file);
        if (now.equals(stamp)) {
            return false;
        }
        String brokenBefore = broken;
        events = 0;
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(requireFile())) {
            copy(store, town);
            broken = null;
            stamp = now.tellsOfAllThatComes() ? now : Stamp.NONE;
        } catch (EventStoreException | IllegalStateException | IllegalArgumentException | Failure e) {
            broken = String.valueOf(e.getMessage());
            stamp = Stamp.NONE;
        }
        return events > 0 || !Objects.equals(broken, brokenBefore);
    }

    private Path requireFile() {
        if (!Files.exists(file)) {
            throw Failure.noLog(file);
        }
        return file;
    }

    private void copy(SqliteEventStore store, PostgresTown town) {
        LogInfo now = store.info();
        if (copied == null || copied.head() != now.head() || !copied.logId().equals(now.logId())) {
            events = Transfer.of(store.transferSource(), town, name).copy().events();
            copied = now;
        }
        lag = Math.max(0, store.info().head() - now.head());
    }

    String name() {
        return name;
    }

    Path file() {
        return file;
    }

    /** How many events the last look copied. */
    long events() {
        return events;
    }

    /** How many events had come after what it copied when it last looked. */
    long lag() {
        return lag;
    }

    /** The log as far as it was copied; empty where nothing could be. */
    Optional<LogInfo> copied() {
        return Optional.ofNullable(copied);
    }

    /** Why it cannot be brought up to its rig now. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }
}
