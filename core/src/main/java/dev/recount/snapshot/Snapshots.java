package dev.recount.snapshot;

import java.util.function.Consumer;

/**
 * How the states of one projector are kept, so that a decision or a replay reads only the events after the newest of them.
 *
 * <pre>{@code
 * SeatDecider decider = new SeatDecider();
 * Snapshots<Optional<String>> snapshots = Snapshots.of(kept, "seat", 1, JacksonState.of(decider));
 *
 * CommandHandler<SeatCommand, SeatEvent> seats =
 *         log.handle(decider, snapshots).within(command -> Query.tagged("seat", command.seat()));
 * }</pre>
 *
 * <p>A snapshot is a hint. It is used only where it is of the same log, projector, version and query, and where the log still holds, at its
 * sequence, the event that it was taken at; all of that is checked before its text is looked into. Else, and where the store or the codec
 * fails, the state is computed from the events, and no decision fails for it.
 *
 * <p>Raise the version whenever the same events would lead to another state than before: when the projector changes, the state's
 * class, or what the codec makes of stored events.
 *
 * <p>Immutable, and thread-safe where the store and the codec are.
 *
 * @param <S> the state
 */
public final class Snapshots<S> {

    private static final long DEFAULT_INTERVAL = 1_000;

    private final SnapshotStore store;
    private final String projector;
    private final int version;
    private final StateCodec<S> codec;
    private final long interval;
    private final Consumer<? super SnapshotProblem> problems;

    private Snapshots(
            SnapshotStore store,
            String projector,
            int version,
            StateCodec<S> codec,
            long interval,
            Consumer<? super SnapshotProblem> problems) {
        this.store = store;
        this.projector = projector;
        this.version = version;
        this.codec = codec;
        this.interval = interval;
        this.problems = problems;
    }

    /**
     * Snapshots of a projector, taken after every 1,000 new events.
     *
     * @param projector a name of its own for the projector, which outlives its class
     * @param version the version of the projector, from 1
     * @throws IllegalArgumentException where the name is blank, or the version below 1
     */
    public static <S> Snapshots<S> of(SnapshotStore store, String projector, int version, StateCodec<S> codec) {
        if (projector.isBlank()) {
            throw new IllegalArgumentException("The projector's name is blank. Give a name of its own.");
        }
        if (version < 1) {
            throw new IllegalArgumentException(
                    "Version " + version + " of projector " + projector + " is too low. Versions count from 1.");
        }
        return new Snapshots<>(store, projector, version, codec, DEFAULT_INTERVAL, problem -> {});
    }

    /**
     * Takes a snapshot after so many new events of a query; 1,000 by default. A query that never finds so many gets none.
     *
     * @throws IllegalArgumentException below 1
     */
    public Snapshots<S> withInterval(long events) {
        if (events < 1) {
            throw new IllegalArgumentException(
                    "A snapshot after every " + events + " events is too often. Give at least 1.");
        }
        return new Snapshots<>(store, projector, version, codec, events, problems);
    }

    /** Tells why a snapshot was not used or not taken, on the thread that wanted to. What it throws is passed over. */
    public Snapshots<S> reportingTo(Consumer<? super SnapshotProblem> listener) {
        return new Snapshots<>(store, projector, version, codec, interval, listener);
    }

    /** Where they are kept. */
    public SnapshotStore store() {
        return store;
    }

    /** What turns states into text and back. */
    public StateCodec<S> codec() {
        return codec;
    }

    /** After how many new events one is taken. */
    public long interval() {
        return interval;
    }

    /** What those of a part of a log are kept under. */
    public SnapshotKey key(String logId, String boundary) {
        return new SnapshotKey(logId, projector, version, boundary);
    }

    /** Tells the listener, and passes over what it throws. */
    public void report(SnapshotProblem problem) {
        try {
            problems.accept(problem);
        } catch (RuntimeException nobodyIsLeftToTell) {
            // The decision goes on; it is not the listener's to fail.
        }
    }

    @Override
    public String toString() {
        return "snapshots of " + projector + " version " + version + ", every " + interval + " events";
    }
}
