package dev.recount.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file of a copy until it is whole, so that nobody takes a part for a log. */
record PartOfCopy(Path file, Path target) {

    private static final List<String> BESIDE = List.of("-wal", "-shm", "-turn");

    static PartOfCopy of(Path target) {
        Path absolute = target.toAbsolutePath();
        PartOfCopy part = new PartOfCopy(absolute.resolveSibling(absolute.getFileName() + ".part"), absolute);
        if (Files.exists(absolute)) {
            throw new IllegalArgumentException(absolute
                    + " exists already, and a copy replaces nothing. Give a path where there" + " is no file.");
        }
        part.requireNew();
        return part;
    }

    // Made by whoever is first: two copies at once would mix.
    private void requireNew() {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            String why = Files.exists(file)
                    ? "exists: another copy is being made, or one was broken off. In that case remove it."
                    : "cannot be made (" + e.getMessage() + "). Give a file in a folder that can be written to.";
            throw new IllegalArgumentException(file + " " + why, e);
        }
    }

    /** Gives it its name, once it is safe on the disk. */
    void complete() {
        try {
            try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(file, target);
            removeBeside();
        } catch (IOException e) {
            throw new UncheckedIOException("The copy " + file + " could not be given its name.", e);
        }
    }

    /** Leaves nothing behind. */
    void remove() {
        try {
            Files.deleteIfExists(file);
            removeBeside();
        } catch (IOException e) {
            throw new UncheckedIOException("The broken-off copy " + file + " could not be removed.", e);
        }
    }

    private void removeBeside() throws IOException {
        for (String ending : BESIDE) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
        }
    }
}
