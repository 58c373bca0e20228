package dev.recount.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rig that an import goes into, which is not left behind empty where this run created it. */
final class CreatedRig {

    private final Path file;
    private final boolean isNew;

    private CreatedRig(Path file, boolean isNew) {
        this.file = file;
        this.isNew = isNew;
    }

    /** To be called before the rig is opened. */
    static CreatedRig before(Path file) {
        return new CreatedRig(file, Files.notExists(file));
    }

    /** Removes a rig without events, once it is closed. Where another program has it open, its journal is there, and it stays. */
    void removeEmpty() {
        if (isNew && Files.notExists(Path.of(file + "-wal"))) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
