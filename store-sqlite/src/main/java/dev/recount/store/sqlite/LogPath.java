package dev.recount.store.sqlite;

import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The path of a log file, checked before SQLite is asked, whose own words are less clear. */
final class LogPath {

    private LogPath() {}

    /** The real path of a file that may not exist yet. */
    static Path toOpen(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        requireNoFolder(absolute);
        Path parent = absolute.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw unavailable(
                    "Folder " + parent + " does not exist, so no log can be opened or created there. Create the"
                            + " folder first.",
                    null);
        }
        try {
            return Files.exists(absolute)
                    ? absolute.toRealPath()
                    : parent.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw unavailable("Log " + absolute + " cannot be reached. Check the path and its permissions.", e);
        }
    }

    /** The real path of a file that exists. */
    static Path toRead(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        requireNoFolder(absolute);
        if (!Files.exists(absolute)) {
            throw unavailable("Log " + absolute + " does not exist. Check the path; only open creates a log.", null);
        }
        return toOpen(absolute);
    }

    private static void requireNoFolder(Path file) {
        if (Files.isDirectory(file)) {
            throw unavailable("Path " + file + " is a folder, not a log. Give the path of a file in it.", null);
        }
    }

    private static StoreUnavailable unavailable(String message, @Nullable Throwable cause) {
        return new StoreUnavailable(message, cause);
    }
}
