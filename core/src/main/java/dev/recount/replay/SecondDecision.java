package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Decider;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.CommandRecord;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides one recorded command again, and compares. */
record SecondDecision<C, S, E>(
        EventCodec<E> codec,
        Decider<C, S, E> decider,
        EventCodec<C> commands,
        Function<? super C, Query> boundary,
        PastStates<S, E> past) {

    /** What is compared of an event: its form, not how it came to be. */
    private record Form(String type, int version, String data) {

        static Form of(NewEvent event) {
            return new Form(event.type(), event.version(), event.data());
        }
    }

    /**
     * The other decision; empty where it is the same.
     *
     * @throws UndecodableEvent where the command, or what its decision rests on, cannot be read
     */
    Optional<DifferentDecision<C>> compare(CommandRecord recorded, List<StoredEvent> stored) {
        long first = stored.get(0).sequence();
        C command = decode(recorded.at(stored.get(0)));
        S state = past.before(boundary.apply(command), first);
        List<E> events;
        List<NewEvent> decided;
        try {
            events = List.copyOf(decider.decide(command, state));
            decided = events.stream().map(codec::encode).toList();
        } catch (RuntimeException e) {
            // A refusal is an answer; anything else is one, too, as long as only this command meets it.
            return Optional.of(new DifferentDecision<>(first, command, stored, List.of(), e));
        }
        return forms(decided).equals(forms(today(stored))) || areEqual(events, stored)
                ? Optional.empty()
                : Optional.of(new DifferentDecision<>(first, command, stored, decided, null));
    }

    private C decode(StoredEvent recorded) {
        List<C> decoded = commands.decode(recorded);
        if (decoded.size() != 1) {
            throw UndecodableEvent.unreadable(recorded, "it stands for " + decoded.size() + " commands, not one", null);
        }
        return decoded.get(0);
    }

    // An event of an old version is compared as what it would be stored as today.
    private List<NewEvent> today(List<StoredEvent> stored) {
        List<NewEvent> events = new ArrayList<>();
        for (StoredEvent event : stored) {
            try {
                codec.decode(event).forEach(decoded -> events.add(codec.encode(decoded)));
            } catch (UndecodableEvent e) {
                events.add(NewEvent.of(event.type(), event.data()).withVersion(event.version()));
            }
        }
        return events;
    }

    // A set is written in the order in which it gives its elements, which need not be the one of then.
    private boolean areEqual(List<E> decided, List<StoredEvent> stored) {
        try {
            return decided.equals(stored.stream()
                    .flatMap(event -> codec.decode(event).stream())
                    .toList());
        } catch (UndecodableEvent e) {
            return false;
        }
    }

    private static List<Form> forms(List<NewEvent> events) {
        return events.stream().map(Form::of).toList();
    }
}
