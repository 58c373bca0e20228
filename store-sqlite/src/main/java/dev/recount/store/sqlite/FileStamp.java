package dev.recount.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * Sizes and times of a log's files, which tell without opening it whether somebody wrote. Immutable.
 *
 * @param modified the later time of the two files, in milliseconds since the epoch
 */
record FileStamp(long logSize, long walSize, long modified) {

    // Some file systems keep times to two seconds only.
    private static final long GRANULARITY_MILLIS = 2_000;

    static final FileStamp NEVER = new FileStamp(-1, -1, Long.MAX_VALUE);

    static FileStamp of(Path file) {
        try {
            Path wal = file.resolveSibling(file.getFileName() + "-wal");
            long walSize = Files.exists(wal) ? Files.size(wal) : 0;
            FileTime log = Files.getLastModifiedTime(file);
            long modified = walSize == 0
                    ? log.toMillis()
                    : Math.max(log.toMillis(), Files.getLastModifiedTime(wal).toMillis());
            return new FileStamp(Files.size(file), walSize, modified);
        } catch (IOException beingReplaced) {
            return NEVER;
        }
    }

    /** Whether a further write would surely be told by another time. */
    boolean isSettled(long nowMillis) {
        return modified < nowMillis - GRANULARITY_MILLIS;
    }
}
