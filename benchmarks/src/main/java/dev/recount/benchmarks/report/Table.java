package dev.recount.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Measures as a table, for a terminal or for a page. */
public final class Table {

    private static final List<String> HEADINGS = List.of(
            "measure",
            "ours",
            "floor",
            "unit",
            "ratio",
            "range",
            "target",
            "ok",
            "ours p50/p99/p999 us",
            "floor p50/p99/p999 us",
            "sync");
    private static final int LAST_COLUMN_OF_A_PAGE = HEADINGS.size();

    private Table() {}

    /** Columns of one width, for a terminal. The remarks follow below. */
    public static List<String> plain(List<Measure> measures) {
        List<List<String>> rows = rows(measures);
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(padded(row, widths)));
        lines.addAll(remarks(measures, "  "));
        return lines;
    }

    /** A table of Markdown, and the remarks below it. */
    public static List<String> markdown(List<Measure> measures) {
        List<List<String>> rows = rows(measures);
        List<String> lines = new ArrayList<>();
        lines.add(piped(rows.get(0)));
        lines.add("|---" + "|---:".repeat(2) + "|---".repeat(LAST_COLUMN_OF_A_PAGE - 3) + "|");
        rows.subList(1, rows.size()).forEach(row -> lines.add(piped(row)));
        List<String> remarks = remarks(measures, "- ");
        if (!remarks.isEmpty()) {
            lines.add("");
            lines.addAll(remarks);
        }
        return lines;
    }

    private static List<List<String>> rows(List<Measure> measures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        measures.forEach(measure -> rows.add(row(measure)));
        return rows;
    }

    private static List<String> row(Measure measure) {
        Spread ratio = measure.ratio();
        return List.of(
                measure.name(),
                Figure.of(measure.ours()),
                Figure.of(measure.floor()),
                measure.unit(),
                Figure.of(ratio.median()),
                ratio.rounds() == 0 ? "-" : Figure.of(ratio.lowest()) + "-" + Figure.of(ratio.highest()),
                measure.target().on() == Target.Subject.NOTHING
                        ? "-"
                        : measure.target().toString(),
                ok(measure),
                text(measure.latency()),
                text(measure.floorLatency()),
                measure.durability().isEmpty() ? "-" : measure.durability());
    }

    private static String ok(Measure measure) {
        if (measure.target().on() == Target.Subject.NOTHING) {
            return "-";
        }
        return measure.isOk() ? "yes" : "NO";
    }

    private static String text(@Nullable Latency latency) {
        return latency == null ? "-" : latency.toString();
    }

    private static List<String> remarks(List<Measure> measures, String bullet) {
        return measures.stream()
                .filter(measure -> !measure.note().isEmpty())
                .map(measure -> bullet + measure.name() + ": " + measure.note())
                .toList();
    }

    private static String padded(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format("%-" + widths[column] + "s", row.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String piped(List<String> row) {
        return row.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
