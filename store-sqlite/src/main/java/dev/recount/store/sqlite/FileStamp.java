package dev.recount.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identity, sizes and times of a log's files, which tell without opening it whether somebody wrote. Immutable.
 *
 * @param file what the file system knows the file by, where it tells
 * @param modified the later time of the two files, in milliseconds since the epoch
 */
record FileStamp(@Nullable Object file, long logSize, long walSize, long modified) {

    // Some file systems keep times to two seconds only; and a commit becomes visible when its sync is done, which
    // changes neither
    // size nor time, and which a slow disk takes its time for.
    private static final long GRANULARITY_MILLIS = 30_000;

    /** Of a file that is not there or cannot be looked at; or that must be opened to know. */
    static final FileStamp NEVER = new FileStamp(null, -1, -1, Long.MAX_VALUE);

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes log = Files.readAttributes(file, BasicFileAttributes.class);
            Path wal = file.resolveSibling(file.getFileName() + "-wal");
            Optional<BasicFileAttributes> written = attributes(wal);
            if (written.isEmpty()) {
                return new FileStamp(
                        log.fileKey(), log.size(), 0, log.lastModifiedTime().toMillis());
            }
            long modified = Math.max(
                    log.lastModifiedTime().toMillis(),
                    written.get().size() == 0
                            ? 0
                            : written.get().lastModifiedTime().toMillis());
            return new FileStamp(log.fileKey(), log.size(), written.get().size(), modified);
        } catch (IOException beingReplaced) {
            return NEVER;
        }
    }

    // The last one to close a log removes this file, at any moment.
    private static Optional<BasicFileAttributes> attributes(Path wal) throws IOException {
        try {
            return Optional.of(Files.readAttributes(wal, BasicFileAttributes.class));
        } catch (NoSuchFileException closedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Whether a further write would surely be told by another time. */
    boolean isSettled() {
        return modified < System.currentTimeMillis() - GRANULARITY_MILLIS;
    }

    /** This, to compare with later, where a further write would surely be told. */
    FileStamp orNever() {
        return isSettled() ? this : NEVER;
    }

    /** Whether nothing was ever written to the file. */
    boolean isEmpty() {
        return logSize == 0 && walSize == 0;
    }
}
