package dev.recount.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a text file that are not blank, one at a time; unpacked on the way where it is packed with gzip. */
final class TextLines {

    private static final int GZIP_MAGIC = 0x1f8b;

    private TextLines() {}

    /** Takes one line with its number, from 1. */
    interface Taker {
        void take(long number, String line);
    }

    static void each(Path file, Taker taker) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(unpacked(bytes), UTF_8))) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    taker.take(number, line);
                }
            }
        } catch (ZipException | EOFException e) {
            throw Failure.badInput(
                    "unreadable_file",
                    file
                            + " is packed with gzip and damaged or cut off. Give the whole file, or one that is not packed.");
        } catch (IOException e) {
            throw Failure.badInput(
                    "unreadable_file", file + " cannot be read. Give a file of events that may be read.");
        }
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
    }
}
