package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.internal.EventReader;
import dev.recount.internal.StartingState;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.ReadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** One run of a replay: what is counted on the way, and what becomes of events and projectors that fail. */
final class ReplayRun<S, E> implements EventReader.Watcher {

    private static final int KEPT_PROBLEMS = 100;

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final Replay.Settings settings;
    private final StartingState<S> start;
    private final long floor;
    private final long until;
    private final long startedNanos = System.nanoTime();
    private final List<UndecodableEvent> problems = new ArrayList<>();
    private long skipped;

    ReplayRun(
            EventStore store,
            EventCodec<E> codec,
            Projector<S, E> projector,
            Replay.Settings settings,
            StartingState<S> start,
            long floor,
            long until) {
        this.store = store;
        this.codec = codec;
        this.projector = projector;
        this.settings = settings;
        this.start = start;
        this.floor = floor;
        this.until = until;
    }

    Replayed<S> run() {
        try (EventReader<E> events = read(this)) {
            S state = project(events);
            long sequence = events.requireEnd();
            requireAllFromZero();
            long after = start.sequence() == 0 ? begin() : 0;
            Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
            return new Replayed<>(state, sequence, after, start.events() + events.stored(), skipped, problems, took);
        }
    }

    // After 0 a store begins with whatever is left, so nobody knows whether the first page came before the floor did.
    private void requireAllFromZero() {
        long floorNow = store.info().floor();
        if (begin() == 0 && until > 0 && floorNow > 0) {
            throw new EventsRemoved(0, floorNow);
        }
    }

    private long begin() {
        return Math.max(start.sequence(), Math.min(floor, until));
    }

    @Override
    public void beforePage(long upTo) {
        if (settings.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The replay was stopped at sequence " + upTo + " of " + until + ".");
        }
    }

    @Override
    public void afterPage(long upTo, long stored) {
        settings.progress().accept(new ReplayProgress(upTo, until, start.events() + stored));
    }

    @Override
    public void undecodable(UndecodableEvent problem) {
        if (settings.strict()) {
            throw problem;
        }
        skipped++;
        if (problems.size() < KEPT_PROBLEMS) {
            problems.add(problem);
        }
    }

    private EventReader<E> read(EventReader.Watcher watcher) {
        ReadOptions options = ReadOptions.defaults().after(begin()).until(until).withLimit(settings.pageSize());
        return new EventReader<>(store, codec, settings.query(), options, settings.readsAhead(), watcher);
    }

    private S project(EventReader<E> events) {
        try {
            return projector.projectAll(start.state(), () -> events);
        } catch (RuntimeException e) {
            if (events.isReading()) {
                throw e;
            }
            projectOneByOne();
            throw failed("up to", events.sequence(), events.type(), e);
        }
    }

    // A projector may take many events before it projects one; only one at a time shows which one it failed at.
    private void projectOneByOne() {
        try (EventReader<E> events = read(new OneByOne())) {
            S state = start.state();
            while (events.hasNext()) {
                E event = events.next();
                try {
                    state = projector.project(state, event);
                } catch (RuntimeException e) {
                    throw failed("at", events.sequence(), events.type(), e);
                }
            }
        }
    }

    /** The same stops, and nothing is counted or told a second time. */
    private final class OneByOne implements EventReader.Watcher {

        @Override
        public void beforePage(long upTo) {
            ReplayRun.this.beforePage(upTo);
        }

        @Override
        public void undecodable(UndecodableEvent problem) {
            // It was told the first time.
        }
    }

    static IllegalStateException failed(String where, long sequence, String type, RuntimeException cause) {
        return new IllegalStateException(
                "The projector failed " + where + " sequence " + sequence + " of type " + type + ": " + cause
                        + ". A projector must take every stored event.",
                cause);
    }
}
