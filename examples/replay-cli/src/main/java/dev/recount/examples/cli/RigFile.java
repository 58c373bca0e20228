package dev.recount.examples.cli;

import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The rig of a command. It is never created, and opened for reading only unless the command changes it. */
final class RigFile {

    @Parameters(index = "0", paramLabel = "RIG.db", description = "The SQLite file of the log.")
    private Path file = Path.of("");

    SqliteEventStore open() {
        requireFile();
        return SqliteEventStore.openReadOnly(file);
    }

    /** For the few commands that change a log. */
    SqliteEventStore openToWrite() {
        requireFile();
        return SqliteEventStore.open(file);
    }

    private void requireFile() {
        if (file.toString().isEmpty()) {
            throw Failure.noPath();
        }
        if (Files.isDirectory(file)) {
            throw Failure.notALog(file);
        }
        if (!Files.exists(file)) {
            throw Failure.noLog(file);
        }
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
