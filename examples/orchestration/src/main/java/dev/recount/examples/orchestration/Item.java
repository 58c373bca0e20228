package dev.recount.examples.orchestration;

import java.util.Locale;

/**
 * Something in a thread, by its id. Immutable.
 *
 * @param kind what it is
 * @param id its id
 */
public record Item(Kind kind, String id) {

    /** What a thread consists of. */
    public enum Kind {
        /** A prompt, and what an agent made of it. */
        TURN,
        /** The files as they were after a turn. */
        CHECKPOINT,
        /** What a turn changed, in git. */
        COMMIT
    }

    static Item turn(String id) {
        return new Item(Kind.TURN, id);
    }

    static Item checkpoint(String id) {
        return new Item(Kind.CHECKPOINT, id);
    }

    static Item commit(String id) {
        return new Item(Kind.COMMIT, id);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ':' + id;
    }
}
