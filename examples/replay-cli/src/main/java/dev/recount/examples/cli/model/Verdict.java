package dev.recount.examples.cli.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.recount.examples.cli.output.Json;
import dev.recount.replay.RowChange;
import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a replayed read model and the live one agree. Immutable.
 *
 * @param compared how many rows both sides have
 * @param agreeing how many of these agree; the model says what decides that, without its word every field
 * @param agreeingByField how many rows agree in each field, where the model counts that
 * @param notCompared the fields that the live side does not tell, where the model knows them
 * @param diverging the fields that differ
 * @param missing the keys of the rows that only the live side has
 * @param extra the keys of the rows that only the replay has
 */
public record Verdict(
        long compared,
        long agreeing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Long> agreeingByField,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notCompared,
        List<Divergence> diverging,
        List<String> missing,
        List<String> extra) {

    /** Copies the lists. */
    public Verdict {
        agreeingByField = Collections.unmodifiableSortedMap(new TreeMap<>(agreeingByField));
        notCompared = List.copyOf(notCompared);
        diverging = List.copyOf(diverging);
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
    }

    /**
     * A field that differs. Immutable.
     *
     * @param key the row's key
     * @param field the field's name
     * @param live its live value
     * @param replayed its value after the replay
     * @param lastSequence the sequence of the last event that touched the row; 0 where that is not known
     * @param reason why it differs, where the model knows
     */
    public record Divergence(
            String key,
            String field,
            JsonNode live,
            JsonNode replayed,
            long lastSequence,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason) {}

    /** What the library found, in the words of the command line. */
    public static Verdict of(Verification found) {
        List<Divergence> diverging = new ArrayList<>();
        for (RowDifference row : found.differences()) {
            row.fields()
                    .forEach(field -> diverging.add(new Divergence(
                            row.key(),
                            field.name(),
                            Json.tree(field.live()),
                            Json.tree(field.replayed()),
                            Math.max(0, row.lastSequence()),
                            null)));
        }
        return new Verdict(
                found.compared(),
                found.agreeing(),
                new TreeMap<>(),
                List.of(),
                diverging,
                keys(found, RowDifference.Kind.EXTRA),
                keys(found, RowDifference.Kind.MISSING));
    }

    /** The same of rows that no event is known of: live ones before, replayed ones after. */
    static Verdict of(long compared, List<RowChange> changes) {
        List<RowDifference> differences = changes.stream()
                .map(change -> new RowDifference(change.key(), kind(change), fields(change), 0))
                .toList();
        long differing = differences.stream()
                .filter(row -> row.kind() == RowDifference.Kind.CHANGED)
                .count();
        return of(new Verification("", 0, compared, compared - differing, 0, differences));
    }

    private static RowDifference.Kind kind(RowChange change) {
        return switch (change.kind()) {
            case CHANGED -> RowDifference.Kind.CHANGED;
            case ADDED -> RowDifference.Kind.MISSING;
            case REMOVED -> RowDifference.Kind.EXTRA;
        };
    }

    private static List<RowDifference.Field> fields(RowChange change) {
        return change.kind() == RowChange.Kind.CHANGED
                ? change.fields().stream()
                        .map(field -> new RowDifference.Field(field.name(), field.before(), field.after()))
                        .toList()
                : List.of();
    }

    private static List<String> keys(Verification found, RowDifference.Kind kind) {
        return found.differences().stream()
                .filter(row -> row.kind() == kind)
                .map(RowDifference::key)
                .toList();
    }

    /** Whether nothing differs at all. */
    @JsonIgnore
    public boolean isEqual() {
        return diverging.isEmpty() && missing.isEmpty() && extra.isEmpty();
    }
}
