package dev.recount.reaction;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reaction as it is kept until its outcome is recorded; its intent is not in it. Immutable.
 *
 * @param id which one
 * @param key the key under which it waits; null where it has none
 * @param due when it is to be tried next, to the microsecond; for one that is not pending, when it was to be tried last
 * @param state whether it waits
 * @param attempts how many tries were begun
 * @param reason why the last try failed, or why it waits no more; empty before the first, and while one is under way
 */
public record StoredReaction(
        ReactionId id, @Nullable String key, Instant due, State state, int attempts, String reason) {

    /** What becomes of it. */
    public enum State {
        /** It waits for its time, or its next try. */
        PENDING,
        /** It failed as often as it may, and waits for a hand. */
        PARKED,
        /** It was done, but the rules refused the command with its outcome. */
        REJECTED
    }

    /** One that was never tried. */
    public static StoredReaction pending(ReactionId id, @Nullable String key, Instant due) {
        return new StoredReaction(id, key, due, State.PENDING, 0, "");
    }

    StoredReaction begun() {
        return new StoredReaction(id, key, due, state, attempts + 1, "");
    }

    /** Whether a try was begun that nobody saw the end of: the program ended before it did, or was taken over from. */
    boolean isBrokenOff() {
        return attempts > 0 && reason.isEmpty();
    }

    StoredReaction dueAgain(Instant next, String why) {
        return new StoredReaction(id, key, next, state, attempts, why);
    }

    StoredReaction in(State newState, String why) {
        return new StoredReaction(id, key, due, newState, attempts, why);
    }
}
