package dev.recount.reaction;

/**
 * Which reaction of a reactor. Immutable.
 *
 * @param sequence that of the event which it is a reaction to
 * @param index its place among the reactions to that event, from 0
 */
public record ReactionId(long sequence, int index) {

    /** Sequence and index, e.g. {@code 412/0}. */
    @Override
    public String toString() {
        return sequence + "/" + index;
    }
}
