package dev.recount.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. Immutable. */
record Arguments(boolean help, boolean quick, boolean json, boolean strict, String only, Path directory) {

    static final String USAGE = """
            Usage: benchmarks/run [--quick] [--json] [--strict] [--only NAME-PREFIX] [--dir FOLDER]

            Measures the library beside its floors and prints one table. Without --quick, --json and --only it
            also writes the table to docs/performance.md.

              --quick             smaller logs and fewer rounds: ends within five minutes on two cores
              --json              one line of JSON for each measure on stdout, and no table
              --strict            exit status 1 where a measure misses its target
              --only NAME-PREFIX  only the measures whose names begin so, such as append or replay.two
              --dir FOLDER        where to put the logs that are measured; the system's folder for temporary
                                  files by default. It should be on the disk that matters
              --help              this text
            """;

    private static final Arguments NONE =
            new Arguments(false, false, false, false, "", Path.of(System.getProperty("java.io.tmpdir", ".")));

    /**
     * Reads the words of a command line.
     *
     * @throws IllegalArgumentException where one of them means nothing here
     */
    static Arguments parse(List<String> words) {
        Arguments parsed = NONE;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            String inside = equals < 0 ? null : word.substring(equals + 1);
            if (option.equals("--only") || option.equals("--dir")) {
                String value = inside != null ? inside : value(words, ++i, option);
                parsed = option.equals("--only") ? parsed.withOnly(value) : parsed.withDirectory(value);
            } else {
                parsed = parsed.withFlag(word);
            }
        }
        return parsed;
    }

    /** Whether the result is the one that the docs show. */
    boolean isWholeRun() {
        return !quick && !json && only.isEmpty();
    }

    private static String value(List<String> words, int index, String option) {
        @Nullable String value = index < words.size() ? words.get(index) : null;
        if (value == null || value.startsWith("--")) {
            throw new IllegalArgumentException("Option " + option + " needs a value, as in "
                    + (option.equals("--only") ? "--only append" : "--dir /var/tmp") + ".");
        }
        return value;
    }

    private Arguments withFlag(String word) {
        return switch (word) {
            case "--help", "-h" -> new Arguments(true, quick, json, strict, only, directory);
            case "--quick" -> new Arguments(help, true, json, strict, only, directory);
            case "--json" -> new Arguments(help, quick, true, strict, only, directory);
            case "--strict" -> new Arguments(help, quick, json, true, only, directory);
            default -> throw new IllegalArgumentException("Unknown option '" + word + "'. --help lists the options.");
        };
    }

    private Arguments withOnly(String prefix) {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("Option --only needs the beginning of a name, as in --only append.");
        }
        return new Arguments(help, quick, json, strict, prefix, directory);
    }

    private Arguments withDirectory(String path) {
        Path folder = Path.of(path);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("Folder '" + path + "' of --dir does not exist. Create it first.");
        }
        return new Arguments(help, quick, json, strict, only, folder);
    }
}
