package dev.recount.testkit;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Projector;
import dev.recount.replay.StateRows;
import dev.recount.replay.Verification;
import dev.recount.snapshot.StateCodec;
import dev.recount.store.EventStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * That a read model is what its events say, whichever way it was computed: kept current event by event, replayed in pages of 1, 500, 1,000
 * and 1,001, read on from a snapshot, or kept by whatever else keeps it, such as tables.
 *
 * <pre>{@code
 * CommandHandler<SeatCommand, SeatEvent> seats =
 *         log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));
 *
 * ReadModelProof.of(new SeatPlan(), rows)
 *         .withSnapshots(JacksonState.of(new SeatPlan()))
 *         .withCommands(200)
 *         .check(log, seats, random -> new TakeSeat("seat" + random.nextInt(9), "Ann"));
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class ReadModelProof<S, E> {

    private static final int DEFAULT_COMMANDS = 1_000;

    private final Projector<S, E> model;
    private final StateRows<S> rows;
    private final @Nullable StateCodec<S> codec;
    private final Map<String, Function<? super EventStore, ? extends S>> live;
    private final long seed;
    private final int commands;

    private ReadModelProof(
            Projector<S, E> model,
            StateRows<S> rows,
            @Nullable StateCodec<S> codec,
            Map<String, Function<? super EventStore, ? extends S>> live,
            long seed,
            int commands) {
        this.model = model;
        this.rows = rows;
        this.codec = codec;
        this.live = live;
        this.seed = seed;
        this.commands = commands;
    }

    /**
     * Fails where a live model and its replay differ, with all differences.
     *
     * @throws AssertionFailedError with the report
     */
    public static void requireEqual(Verification verification) {
        if (!verification.isEqual()) {
            throw new AssertionFailedError(verification.report());
        }
    }

    /** Of what a projector computes, compared as these rows; by default after 1,000 commands with seed 1. */
    public static <S, E> ReadModelProof<S, E> of(Projector<S, E> model, StateRows<S> rows) {
        return new ReadModelProof<>(model, rows, null, Map.of(), 1, DEFAULT_COMMANDS);
    }

    /** Also from a snapshot in the middle of the log, written and read by this codec, and the events after it. */
    public ReadModelProof<S, E> withSnapshots(StateCodec<S> newCodec) {
        return new ReadModelProof<>(model, rows, newCodec, live, seed, commands);
    }

    /**
     * Also of a live model that something else keeps, such as tables. It must be current when it is asked.
     *
     * @param name what it is called in a failure
     * @param state gives its state at the head of the log
     */
    public ReadModelProof<S, E> withLive(String name, Function<? super EventStore, ? extends S> state) {
        Map<String, Function<? super EventStore, ? extends S>> more = new LinkedHashMap<>(live);
        more.put(name, state);
        return new ReadModelProof<>(model, rows, codec, more, seed, commands);
    }

    /** With that seed: the same seed on the same log gives the same commands. */
    public ReadModelProof<S, E> withSeed(long newSeed) {
        return new ReadModelProof<>(model, rows, codec, live, newSeed, commands);
    }

    /** After so many commands. */
    public ReadModelProof<S, E> withCommands(int newCommands) {
        return new ReadModelProof<>(model, rows, codec, live, seed, newCommands);
    }

    /**
     * Carries out random commands, keeps the model current beside them, and then compares it on all ways. Refused commands are as good as
     * others.
     *
     * @param generator makes a command that may or may not be allowed; must take all chance from what it is given
     * @throws AssertionFailedError with the seed and every row that differs
     */
    public <C> void check(
            EventLog<E> log,
            CommandHandler<? super C, E> handler,
            Function<? super RandomGenerator, ? extends C> generator) {
        Random random = new Random(seed);
        FollowedState<S, E> followed = new FollowedState<>(log, model);
        for (int i = 0; i < commands; i++) {
            carryOut(generator.apply(random), handler);
            followed.catchUp();
        }
        String when = "after " + commands + " commands with seed " + seed;
        compare(log, when).require("kept current event by event", followed.state());
    }

    /**
     * Compares the model on all ways on the log as it is.
     *
     * @throws AssertionFailedError with every row that differs
     */
    public void check(EventLog<E> log) {
        compare(log, "on this log");
    }

    private WaysCompared<S, E> compare(EventLog<E> log, String when) {
        WaysCompared<S, E> ways = new WaysCompared<>(log, model, rows, when);
        ways.requirePages();
        if (codec != null) {
            ways.requireSnapshotAndTail(codec);
        }
        live.forEach((name, state) -> ways.require(name, state.apply(log.store())));
        return ways;
    }

    private static <C> void carryOut(C command, CommandHandler<? super C, ?> handler) {
        try {
            handler.handle(command);
        } catch (CommandRejected refused) {
            // A refusal stores nothing, and that is all there is to it.
        }
    }
}
