package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** The numbers of a log as bars that people read at a glance. */
final class StatisticsChart {

    private static final int WIDEST_BAR = 40;

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
        section("by day", statistics.days());
    }

    private void section(String title, Map<?, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(paint.bold(title));
        int label = longest(counts.keySet());
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        counts.forEach((key, value) -> {
            String name = Printable.text(key.toString());
            terminal.line("  " + name + " ".repeat(Math.max(0, label - name.length())) + "  "
                    + String.format(Locale.ROOT, "%,10d  ", value) + paint.ofNumber(0, bar(value, most)));
        });
    }

    private static int longest(Collection<?> labels) {
        return labels.stream()
                .mapToInt(label -> label.toString().length())
                .max()
                .orElse(0);
    }

    private static String bar(long value, long most) {
        return "█".repeat((int) Math.max(1, value * WIDEST_BAR / most));
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
