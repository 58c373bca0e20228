package dev.recount.store;

/**
 * Whoever reads on from a sequence, or appends under a condition that goes back to it, cannot: retention has removed events that come
 * after it. Nothing was stored. Begin again from what is left.
 */
public final class EventsRemoved extends EventStoreException {

    private final long after;
    private final long floor;

    /** Events after {@code after} were asked for; those up to {@code floor} are gone. */
    public EventsRemoved(long after, long floor) {
        super(
                "Events after sequence " + after + " were asked for, and those up to " + floor
                        + " were removed by retention. Begin again: from the start of what is left, or from a snapshot above "
                        + floor + ".",
                null);
        this.after = after;
        this.floor = floor;
    }

    /** The sequence after which events were asked for. */
    public long after() {
        return after;
    }

    /** The sequence up to which events were removed. */
    public long floor() {
        return floor;
    }

    /**
     * Refuses to go on from a sequence below the floor. From 0 everybody may begin: with the first event that is left.
     *
     * @throws EventsRemoved where it lies above 0 and below the floor
     */
    public static void check(long after, long floor) {
        if (after > 0 && after < floor) {
            throw new EventsRemoved(after, floor);
        }
    }
}
