package dev.recount.examples.cli;

import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The rig that a command looks into. It is opened for reading only, and never created. */
final class RigFile {

    @Parameters(index = "0", paramLabel = "RIG.db", description = "The SQLite file of the log.")
    private Path file = Path.of("");

    SqliteEventStore open() {
        if (file.toString().isEmpty()) {
            throw Failure.noPath();
        }
        if (Files.isDirectory(file)) {
            throw Failure.notALog(file);
        }
        if (!Files.exists(file)) {
            throw Failure.noLog(file);
        }
        return SqliteEventStore.openReadOnly(file);
    }

    Path file() {
        return file;
    }

    /** The rig's name: that of the file, without its ending. */
    String name() {
        return nameOf(file);
    }

    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".db") ? name.substring(0, name.length() - 3) : name;
    }
}
