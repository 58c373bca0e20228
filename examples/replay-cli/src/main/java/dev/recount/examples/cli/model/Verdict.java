package dev.recount.examples.cli.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
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

    /** Whether nothing differs at all. */
    @JsonIgnore
    public boolean isEqual() {
        return diverging.isEmpty() && missing.isEmpty() && extra.isEmpty();
    }
}
