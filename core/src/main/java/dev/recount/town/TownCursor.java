package dev.recount.town;

import dev.recount.subscription.Checkpoint;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a reader has got in each rig of a town. A rig that is not in it is read from its start.
 *
 * <p>It knows each log's id, so that another file in a rig's place is noticed. Immutable.
 *
 * @param rigs the checkpoints by the names of the rigs
 */
public record TownCursor(Map<String, Checkpoint> rigs) {

    private static final TownCursor START = new TownCursor(Map.of());

    /** Copies the map. */
    public TownCursor {
        rigs = Map.copyOf(rigs);
    }

    /** Before the first event of every rig. */
    public static TownCursor start() {
        return START;
    }

    /** The same with that rig at its start, as for one whose file was replaced. */
    public TownCursor without(String rig) {
        Map<String, Checkpoint> others = new HashMap<>(rigs);
        others.remove(rig);
        return new TownCursor(others);
    }
}
