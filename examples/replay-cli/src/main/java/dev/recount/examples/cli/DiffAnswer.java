package dev.recount.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.cli.output.Json;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateDiff;
import java.util.List;

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

    /** A field that differs. Immutable. */
    record Field(String key, String field, JsonNode before, JsonNode after) {}

    static DiffAnswer of(String model, StateDiff diff, long floor) {
        return new DiffAnswer(
                model,
                diff.from(),
                diff.to(),
                diff.skipped(),
                floor,
                diff.rows().stream()
                        .filter(row -> row.kind() == RowChange.Kind.CHANGED)
                        .flatMap(row -> row.fields().stream().map(field -> field(row.key(), field)))
                        .toList(),
                keys(diff, RowChange.Kind.ADDED),
                keys(diff, RowChange.Kind.REMOVED));
    }

    private static Field field(String key, RowChange.Field field) {
        return new Field(key, field.name(), Json.tree(field.before()), Json.tree(field.after()));
    }

    private static List<String> keys(StateDiff diff, RowChange.Kind kind) {
        return diff.rows().stream()
                .filter(row -> row.kind() == kind)
                .map(RowChange::key)
                .toList();
    }
}
