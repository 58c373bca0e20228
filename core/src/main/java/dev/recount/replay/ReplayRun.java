package dev.recount.replay;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of a replay: the state so far and what was counted on the way. */
final class ReplayRun<S, E> {

    private static final int KEPT_PROBLEMS = 100;

    private final EventCodec<E> codec;
    private final Projector<S, E> projector;
    private final boolean strict;
    private final long startedNanos = System.nanoTime();
    private final List<UndecodableEvent> problems = new ArrayList<>();
    private S state;
    private long sequence;
    private long events;
    private long skipped;

    ReplayRun(EventCodec<E> codec, Projector<S, E> projector, boolean strict) {
        this.codec = codec;
        this.projector = projector;
        this.strict = strict;
        this.state = projector.initialState();
    }

    void apply(Page page) {
        for (StoredEvent stored : page.events()) {
            apply(stored);
        }
        sequence = page.upTo();
    }

    long sequence() {
        return sequence;
    }

    long events() {
        return events;
    }

    Replayed<S> result() {
        Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
        return new Replayed<>(state, sequence, events, skipped, problems, took);
    }

    private void apply(StoredEvent stored) {
        List<E> decoded;
        try {
            decoded = codec.decode(stored);
        } catch (UndecodableEvent e) {
            skip(e);
            return;
        }
        project(stored, decoded);
        events++;
    }

    private void project(StoredEvent stored, List<E> decoded) {
        try {
            state = projector.projectAll(state, decoded);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The projector failed at sequence " + stored.sequence() + " of type " + stored.type() + ": " + e
                            + ". A projector must take every stored event.",
                    e);
        }
    }

    private void skip(UndecodableEvent problem) {
        if (strict) {
            throw problem;
        }
        skipped++;
        if (problems.size() < KEPT_PROBLEMS) {
            problems.add(problem);
        }
    }
}
