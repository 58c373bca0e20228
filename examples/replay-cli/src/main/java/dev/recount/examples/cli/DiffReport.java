package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateDiff;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a model between two moments, for people: a line a change, with the event that made it last where that is known. */
final class DiffReport {

    private static final int LONGEST_VALUE = 70;

    private final Terminal terminal;
    private final Paint paint;
    private final DiffCauses<?, ?> causes;
    private final FeedLine feed;

    DiffReport(Terminal terminal, DiffCauses<?, ?> causes) {
        this.terminal = terminal;
        this.paint = terminal.paint();
        this.causes = causes;
        this.feed = new FeedLine(paint, "");
    }

    void print(String name, StateDiff diff) {
        diff.rows().forEach(this::print);
        if (diff.skipped() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "The replay left out %,d events that cannot be decoded; the command replay names the first of them.",
                    diff.skipped()));
        }
        terminal.line(String.format(
                Locale.ROOT,
                "%,d rows of %s changed, %,d were added and %,d removed from sequence %d to %d.",
                count(diff, RowChange.Kind.CHANGED),
                name,
                count(diff, RowChange.Kind.ADDED),
                count(diff, RowChange.Kind.REMOVED),
                diff.from(),
                diff.to()));
    }

    /** A value that became another. */
    static String values(RowChange.Field field) {
        return Printable.text(field.name() + ": " + value(field.before()) + " -> " + value(field.after()));
    }

    /** A value as a person can take it in: its beginning, where it is long. */
    static String value(@Nullable Object value) {
        String text = Json.tree(value).toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + '…';
    }

    private void print(RowChange row) {
        String key = Printable.text(row.key());
        Map<String, StoredEvent> made = causes.of(row);
        switch (row.kind()) {
            case ADDED -> terminal.line(paint.good("added") + "    " + key + cause(made.get(row.key())));
            case REMOVED -> terminal.line(paint.bad("removed") + "  " + key + cause(made.get(row.key())));
            case CHANGED ->
                row.fields()
                        .forEach(field ->
                                terminal.line("changed  " + key + ' ' + values(field) + cause(made.get(field.name()))));
        }
    }

    private String cause(@Nullable StoredEvent event) {
        return event == null ? "" : paint.faint("  (" + event.sequence() + ": " + feed.what(event) + ')');
    }

    private static long count(StateDiff diff, RowChange.Kind kind) {
        return diff.rows().stream().filter(row -> row.kind() == kind).count();
    }
}
