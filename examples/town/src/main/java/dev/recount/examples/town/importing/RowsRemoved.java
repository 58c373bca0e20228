package dev.recount.examples.town.importing;

import dev.recount.store.EventStore;
import java.util.Locale;

/**
 * A rig from which events were removed can no longer tell which rows it held: importing into it would store those again. Nothing was
 * stored.
 */
public final class RowsRemoved extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private RowsRemoved(String rig, long floor) {
        super(String.format(
                Locale.ROOT,
                "Events up to sequence %d of %s were removed by retention, so rows that it held cannot be told from new"
                        + " ones. Nothing was stored. Import into a new rig.",
                floor,
                rig));
    }

    static void requireNone(String rig, EventStore store) {
        long floor = store.info().floor();
        if (floor > 0) {
            throw new RowsRemoved(rig, floor);
        }
    }
}
