package dev.recount;

import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.command.CommandHandler;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.reaction.ReactionStore;
import dev.recount.reaction.Reactor;
import dev.recount.reaction.ReactorSetup;
import dev.recount.replay.Replay;
import dev.recount.replay.StateHistory;
import dev.recount.replay.StateRows;
import dev.recount.replay.Verification;
import dev.recount.replay.WhatIf;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One log, seen through the classes of its events: the front door of the library.
 *
 * <pre>{@code
 * EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));
 *
 * CommandHandler<SeatCommand, SeatEvent> seats = log.handle(new SeatDecider())
 *         .within(command -> Query.tagged("seat", command.seat()));
 * seats.handle(new TakeSeat("12A", "Ada"));
 *
 * Map<String, String> plan = log.replay(new SeatPlan()).run().state();
 * }</pre>
 *
 * <p>It holds nothing but its store and its codec, and does not close the store. Several logs over one store, each for one family of
 * events, are fine. Thread-safe.
 *
 * @param <E> the events
 */
public final class EventLog<E> {

    private final EventStore store;
    private final EventCodec<E> codec;

    private EventLog(EventStore store, EventCodec<E> codec) {
        this.store = store;
        this.codec = codec;
    }

    /** The log in {@code store}, read and written through {@code codec}. */
    public static <E> EventLog<E> of(EventStore store, EventCodec<E> codec) {
        return new EventLog<>(store, codec);
    }

    /** Carries out commands with a decider, each on the whole log unless told otherwise. */
    public <C> CommandHandler<C, E> handle(Decider<C, ?, E> decider) {
        return CommandHandler.of(store, codec, decider);
    }

    /**
     * Carries out commands with a decider, reading on from the snapshots of its states.
     *
     * @see Snapshots
     */
    public <C, S> CommandHandler<C, E> handle(Decider<C, S, E> decider, Snapshots<S> snapshots) {
        return CommandHandler.of(store, codec, decider, snapshots);
    }

    /** Computes a state from the start of the log, once or {@linkplain Replay#live kept current}. */
    public <S> Replay<S, E> replay(Projector<S, E> projector) {
        return Replay.of(store, codec, projector);
    }

    /**
     * Decides again what was decided once, by other rules: every command that was recorded.
     *
     * @param commands the codec that they were recorded with
     * @see CommandHandler#recordingCommands
     */
    public <C, S> WhatIf<C, S, E> whatIf(Decider<C, S, E> otherRules, EventCodec<C> commands) {
        return WhatIf.of(store, codec, otherRules, commands);
    }

    /** What a state was in the course of the log: differences, blame, and where it went wrong. */
    public <S> StateHistory<S, E> history(Projector<S, E> projector, StateRows<S> rows) {
        return StateHistory.of(store, codec, projector, rows);
    }

    /**
     * Whether the state of a live model, which has applied the log up to {@code sequence}, is what a replay from zero gives, and exactly
     * where not.
     *
     * @see StateHistory#verify
     */
    public <S> Verification verify(Projector<S, E> projector, StateRows<S> rows, S live, long sequence) {
        return history(projector, rows).verify(live, sequence);
    }

    /** What a query finds up to now. */
    public History<E> read(Query query) {
        return new History<>(store, codec, query, store.info().head());
    }

    /** Appends events without metadata. As {@link #append(List, AppendCondition, Metadata)}. */
    public Appended append(List<? extends E> events, AppendCondition condition) {
        return append(events, condition, Metadata.empty());
    }

    /**
     * Appends events, all or none.
     *
     * @throws AppendConditionFailed where something matches the condition; read again and decide again
     * @throws IllegalArgumentException where there is nothing to store, or the codec does not know an event's class
     */
    public Appended append(List<? extends E> events, AppendCondition condition, Metadata metadata) {
        List<NewEvent> encoded = new ArrayList<>(events.size());
        for (E event : events) {
            encoded.add(codec.encode(event).withMetadata(metadata));
        }
        return store.append(Append.of(encoded).when(condition));
    }

    /**
     * Gives every event to {@code listener}, in order, once; and to {@code undecodable} what cannot be decoded, which is passed over.
     *
     * @see Subscription
     */
    public Subscription subscribe(
            SubscriptionOptions options,
            Consumer<? super RecordedEvent<E>> listener,
            Consumer<? super UndecodableEvent> undecodable) {
        return Subscription.start(store, options, stored -> deliver(stored, listener, undecodable));
    }

    /**
     * Has a reactor's effects performed, durably and at least once; its progress is kept in {@code reactions}.
     *
     * @throws IllegalArgumentException where its name cannot be part of a key
     * @see ReactorSetup
     */
    public <I> ReactorSetup<E, I> react(Reactor<E, I> reactor, ReactionStore reactions) {
        return ReactorSetup.of(store, codec, reactor, reactions);
    }

    /** The store. */
    public EventStore store() {
        return store;
    }

    /** The codec. */
    public EventCodec<E> codec() {
        return codec;
    }

    private void deliver(
            StoredEvent stored,
            Consumer<? super RecordedEvent<E>> listener,
            Consumer<? super UndecodableEvent> undecodable) {
        List<E> events;
        try {
            events = codec.decode(stored);
        } catch (UndecodableEvent e) {
            undecodable.accept(e);
            return;
        }
        for (E event : events) {
            listener.accept(new RecordedEvent<>(stored, event));
        }
    }
}
