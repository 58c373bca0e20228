package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.model.Model;
import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateDiff;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a model between two moments, for people: a line a change, with the last event of its row where that is known. */
final class DiffReport {

    private static final int LONGEST_VALUE = 70;

    private final Terminal terminal;
    private final Paint paint;
    private final Model<?, ?> model;
    private final EventStore store;
    private final FeedLine feed;

    DiffReport(Terminal terminal, Model<?, ?> model, EventStore store) {
        this.terminal = terminal;
        this.paint = terminal.paint();
        this.model = model;
        this.store = store;
        this.feed = new FeedLine(paint, "");
    }

    void print(String name, StateDiff diff) {
        diff.rows().forEach(row -> print(row, Math.max(diff.from(), diff.to())));
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

    private void print(RowChange row, long until) {
        String key = Printable.text(row.key());
        String last = lastEvent(row.key(), until);
        switch (row.kind()) {
            case ADDED -> terminal.line(paint.good("added") + "    " + key + last);
            case REMOVED -> terminal.line(paint.bad("removed") + "  " + key + last);
            case CHANGED ->
                row.fields().forEach(field -> terminal.line("changed  " + key + ' ' + values(field) + last));
        }
    }

    private String lastEvent(String key, long until) {
        return model.eventsOf(key)
                .flatMap(query -> newest(query, until))
                .map(event -> paint.faint("  (" + event.sequence() + ": " + feed.what(event) + ')'))
                .orElse("");
    }

    private Optional<StoredEvent> newest(Query query, long until) {
        ReadOptions options = ReadOptions.defaults().until(until).newestFirst().withLimit(1);
        return store.read(query, options).events().stream().findFirst();
    }

    private static long count(StateDiff diff, RowChange.Kind kind) {
        return diff.rows().stream().filter(row -> row.kind() == kind).count();
    }
}
