package dev.recount.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The resident memory of this process, as Linux tells it. */
final class Resident {

    private static final double KIBIBYTES = 1_024;

    private Resident() {}

    /** A line of the process's status, such as {@code VmRSS}; not a number where there is none. */
    static double mebibytes(String line) throws IOException {
        return kibibytes(line) / KIBIBYTES;
    }

    static double kibibytes(String line) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(text -> text.startsWith(line + ":"))
                    .mapToDouble(text -> Double.parseDouble(text.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
