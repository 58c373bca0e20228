package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file that takes the place of another one when it is complete, so that nobody finds half of it. */
final class NewFile implements AutoCloseable {

    private final Path target;
    private final Path part;
    private final Writer writer;

    private NewFile(Path target, Path part, Writer writer) {
        this.target = target;
        this.part = part;
        this.writer = writer;
    }

    /** A file for {@code target}, which must not be the log that is read. */
    static NewFile replacing(Path target, Path log) {
        Path absolute = target.toAbsolutePath();
        try {
            if (Files.isDirectory(target)) {
                throw Failure.badInput("bad_target", target + " is a folder. Give a file to write into.");
            }
            if (Files.exists(target) && Files.isSameFile(target, log)) {
                throw Failure.badInput("bad_target", target + " is the log itself. Give another file.");
            }
            requireFolder(target, absolute.getParent());
            Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
            return new NewFile(absolute, part, Files.newBufferedWriter(part));
        } catch (IOException e) {
            throw Failure.badInput(
                    "bad_target", target + " cannot be written. Give a file in a folder that can be written to.");
        }
    }

    /** Where its content goes. */
    Terminal content() {
        return new Terminal(writer, Writer.nullWriter(), Terminal.Ends.plain());
    }

    /** Puts it in its place. */
    void complete() {
        try {
            writer.close();
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves nothing behind of a file that was not completed. */
    @Override
    public void close() {
        try {
            writer.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireFolder(Path target, @Nullable Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            throw Failure.badInput(
                    "bad_target",
                    target + " cannot be written, since there is no folder " + folder
                            + ". Give a file in an existing folder.");
        }
    }
}
