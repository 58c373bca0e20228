package dev.recount.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a log takes on disk. Immutable.
 *
 * @param file bytes of the file itself
 * @param wal bytes of the write-ahead log beside it
 */
record FileSizes(long file, long wal) {

    static FileSizes of(Path file) {
        return new FileSizes(size(file), size(file.resolveSibling(file.getFileName() + "-wal")));
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
