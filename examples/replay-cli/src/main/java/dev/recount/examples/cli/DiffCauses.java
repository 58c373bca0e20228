package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.model.Model;
import dev.recount.replay.Blame;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateDiff;
import dev.recount.replay.StateHistory;
import dev.recount.replay.ValueChange;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events made the difference between two moments: for each field the last between them that changed it, as {@code blame} tells
 * them. Known where the model knows the events of a row, so that no row needs the whole log. Immutable.
 */
final class DiffCauses<S, E> {

    private final Model<S, E> model;
    private final StateHistory<S, E> history;
    private final StateDiff diff;

    private DiffCauses(Model<S, E> model, StateHistory<S, E> history, StateDiff diff) {
        this.model = model;
        this.history = history;
        this.diff = diff;
    }

    static <S, E> DiffCauses<S, E> of(Model<S, E> model, EventStore store, StateDiff diff) {
        return new DiffCauses<>(model, StateHistory.of(store, model.codec(), model.projector(), model.rows()), diff);
    }

    /** By the name of the field. A row that only one moment has is a single value, named by its key. */
    Map<String, StoredEvent> of(RowChange row) {
        Optional<Query> events = model.eventsOf(row.key());
        if (events.isEmpty()) {
            return Map.of();
        }
        Blame narrow = history.matching(events.get()).blame(row.key());
        // A row that got its key from another one rests on the events of that, too.
        return last(row, isTrueOf(row, narrow) ? narrow : history.blame(row.key()));
    }

    private Map<String, StoredEvent> last(RowChange row, Blame blame) {
        long after = Math.min(diff.from(), diff.to());
        long until = Math.max(diff.from(), diff.to());
        Map<String, StoredEvent> last = new HashMap<>();
        for (ValueChange change : blame.changes()) {
            if (change.sequence() > after && change.sequence() <= until) {
                changed(row, change).forEach(name -> last.put(name, change.event()));
            }
        }
        return last;
    }

    private static Stream<String> changed(RowChange row, ValueChange change) {
        if (row.kind() != RowChange.Kind.CHANGED) {
            boolean comesOrGoes = (change.before() == null) != (change.after() == null);
            return comesOrGoes ? Stream.of(row.key()) : Stream.empty();
        }
        return row.fields().stream()
                .map(RowChange.Field::name)
                .filter(name -> !Objects.equals(value(change.before(), name), value(change.after(), name)));
    }

    /** Whether these events lead to what the row is at both moments. */
    private boolean isTrueOf(RowChange row, Blame blame) {
        Object before = at(diff.from(), blame);
        Object after = at(diff.to(), blame);
        return row.fields().stream()
                .allMatch(field -> Objects.equals(value(before, field.name()), field.before())
                        && Objects.equals(value(after, field.name()), field.after()));
    }

    private static @Nullable Object at(long sequence, Blame blame) {
        Object row = null;
        for (ValueChange change : blame.changes()) {
            row = change.sequence() <= sequence ? change.after() : row;
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Object row, String field) {
        return row instanceof Map<?, ?> fields ? fields.get(field) : null;
    }
}
