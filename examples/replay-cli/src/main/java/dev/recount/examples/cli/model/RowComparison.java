package dev.recount.examples.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Compares replayed rows with live ones, in the fields that the live row has. A field that the replayed row lacks counts as null.
 *
 * <p>Immutable where its rows are.
 */
public final class RowComparison {

    // 1 and 1.0 are the same number, whoever wrote them.
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private final Rows replayed;
    private final Rows live;

    private RowComparison(Rows replayed, Rows live) {
        this.replayed = replayed;
        this.live = live;
    }

    /** A comparison of these two. */
    public static RowComparison of(Rows replayed, Rows live) {
        return new RowComparison(replayed, live);
    }

    /** Compares all rows; {@code lastSequence} finds the last event that touched the row of a key. */
    public Verdict run(ToLongFunction<String> lastSequence) {
        SortedSet<String> both = new TreeSet<>(replayed.byKey().keySet());
        both.retainAll(live.byKey().keySet());
        List<Verdict.Divergence> diverging = new ArrayList<>();
        int agreeing = 0;
        for (String key : both) {
            List<String> fields = differingFields(key);
            agreeing += fields.isEmpty() ? 1 : 0;
            long last = fields.isEmpty() ? 0 : lastSequence.applyAsLong(key);
            for (String field : fields) {
                diverging.add(new Verdict.Divergence(
                        key, field, value(live, key, field), value(replayed, key, field), last, null));
            }
        }
        return new Verdict(
                both.size(),
                agreeing,
                new TreeMap<>(),
                List.of(),
                diverging,
                without(live, both),
                without(replayed, both));
    }

    private List<String> differingFields(String key) {
        Set<String> fields = new TreeSet<>();
        row(live, key).fieldNames().forEachRemaining(fields::add);
        return fields.stream()
                .filter(field -> !value(live, key, field).equals(BY_VALUE, value(replayed, key, field)))
                .toList();
    }

    private static JsonNode row(Rows rows, String key) {
        JsonNode row = rows.byKey().get(key);
        return row == null ? NullNode.instance : row;
    }

    private static JsonNode value(Rows rows, String key, String field) {
        JsonNode value = row(rows, key).get(field);
        return value == null ? NullNode.instance : value;
    }

    private static List<String> without(Rows rows, Set<String> both) {
        SortedSet<String> keys = new TreeSet<>(rows.byKey().keySet());
        keys.removeAll(both);
        return List.copyOf(keys);
    }
}
