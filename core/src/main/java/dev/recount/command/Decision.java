package dev.recount.command;

import dev.recount.codec.EventCodec;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.CommandRecord;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One way of carrying out commands, with the type of its state. */
record Decision<C, S, E>(
        EventStore store,
        EventCodec<E> codec,
        Decider<C, S, E> decider,
        CommandHandler.Settings<C> settings,
        StateReader<S, E> states) {

    Outcome<E> handle(C command, Metadata metadata) {
        Optional<Outcome<E>> first = firstOutcome(command, metadata);
        return first.isPresent() ? first.get() : decideFirst(command, metadata);
    }

    private Optional<Outcome<E>> firstOutcome(C command, Metadata metadata) {
        return metadata.commandId()
                .flatMap(store::receipt)
                .map(receipt -> repeated(receipt.repeat(request(List.of(), command, metadata))));
    }

    // Another caller may carry out the same command between the look at its receipt and the read. The decision then
    // sees the command's own events and refuses to do it twice, so the receipt is there by now.
    private Outcome<E> decideFirst(C command, Metadata metadata) {
        try {
            return decideUntilStored(command, metadata);
        } catch (CommandRejected e) {
            return firstOutcome(command, metadata).orElseThrow(() -> e);
        }
    }

    private Outcome<E> decideUntilStored(C command, Metadata metadata) {
        Query boundary = settings.boundary().apply(command);
        KnownState<S> known = states.known(boundary);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    known = states.catchUp(boundary, known);
                    return decideOnce(command, metadata, boundary, known);
                } catch (AppendConditionFailed | EventsRemoved e) {
                    if (attempt == settings.maxAttempts()) {
                        throw e;
                    }
                    requireNotInterrupted(command, e);
                    known = e instanceof EventsRemoved ? states.knownAbove(boundary) : known;
                }
            }
        } finally {
            states.decidedOn(boundary, known);
        }
    }

    private Outcome<E> decideOnce(C command, Metadata metadata, Query boundary, KnownState<S> known) {
        List<E> events = decider.decide(command, known.state());
        List<NewEvent> encoded = encode(command, metadata, boundary, events);
        if (encoded.isEmpty() && metadata.commandId().isEmpty()) {
            return new Outcome<>(events, new Appended(known.upTo() + 1, known.upTo(), false));
        }
        AppendCondition unchanged = AppendCondition.noneMatching(boundary).after(known.upTo());
        Appended appended = store.append(request(encoded, command, metadata).when(unchanged));
        return appended.repeated() ? repeated(appended) : new Outcome<>(events, appended);
    }

    private List<NewEvent> encode(C command, Metadata metadata, Query boundary, List<E> events) {
        List<NewEvent> encoded = new ArrayList<>(events.size());
        for (E event : events) {
            NewEvent stored = codec.encode(event).withMetadata(metadata);
            if (!boundary.matches(stored.type(), stored.tags())) {
                throw new OutsideBoundary(command, stored, boundary);
            }
            encoded.add(stored);
        }
        record(command, encoded);
        return encoded;
    }

    private void record(C command, List<NewEvent> encoded) {
        EventCodec<C> commands = settings.recorded();
        if (commands != null && !encoded.isEmpty()) {
            NewEvent first = encoded.get(0);
            CommandRecord recorded = CommandRecord.of(commands.encode(command), encoded.size());
            encoded.set(0, first.withMetadata(recorded.addTo(first.metadata())));
        }
    }

    private Append request(List<NewEvent> events, C command, Metadata metadata) {
        Append append = Append.of(events);
        return metadata.commandId()
                .map(id -> append.withReceiptFor(id, settings.receiptContent().apply(command)))
                .orElse(append);
    }

    /** The first outcome of the same command id, read back from the log. */
    private Outcome<E> repeated(Appended appended) {
        List<E> events = new ArrayList<>();
        ReadOptions own = ReadOptions.defaults().until(appended.last());
        long after = appended.first() - 1;
        Page page;
        do {
            page = readOn(own, after);
            for (StoredEvent stored : page.events()) {
                events.addAll(codec.decodeKnown(stored));
            }
            after = page.upTo();
        } while (!page.complete());
        return new Outcome<>(events, appended);
    }

    // A repetition stays harmless, also when retention has removed what the command did.
    private Page readOn(ReadOptions own, long after) {
        try {
            return store.read(Query.all(), own.after(after));
        } catch (EventsRemoved e) {
            return readOn(own, e.floor());
        }
    }

    private static void requireNotInterrupted(Object command, RuntimeException conflict) {
        if (Thread.currentThread().isInterrupted()) {
            CancellationException cancelled = new CancellationException(
                    "Interrupted while " + command.getClass().getSimpleName()
                            + " was to be decided again after a conflict. Nothing was stored.");
            cancelled.initCause(conflict);
            throw cancelled;
        }
    }
}
