package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Terminal;
import dev.recount.replay.Blame;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateRows;
import dev.recount.replay.ValueChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which events changed a value, for people: a line an event, and what became of the value. */
final class BlameReport {

    private static final String ROW = "";
    private static final StateRows<Map<?, ?>> ONE_ROW = StateRows.of(row -> Set.of(ROW), (row, key) -> named(row));

    private final Terminal terminal;
    private final FeedLine feed;

    BlameReport(Terminal terminal, String rig) {
        this.terminal = terminal;
        this.feed = new FeedLine(terminal.paint(), rig);
    }

    void print(String model, Blame blame) {
        for (ValueChange change : blame.changes()) {
            String values = String.join(", ", fields(blame.field(), change));
            terminal.line(feed.of(change.event()) + "  " + terminal.paint().bold(values));
        }
        if (blame.skipped() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%,d events that cannot be decoded were left out; the command replay names the first of them.",
                    blame.skipped()));
        }
        String what = blame.field() == null ? blame.key() : blame.key() + ' ' + blame.field();
        terminal.line(Printable.text(String.format(
                Locale.ROOT,
                "%s of %s changed %,d times up to sequence %d, and is %s.",
                what,
                model,
                blame.changes().size(),
                blame.sequence(),
                DiffReport.value(blame.value()))));
    }

    private static List<String> fields(@Nullable String field, ValueChange change) {
        List<RowChange.Field> fields = field == null
                ? ONE_ROW.changes(row(change.before()), row(change.after())).stream()
                        .flatMap(row -> row.fields().stream())
                        .toList()
                : List.of(new RowChange.Field(field, change.before(), change.after()));
        return fields.stream().map(DiffReport::values).toList();
    }

    private static Map<?, ?> row(@Nullable Object value) {
        return value instanceof Map<?, ?> row ? row : Map.of();
    }

    private static Map<String, @Nullable Object> named(Map<?, ?> row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        row.forEach((name, value) -> fields.put(String.valueOf(name), value));
        return Collections.unmodifiableMap(fields);
    }
}
