package dev.recount.reaction;

import dev.recount.store.EventStore;
import java.time.Instant;
import java.util.function.Consumer;

/** What the two threads of a running reactor have in common. */
record Instance<E, I>(
        Intents<E, I> intents,
        String logId,
        ReactionStore reactions,
        ReactorSetup.Settings settings,
        Leadership leadership,
        Signals signals) {

    String name() {
        return intents.reactor().name();
    }

    EventStore store() {
        return intents.store();
    }

    Instant now() {
        return settings.clock().instant();
    }

    /** The key of a reaction, by which its effect and its outcome are known. */
    String key(ReactionId id) {
        return "reactor-" + name() + "-" + id.sequence() + "-" + id.index() + "-" + logId;
    }

    void tell(Consumer<ReactorListener> what) {
        try {
            what.accept(settings.listener());
        } catch (RuntimeException | Error nobodyIsLeftToTell) {
            // The reactor goes on; it is not the listener's to fail.
        }
    }
}
