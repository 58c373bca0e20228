package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers of a log as bars that people read at a glance. */
final class StatisticsChart {

    private static final int NARROWEST_BAR = 10;
    private static final String INDENT = "  ";
    private static final int NUMBER = 10;

    private final Terminal terminal;
    private final Paint paint;

    StatisticsChart(Terminal terminal) {
        this.terminal = terminal;
        this.paint = terminal.paint();
    }

    void print(Statistics statistics) {
        FileSizes files = statistics.files();
        terminal.line(
                paint.bold(statistics.rig()) + "  " + count(statistics.events()) + " events, " + statistics.span());
        terminal.line("file " + bytes(files.file()) + ", write-ahead log " + bytes(files.wal()) + ", data "
                + bytes(statistics.dataBytes()) + ", largest event " + bytes(statistics.largestData()));
        if (statistics.removed() > 0) {
            terminal.line(count(statistics.removed()) + " older events were removed by retention");
        }
        section("by type", statistics.types());
        section("by tag key", statistics.tagKeys());
        EventsByPeriod time = EventsByPeriod.of(statistics.days());
        section(time.title(), time.lines());
    }

    private void section(String title, Map<?, Long> counts) {
        section(
                title,
                counts.entrySet().stream()
                        .map(count -> new EventsByPeriod.Line(count.getKey().toString(), count.getValue(), 1))
                        .toList());
    }

    private void section(String title, List<EventsByPeriod.Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(paint.bold(title));
        int label = longest(lines);
        int widest = Math.max(NARROWEST_BAR, terminal.columns() - 3 * INDENT.length() - label - NUMBER);
        long most = lines.stream().mapToLong(EventsByPeriod.Line::events).max().orElse(1);
        for (EventsByPeriod.Line line : lines) {
            String name = Printable.text(line.label());
            terminal.line(
                    line.isGap()
                            ? INDENT + paint.faint("... " + name)
                            : INDENT
                                    + name
                                    + " ".repeat(Math.max(0, label - name.length()))
                                    + INDENT
                                    + String.format(Locale.ROOT, "%,10d", line.events())
                                    + bar(line.events(), most, widest));
        }
    }

    private static int longest(List<EventsByPeriod.Line> lines) {
        return lines.stream()
                .filter(line -> !line.isGap())
                .mapToInt(line -> line.label().length())
                .max()
                .orElse(0);
    }

    private String bar(long value, long most, int widest) {
        return value == 0 ? "" : INDENT + paint.ofNumber(0, "█".repeat((int) Math.max(1, value * widest / most)));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String bytes(long bytes) {
        if (bytes < 1_024) {
            return bytes + " B";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024.0));
    }
}
