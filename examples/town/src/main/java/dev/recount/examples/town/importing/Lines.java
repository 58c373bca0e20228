package dev.recount.examples.town.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a text file, one at a time; unpacked on the way where its name ends in {@code .gz}. */
final class Lines {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private Lines() {}

    /** Takes one line. */
    interface Taker {
        void take(long number, String line);
    }

    /** Gives every line that is not blank, with its number from 1; a byte order mark before the first is no part of it. */
    static void each(Path file, Taker taker) {
        try (BufferedReader reader = open(file)) {
            long number = 0;
            skipByteOrderMark(reader);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    taker.take(number, line);
                }
            }
        } catch (ZipException | EOFException e) {
            throw new UncheckedIOException(
                    "File " + file
                            + " is packed with gzip and damaged or cut off. Give the whole file, or one that is not"
                            + " packed.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
            return new BufferedReader(new InputStreamReader(text, UTF_8), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
