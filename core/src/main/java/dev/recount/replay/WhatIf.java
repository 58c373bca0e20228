package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides recorded commands again, by other rules, and says which decisions would have been others.
 *
 * <p>Each command is decided on what was stored before its first event, computed by the other rules' own projector; then the history
 * goes on as it is stored. So every decision is compared by itself, and one that differs does not make those after it differ. Two
 * decisions are the same where their events are stored in the same form, or are equal as the elements of a set are in any order; old
 * versions are compared as what they stand for today.
 * Nothing is written.
 *
 * <pre>{@code
 * EventCodec<SeatCommand> commands = JacksonCodec.of(SeatCommand.class);
 * CommandHandler<SeatCommand, SeatEvent> seats = log.handle(new SeatDecider())
 *         .within(command -> Query.tagged("seat", command.seat()))
 *         .recordingCommands(commands);
 * }</pre>
 *
 * <p>Later, when other rules are considered:
 *
 * <pre>{@code
 * WhatIfResult<SeatCommand> result = log.whatIf(oneSeatEach, commands).run();
 * for (DifferentDecision<SeatCommand> decision : result.differing()) {
 *     found.add(decision.command() + " at sequence " + decision.sequence());
 * }
 * }</pre>
 *
 * <p>Commands that were refused, or led to no event, are in no log, so nothing is said of them. Where retention has removed events,
 * decisions are made on what is left.
 *
 * <p>Immutable and thread-safe: the methods that configure it give another one, and each run starts anew.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the events
 */
public final class WhatIf<C, S, E> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Decider<C, S, E> decider;
    private final EventCodec<C> commands;
    private final Function<? super C, Query> boundary;
    private final Consumer<ReplayProgress> progress;

    private WhatIf(
            EventStore store,
            EventCodec<E> codec,
            Decider<C, S, E> decider,
            EventCodec<C> commands,
            Function<? super C, Query> boundary,
            Consumer<ReplayProgress> progress) {
        this.store = store;
        this.codec = codec;
        this.decider = decider;
        this.commands = commands;
        this.boundary = boundary;
        this.progress = progress;
    }

    /** Decides each recorded command of a log on the whole log before it. */
    public static <C, S, E> WhatIf<C, S, E> of(
            EventStore store, EventCodec<E> codec, Decider<C, S, E> decider, EventCodec<C> commands) {
        return new WhatIf<>(store, codec, decider, commands, command -> Query.all(), at -> {});
    }

    /**
     * Decides each command on the events that this query finds for it, instead of on the whole log: on what the decider is made for,
     * as {@link dev.recount.command.CommandHandler#within} does.
     */
    public WhatIf<C, S, E> within(Function<? super C, Query> newBoundary) {
        return new WhatIf<>(store, codec, decider, commands, newBoundary, progress);
    }

    /** Tells how far it has got, after each page, on the thread that runs it. */
    public WhatIf<C, S, E> reportingTo(Consumer<ReplayProgress> newProgress) {
        return new WhatIf<>(store, codec, decider, commands, boundary, newProgress);
    }

    /**
     * Goes through the log once, up to the head that it has now.
     *
     * @throws IllegalStateException where the other rules fail to project a stored event
     * @throws java.util.concurrent.CancellationException where its thread is interrupted
     */
    public WhatIfResult<C> run() {
        PastStates<S, E> past = new PastStates<>(store, codec, decider);
        SecondDecision<C, S, E> again = new SecondDecision<>(codec, decider, commands, boundary, past);
        return new WhatIfRun<>(store, again, progress).run();
    }
}
