package dev.recount.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one run, which are gone at its end. Thread-safe. */
public final class Scratch implements AutoCloseable {

    private final Path folder;
    private final Thread atExit;

    private Scratch(Path folder) {
        this.folder = folder;
        this.atExit = new Thread(this::removeQuietly, "scratch");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new folder in that one. */
    public static Scratch in(Path parent) throws IOException {
        return new Scratch(Files.createTempDirectory(parent, "recount-benchmarks-"));
    }

    /** A new and empty folder. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "run-");
    }

    /** The path of a log file that does not exist yet, in a folder of its own. */
    Path newFile() throws IOException {
        return newFolder().resolve("log.db");
    }

    @Override
    public void close() throws IOException {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException e) {
            System.err.println("benchmarks: " + folder + " could not be removed: " + e.getMessage());
        }
    }

    private void remove() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
