package dev.recount.store.postgres;

import org.jspecify.annotations.Nullable;

/**
 * What the directory says of a rig. Immutable.
 *
 * @param logId the identity of its log, by which a database that holds another one is told
 * @param database the one place that may take appends, once the rig is open there
 * @param movingTo where a move brings it; null while none is under way
 * @param generation grows with every change; a rig's rows refuse to be opened or sealed with a lower one than they have
 * @param settled whether the rig is known to be there and open
 */
record Entry(
        String rig, String logId, String database, @Nullable String movingTo, long generation, boolean settled) {

    static final long FIRST_GENERATION = 1;

    /** Whether the rig is still to be created, or opened after a move. While one is under way, only that may. */
    boolean isToBeSettled() {
        return !settled && movingTo == null;
    }

    /**
     * Whether only the name is taken. Every transfer of a rig of that name that began before can be found from now on; that none did has to be
     * looked for before it is another rig's.
     */
    boolean isReserved() {
        return generation == FIRST_GENERATION && isToBeSettled();
    }

    /** Whether it is a rig of its own that was never moved, so that it may not be there yet. */
    boolean isNew() {
        return generation == FIRST_GENERATION + 1 && isToBeSettled();
    }

    /** The name is that of a rig which a transfer has brought there. */
    Entry broughtTo(String place, String itsLogId) {
        return new Entry(rig, itsLogId, place, null, generation + 1, true);
    }

    /** Before it is moved. */
    Entry movingTo(String target) {
        return new Entry(rig, logId, database, target, generation + 1, true);
    }

    /** In that place, and still to be opened there. */
    Entry in(String place) {
        return new Entry(rig, logId, place, null, generation + 1, false);
    }

    Placement placement() {
        return new Placement(rig, database, movingTo);
    }
}
