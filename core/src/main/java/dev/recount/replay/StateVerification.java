package dev.recount.replay;

import dev.recount.internal.StartingState;
import java.util.List;
import java.util.Map;

/** A live state beside its replay from the start of the log. */
record StateVerification<S, E>(Course<S, E> course, StateRows<S> rows, String name) {

    private static final int LOOKED_FOR = 1_000;

    Verification run(S live, long sequence) {
        Replayed<S> replayed = course.run(course.beginning(), sequence, sequence);
        RowComparison comparison = RowComparison.of(rows, live, replayed.state());
        Map<String, Long> last = lastSequences(comparison.changes(), sequence);
        List<RowDifference> differences = comparison.changes().stream()
                .map(change -> difference(change, last.getOrDefault(change.key(), RowDifference.NOT_LOOKED_FOR)))
                .toList();
        return new Verification(
                name, sequence, comparison.compared(), comparison.agreeing(), replayed.skipped(), differences);
    }

    private Map<String, Long> lastSequences(List<RowChange> changes, long sequence) {
        List<String> keys =
                changes.stream().map(RowChange::key).limit(LOOKED_FOR).toList();
        StartingState<S> beginning = course.beginning();
        LastChanges<S> last = new LastChanges<>(rows, keys, beginning.state());
        if (!keys.isEmpty()) {
            new StateWalk<>(course, beginning, sequence).run(last::see);
        }
        return last.sequences();
    }

    private static RowDifference difference(RowChange change, long lastSequence) {
        return switch (change.kind()) {
            case CHANGED -> new RowDifference(change.key(), RowDifference.Kind.CHANGED, fields(change), lastSequence);
            case ADDED -> new RowDifference(change.key(), RowDifference.Kind.MISSING, List.of(), lastSequence);
            case REMOVED -> new RowDifference(change.key(), RowDifference.Kind.EXTRA, List.of(), lastSequence);
        };
    }

    private static List<RowDifference.Field> fields(RowChange change) {
        return change.fields().stream()
                .map(field -> new RowDifference.Field(field.name(), field.before(), field.after()))
                .toList();
    }
}
