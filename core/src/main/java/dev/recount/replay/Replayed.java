package dev.recount.replay;

import dev.recount.codec.UndecodableEvent;
import java.time.Duration;
import java.util.List;

/**
 * What a replay has computed. Immutable where the state is.
 *
 * @param state the state
 * @param sequence the sequence up to which it was computed
 * @param after the sequence after which the events begin that went into it: 0 where none is missing; the log's floor where
 *     retention had removed those before, and no snapshot held them
 * @param events how many stored events went into it
 * @param skipped how many stored events could not be decoded and were left out
 * @param problems the first 100 of these
 * @param took how long it took
 */
public record Replayed<S>(
        S state, long sequence, long after, long events, long skipped, List<UndecodableEvent> problems, Duration took) {

    /** Copies the problems. */
    public Replayed {
        problems = List.copyOf(problems);
    }
}
