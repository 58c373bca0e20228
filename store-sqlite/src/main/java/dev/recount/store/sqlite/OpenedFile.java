package dev.recount.store.sqlite;

import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file that a log was opened from, to notice that its path does not lead to it any more: what is written to such a file is lost
 * when the last program has closed it. Where the file system gives files no keys, only that there is a file is seen. Immutable.
 *
 * @param key what the file system knows the file by
 * @param walKey the same of its write-ahead log
 */
record OpenedFile(Path path, @Nullable Object key, @Nullable Object walKey) {

    /** The file that is there now; one without keys where none is. */
    static OpenedFile of(Path path) {
        BasicFileAttributes wal = attributes(walOf(path));
        return new OpenedFile(path, keyOf(attributes(path)), keyOf(wal));
    }

    /**
     * Refuses to go on where the path leads to another file, or to none.
     *
     * @throws LogCorrupt where another file was put in its place
     * @throws StoreUnavailable where no file is there
     */
    void requireThere() {
        if (isReplaced()) {
            throw replaced(path);
        }
    }

    /**
     * Whether another file was put in its place.
     *
     * @throws StoreUnavailable where no file is there
     */
    boolean isReplaced() {
        BasicFileAttributes now = attributes(path);
        if (now == null) {
            throw gone(path);
        }
        Object found = now.fileKey();
        return key != null && found != null && !key.equals(found);
    }

    /**
     * Refuses to open what was put in its place while the write-ahead log of this one is still beside it: SQLite would write the one
     * into the other.
     */
    void requireOwnWalGone() {
        BasicFileAttributes wal = attributes(walOf(path));
        if (wal != null && wal.size() > 0 && walKey != null && walKey.equals(wal.fileKey())) {
            String name = String.valueOf(path.getFileName());
            throw new LogCorrupt(
                    "Log " + path + " was replaced while it was open, and " + name
                            + "-wal beside it belongs to the file"
                            + " before, so the new one is not opened. Remove " + name + "-wal and " + name
                            + "-shm; what is in them is lost unless the file before is put back.",
                    null);
        }
    }

    /** What there is to say of a log whose path leads nowhere. */
    static StoreUnavailable gone(Path path) {
        return new StoreUnavailable(
                "Log " + path
                        + " cannot be reached any more, so nothing is written. Check whether it was removed or moved,"
                        + " and put it back; or close what has it open, and open it anew.",
                null);
    }

    private static LogCorrupt replaced(Path path) {
        return new LogCorrupt(
                "Log " + path + " was replaced while it was open: its path leads to another file now, so nothing is"
                        + " written. Close the store and open it again.",
                null);
    }

    private static Path walOf(Path path) {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    private static @Nullable Object keyOf(@Nullable BasicFileAttributes file) {
        return file == null ? null : file.fileKey();
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException notThere) {
            return null;
        }
    }
}
