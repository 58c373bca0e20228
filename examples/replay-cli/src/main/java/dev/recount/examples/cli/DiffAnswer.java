package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Json;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateDiff;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a model between two moments, for programs. Immutable.
 *
 * @param model the name of the model
 * @param from the sequence of the first moment
 * @param to the sequence of the second moment
 * @param skipped how many events were left out since they cannot be decoded
 * @param floor the sequence up to which retention has removed events; the replay begins after it
 * @param changed the fields that differ in rows that both have
 * @param added the keys of the rows that only the second has
 * @param removed the keys of the rows that only the first has
 */
record DiffAnswer(
        String model,
        long from,
        long to,
        long skipped,
        long floor,
        List<Field> changed,
        List<String> added,
        List<String> removed) {

    /**
     * A field that differs. Immutable.
     *
     * @param key the key of the row
     * @param field the name of the field
     * @param before its value at the first moment
     * @param after its value at the second moment
     * @param lastSequence the sequence of the last event between them that changed it; 0 where that is not known
     */
    record Field(String key, String field, JsonNode before, JsonNode after, long lastSequence) {}

    static DiffAnswer of(String model, StateDiff diff, DiffCauses<?, ?> causes, long floor) {
        return new DiffAnswer(
                model,
                diff.from(),
                diff.to(),
                diff.skipped(),
                floor,
                diff.rows().stream()
                        .filter(row -> row.kind() == RowChange.Kind.CHANGED)
                        .flatMap(row -> fields(row, causes.of(row)))
                        .toList(),
                keys(diff, RowChange.Kind.ADDED),
                keys(diff, RowChange.Kind.REMOVED));
    }

    private static Stream<Field> fields(RowChange row, Map<String, StoredEvent> causes) {
        return row.fields().stream()
                .map(field -> new Field(
                        row.key(),
                        field.name(),
                        Json.tree(field.before()),
                        Json.tree(field.after()),
                        sequence(causes.get(field.name()))));
    }

    private static long sequence(@Nullable StoredEvent event) {
        return event == null ? 0 : event.sequence();
    }

    private static List<String> keys(StateDiff diff, RowChange.Kind kind) {
        return diff.rows().stream()
                .filter(row -> row.kind() == kind)
                .map(RowChange::key)
                .toList();
    }
}
