package dev.recount.benchmarks.beads;

import dev.recount.decider.Projector;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.organicdesign.fp.collections.ImMap;
import org.organicdesign.fp.collections.MutMap;
import org.organicdesign.fp.collections.PersistentHashMap;

/** The read model of all beads, once for each kind of map that it can be kept in. */
public final class BeadModels {

    private BeadModels() {}

    /**
     * A hash map that a batch owns, published unmodifiable at its end. A batch opens by copying the map, so this is for a replay
     * from zero, which is one batch and copies an empty map.
     */
    public static Projector<Map<String, Bead>, BeadEvent> inOwnedHashMap() {
        return Projector.inBatches(Map.of(), HashMap::new, BeadModels::change, Collections::unmodifiableMap);
    }

    /** A persistent map that is transient inside a batch: opening and closing one costs the same however large it is. */
    public static Projector<ImMap<String, Bead>, BeadEvent> inTransientMap() {
        return Projector.<ImMap<String, Bead>, MutMap<String, Bead>, BeadEvent>inBatches(
                PersistentHashMap.empty(), ImMap::mutable, BeadModels::assoc, MutMap::immutable);
    }

    /** The fold of every floor. */
    public static void change(Map<String, Bead> beads, BeadEvent event) {
        beads.put(event.bead(), Bead.after(beads.get(event.bead()), event));
    }

    private static void assoc(MutMap<String, Bead> beads, BeadEvent event) {
        beads.assoc(event.bead(), Bead.after(beads.get(event.bead()), event));
    }
}
