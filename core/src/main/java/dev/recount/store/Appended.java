package dev.recount.store;

/**
 * The outcome of an append: which sequences its events have. Immutable.
 *
 * @param first the sequence of the first event; {@code last + 1} where there was no event to store
 * @param last the sequence of the last event; the head of the log where there was no event to store
 * @param repeated whether this is the first outcome of the same receipt key again, and nothing was stored now
 */
public record Appended(long first, long last, boolean repeated) {

    /** How many events. */
    public int count() {
        return Math.toIntExact(last - first + 1);
    }
}
