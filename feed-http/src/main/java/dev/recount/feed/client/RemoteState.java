package dev.recount.feed.client;

import dev.recount.codec.UndecodableEvent;
import java.util.List;

/**
 * What a read model was rebuilt to. Immutable where the state is.
 *
 * @param state the state
 * @param cursor the place in the feed that it was computed up to; {@code 0} before the first event
 * @param events how many stored events went into it
 * @param skipped how many stored events could not be decoded, or came without their content, and were left out
 * @param problems the first 100 of these
 */
public record RemoteState<S>(S state, String cursor, long events, long skipped, List<UndecodableEvent> problems) {

    /** Copies the problems. */
    public RemoteState {
        problems = List.copyOf(problems);
    }
}
