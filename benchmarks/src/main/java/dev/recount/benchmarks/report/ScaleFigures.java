package dev.recount.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of the page about scale: what the page of measures says of them, so that the two never differ. A row of its table names a
 * measure in its second cell; figure and unit come third and fourth.
 */
public final class ScaleFigures {

    private static final String UNKNOWN = "-";
    private static final int MEASURE = 1;
    private static final int UNIT = 3;
    private static final int CELLS = 4;

    private ScaleFigures() {}

    private record Figure(String ours, String unit) {}

    /** Puts the figures of {@code measures} into the page {@code scale}, where there is such a page. */
    public static void update(Path scale, Path measures) throws IOException {
        if (Files.exists(scale)) {
            Files.writeString(scale, updated(Files.readString(scale), Files.readString(measures)));
        }
    }

    /** The page about scale with the figures of the page of measures; a measure that this one has not gets a dash. */
    static String updated(String scale, String measures) {
        Map<String, Figure> figures = figures(measures);
        return scale.lines().map(line -> updated(line, figures)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String updated(String line, Map<String, Figure> figures) {
        List<String> cells = cells(line);
        if (cells.size() != CELLS || !cells.get(MEASURE).matches("`[a-z0-9.]+`")) {
            return line;
        }
        String name = cells.get(MEASURE).replace("`", "");
        Figure figure = figures.getOrDefault(name, new Figure(UNKNOWN, cells.get(UNIT)));
        return "| " + String.join(" | ", cells.get(0), cells.get(MEASURE), figure.ours(), figure.unit()) + " |";
    }

    private static Map<String, Figure> figures(String measures) {
        Map<String, Figure> figures = new HashMap<>();
        measures.lines()
                .map(ScaleFigures::cells)
                .filter(cells -> cells.size() > CELLS)
                .forEach(cells -> {
                    figures.put(cells.get(0), new Figure(cells.get(1), cells.get(UNIT)));
                });
        return figures;
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("| ")) {
            return List.of();
        }
        return List.of(line.substring(1, line.lastIndexOf('|')).strip().split("\\s*\\|\\s*", -1));
    }
}
