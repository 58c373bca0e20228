package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a policy said that a stream may see. Immutable.
 *
 * @param askedAt the head of the log before it was asked: what came later may have changed the answer
 */
record Sighting(Source source, Sight sight, long askedAt) {

    /**
     * Where such answers come from. Immutable.
     *
     * @param log the log whose events may change an answer; empty where it stays as it is
     * @param changes those events
     * @param answers asks the policy, and narrows its answer as the request does
     */
    record Source(Optional<String> rig, Optional<EventStore> log, Query changes, Supplier<Query> answers) {

        /** Asks now. */
        Sighting ask() {
            long head = log.map(store -> store.info().head()).orElse(0L);
            return new Sighting(this, new Sight(rig, answers.get(), changes), head);
        }
    }
}
