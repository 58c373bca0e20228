package dev.recount.store.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The whole directory as it was at a version. Immutable.
 *
 * @param rigs the names of all rigs by those of their databases
 */
record Placements(long version, Map<String, Set<String>> rigs) {

    static final Placements UNKNOWN = new Placements(-1, Map.of());

    static Placements of(long version, List<Entry> entries) {
        Map<String, Set<String>> rigs = new HashMap<>();
        entries.forEach(entry ->
                rigs.computeIfAbsent(entry.database(), name -> new TreeSet<>()).add(entry.rig()));
        return new Placements(version, rigs);
    }
}
