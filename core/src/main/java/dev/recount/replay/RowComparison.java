package dev.recount.replay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two states, compared row by row.
 *
 * @param compared how many rows there are, in both or in one
 * @param changes the rows that differ, in the order of their keys
 */
record RowComparison(long compared, List<RowChange> changes) {

    static <S> RowComparison of(StateRows<S> rows, S before, S after) {
        Set<String> keys = new TreeSet<>(rows.keys(before));
        keys.addAll(rows.keys(after));
        List<RowChange> changes = new ArrayList<>();
        long compared = 0;
        for (String key : keys) {
            Optional<Map<String, @Nullable Object>> old = rows.row(before, key);
            Optional<Map<String, @Nullable Object>> now = rows.row(after, key);
            compared += old.isPresent() || now.isPresent() ? 1 : 0;
            of(key, old, now).ifPresent(changes::add);
        }
        return new RowComparison(compared, changes);
    }

    /** What became of one row; empty where it is the same, or where there is none on either side. */
    static Optional<RowChange> of(
            String key, Optional<Map<String, @Nullable Object>> old, Optional<Map<String, @Nullable Object>> now) {
        if (old.isPresent() != now.isPresent()) {
            RowChange.Kind kind = old.isPresent() ? RowChange.Kind.REMOVED : RowChange.Kind.ADDED;
            return Optional.of(new RowChange(key, kind, differing(old.orElse(Map.of()), now.orElse(Map.of()))));
        }
        if (old.equals(now)) {
            return Optional.empty();
        }
        List<RowChange.Field> fields = differing(old.orElse(Map.of()), now.orElse(Map.of()));
        return fields.isEmpty() ? Optional.empty() : Optional.of(new RowChange(key, RowChange.Kind.CHANGED, fields));
    }

    /** How many rows both have that are the same. */
    long agreeing() {
        return compared - changes.size();
    }

    private static List<RowChange.Field> differing(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<RowChange.Field> fields = new ArrayList<>();
        for (String name : names) {
            if (!SameValue.of(before.get(name), after.get(name))) {
                fields.add(new RowChange.Field(name, before.get(name), after.get(name)));
            }
        }
        return fields;
    }
}
