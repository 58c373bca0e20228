package dev.recount.examples.town.importing;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far live beads and replayed ones agree. Immutable.
 *
 * @param compared how many beads both sides know
 * @param agreeing how many of these agree in all fields
 * @param agreeingByField for each field, how many of these agree in it
 * @param diverging every field that differs
 * @param missing the beads that only the live side knows
 * @param extra the beads that only the replay knows
 */
public record Comparison(
        long compared,
        long agreeing,
        SortedMap<String, Long> agreeingByField,
        List<Divergence> diverging,
        List<String> missing,
        List<String> extra) {

    /** Copies the collections. */
    public Comparison {
        agreeingByField = Collections.unmodifiableSortedMap(new TreeMap<>(agreeingByField));
        diverging = List.copyOf(diverging);
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
    }

    /** Whether nothing differs at all. */
    public boolean isEqual() {
        return diverging.isEmpty() && missing.isEmpty() && extra.isEmpty();
    }
}
