package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.internal.StartingState;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.function.Consumer;

/** What a state is computed from, and by what. */
record Course<S, E>(
        EventStore store,
        EventCodec<E> codec,
        Projector<S, E> projector,
        Query query,
        Consumer<ReplayProgress> progress) {

    private static final int PAGE_SIZE = 1_000;

    StartingState<S> beginning() {
        return StartingState.initial(projector.initialState());
    }

    /** Goes on from a state, as fast as can be; {@code whole} is where it is all to end. */
    Replayed<S> run(StartingState<S> start, long until, long whole) {
        Consumer<ReplayProgress> told = now -> progress.accept(new ReplayProgress(now.sequence(), whole, now.events()));
        Replay.Settings settings = new Replay.Settings(query, log -> until, false, PAGE_SIZE, true, told, () -> false);
        return new ReplayRun<>(
                        store, codec, projector, settings, start, store.info().floor(), until)
                .run();
    }

    /** The same events to another projector. */
    <T> Course<T, E> through(Projector<T, E> other) {
        return new Course<>(store, codec, other, query, progress);
    }
}
