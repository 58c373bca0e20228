package dev.recount.reaction;

import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reactor says to stored events: when they are read first, and again whenever a reaction is performed. */
record Intents<E, I>(EventStore store, EventCodec<E> codec, Reactor<E, I> reactor) {

    /** All reactions to a stored event, in order, whatever the number of events that it stands for. */
    List<Reaction<I>> to(StoredEvent stored) {
        List<Reaction<I>> all = new ArrayList<>();
        for (E event : codec.decode(stored)) {
            all.addAll(reactor.react(new RecordedEvent<>(stored, event)));
        }
        return all;
    }

    /** The event that a reaction is to; empty where retention has removed it. */
    Optional<StoredEvent> event(ReactionId id) {
        ReadOptions one = ReadOptions.defaults().after(id.sequence() - 1).until(id.sequence());
        return store.read(Query.all(), one.withLimit(1)).events().stream().findFirst();
    }

    /** What is to be done. */
    I intent(ReactionId id, Optional<StoredEvent> event) {
        StoredEvent stored = event.orElseThrow(() -> new IllegalStateException("Event " + id.sequence()
                + " was removed by retention before reaction " + id + " was performed. Forget the reaction."));
        List<Reaction<I>> all = to(stored);
        Optional<I> intent = id.index() < all.size() ? all.get(id.index()).intent() : Optional.empty();
        return intent.orElseThrow(() -> new IllegalStateException("Reactor '" + reactor.name()
                + "' no longer gives reaction " + id + ": it was changed. Give it again, or forget the reaction."));
    }
}
