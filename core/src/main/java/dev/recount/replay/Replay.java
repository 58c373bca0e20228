package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.internal.BoundaryText;
import dev.recount.internal.LogSnapshots;
import dev.recount.internal.StartingState;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Computes a state from the start of a log.
 *
 * <p>A replay goes up to the head that the log had when it started, or to an earlier sequence or time; events appended
 * meanwhile are not in it. It reads page by page, so its memory does not grow with the log. Events that cannot be decoded are
 * left out, counted and reported, unless it is asked to be strict.
 *
 * <pre>{@code
 * Map<String, String> plan = log.replay(new SeatPlan()).run().state();                   // from sequence zero
 * Map<String, String> then = log.replay(new SeatPlan()).until(before).run().state();     // as it was
 * }</pre>
 *
 * <p>Immutable and thread-safe: the methods that configure it give another replay, and each run starts anew.
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class Replay<S, E> {

    private static final int DEFAULT_PAGE_SIZE = 1_000;

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final Settings settings;
    private final @Nullable LogSnapshots<S> snapshots;

    private Replay(
            EventStore store,
            EventCodec<E> codec,
            Projector<S, E> projector,
            Settings settings,
            @Nullable LogSnapshots<S> snapshots) {
        this.store = store;
        this.codec = codec;
        this.projector = projector;
        this.settings = settings;
        this.snapshots = snapshots;
    }

    /** What is replayed, and how; up to the head where no end is given. */
    record Settings(
            Query query,
            @Nullable ToLongFunction<EventStore> until,
            boolean strict,
            int pageSize,
            boolean readsAhead,
            Consumer<ReplayProgress> progress,
            BooleanSupplier cancelled) {}

    /** A replay of a whole log. */
    public static <S, E> Replay<S, E> of(EventStore store, EventCodec<E> codec, Projector<S, E> projector) {
        Settings settings =
                new Settings(Query.all(), null, false, DEFAULT_PAGE_SIZE, true, progress -> {}, () -> false);
        return new Replay<>(store, codec, projector, settings, null);
    }

    /** Only events that this query finds. */
    public Replay<S, E> matching(Query query) {
        Settings s = settings;
        return with(new Settings(query, s.until, s.strict, s.pageSize, s.readsAhead, s.progress, s.cancelled));
    }

    /**
     * Up to this sequence and itself; up to the head where the log ends before it.
     *
     * @throws IllegalArgumentException below 0
     */
    public Replay<S, E> until(long sequence) {
        ReadOptions checked = ReadOptions.defaults().until(sequence);
        return until(log -> checked.until());
    }

    /** Up to the last event stored at or before this time. */
    public Replay<S, E> until(Instant time) {
        return until(log -> log.sequenceAt(time));
    }

    /** Fails at the first event that cannot be decoded, instead of leaving it out. */
    public Replay<S, E> strictly() {
        Settings s = settings;
        return with(new Settings(s.query, s.until, true, s.pageSize, s.readsAhead, s.progress, s.cancelled));
    }

    /**
     * Starts from the newest snapshot that lies before its end, instead of from zero; and where enough events are new, takes one at
     * its end, before {@link #run} returns. What it gives is the same: a replay that left events out takes none, so none hides
     * what could not be decoded; nor does one that began after events that retention had removed.
     */
    public Replay<S, E> withSnapshots(Snapshots<S> kept) {
        return new Replay<>(store, codec, projector, settings, new LogSnapshots<>(store, kept));
    }

    /**
     * Reads at most so many events at a time; 1,000 by default. The state does not depend on it.
     *
     * @throws IllegalArgumentException below 1
     */
    public Replay<S, E> withPageSize(int events) {
        Settings s = settings;
        int checked = ReadOptions.defaults().withLimit(events).limit();
        return with(new Settings(s.query, s.until, s.strict, checked, s.readsAhead, s.progress, s.cancelled));
    }

    /**
     * Reads, decodes and folds on the calling thread alone. By default a second thread reads and decodes ahead where a log
     * is long. Projecting is done on the calling thread either way.
     */
    public Replay<S, E> onOneThread() {
        Settings s = settings;
        return with(new Settings(s.query, s.until, s.strict, s.pageSize, false, s.progress, s.cancelled));
    }

    /** Tells how far it has got, after each page, on the thread that runs it. */
    public Replay<S, E> reportingTo(Consumer<ReplayProgress> progress) {
        Settings s = settings;
        return with(new Settings(s.query, s.until, s.strict, s.pageSize, s.readsAhead, progress, s.cancelled));
    }

    /** Stops before the next page when this says so. */
    public Replay<S, E> stoppingWhen(BooleanSupplier cancelled) {
        Settings s = settings;
        return with(new Settings(s.query, s.until, s.strict, s.pageSize, s.readsAhead, s.progress, cancelled));
    }

    /**
     * Reads the log and computes the state.
     *
     * @throws UndecodableEvent where it is strict and an event cannot be decoded
     * @throws dev.recount.store.EventsRemoved where retention removed events that it was about to read; run it again
     * @throws IllegalStateException where the projector fails, which a projector must not; names the sequence
     * @throws CancellationException where it was told to stop, or its thread is interrupted
     */
    public Replayed<S> run() {
        LogInfo log = store.info();
        long until = settings.until == null ? log.head() : Math.min(log.head(), settings.until.applyAsLong(store));
        StartingState<S> start = start(until);
        Replayed<S> replayed = run(start, log.floor(), until);
        if (replayed.events() - start.events() >= snapshotInterval()) {
            keep(replayed);
        }
        return replayed;
    }

    /**
     * Replays the log, and then goes on: a model that is kept current, on a thread of its own, until it is closed. It starts from
     * the newest snapshot where it has {@link #withSnapshots snapshots}.
     *
     * @throws IllegalStateException where this replay has an end
     * @throws dev.recount.store.StoreUnavailable where the log cannot be read now
     */
    public LiveModel<S> live() {
        if (settings.until != null) {
            throw new IllegalStateException(
                    "A replay until some moment cannot go on from there. Leave out until(...) for a live model.");
        }
        return LiveModel.start(store, this);
    }

    S initialState() {
        return projector.initialState();
    }

    /** What these events made of the state in the course of the log. */
    StateHistory<S, E> history(StateRows<S> rows) {
        return StateHistory.of(store, codec, projector, rows).matching(settings.query);
    }

    /** Where a run up to {@code until} starts: at the newest snapshot, or at zero. */
    StartingState<S> start(long until) {
        Optional<StartingState<S>> kept =
                snapshots == null ? Optional.empty() : snapshots.find(BoundaryText.ofReplay(settings.query), until);
        return kept.orElseGet(() -> StartingState.initial(projector.initialState()));
    }

    Replayed<S> run(StartingState<S> start, long floor, long until) {
        return new ReplayRun<>(store, codec, projector, settings, start, floor, until).run();
    }

    /** After how many new events a snapshot is due; never where none are taken. */
    long snapshotInterval() {
        return snapshots == null ? Long.MAX_VALUE : snapshots.interval();
    }

    /** Takes a snapshot, except of what left events out, or lacks removed ones. */
    void keep(Replayed<S> replayed) {
        if (snapshots != null && replayed.skipped() == 0 && replayed.after() == 0) {
            snapshots.save(
                    BoundaryText.ofReplay(settings.query),
                    new StartingState<>(replayed.state(), replayed.sequence(), replayed.events()));
        }
    }

    /** Stops before the next page also when this says so. */
    Replay<S, E> alsoStoppingWhen(BooleanSupplier asked) {
        return stoppingWhen(() -> asked.getAsBoolean() || settings.cancelled.getAsBoolean());
    }

    private Replay<S, E> until(ToLongFunction<EventStore> until) {
        Settings s = settings;
        return with(new Settings(s.query, until, s.strict, s.pageSize, s.readsAhead, s.progress, s.cancelled));
    }

    private Replay<S, E> with(Settings changed) {
        return new Replay<>(store, codec, projector, changed, snapshots);
    }
}
