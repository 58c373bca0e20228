package dev.recount.replay;

import dev.recount.internal.BoundaryText;
import dev.recount.internal.LogSnapshots;
import dev.recount.internal.StartingState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of a log at every so many sequences, kept on the way. Each has a key of its own, which names its sequence, so stores
 * of snapshots keep them all, and the newest before a moment is found without a search.
 */
final class Milestones<S, E> {

    private final Course<S, E> course;
    private final @Nullable LogSnapshots<S> kept;
    private final long interval;

    Milestones(Course<S, E> course, @Nullable LogSnapshots<S> kept) {
        this.course = course;
        this.kept = kept;
        this.interval = kept == null ? Long.MAX_VALUE : kept.interval();
    }

    /** A state, and how many events were left out on the way to it. */
    record Reached<S>(StartingState<S> at, long skipped) {}

    /** Whether any are kept. */
    boolean areKept() {
        return kept != null;
    }

    /** The state at a sequence. */
    Reached<S> at(long sequence) {
        return onward(newest(sequence), sequence);
    }

    /** The newest that is kept at or before a sequence; the beginning where none is. */
    Reached<S> newest(long sequence) {
        if (kept != null) {
            for (long at = sequence - sequence % interval; at > 0; at -= interval) {
                Optional<StartingState<S>> found = kept.find(boundary(at), at);
                if (found.isPresent()) {
                    return new Reached<>(found.get(), 0);
                }
            }
        }
        return new Reached<>(course.beginning(), 0);
    }

    /** The state at a sequence, from an earlier one or from what is kept between them. */
    Reached<S> onward(Reached<S> from, long sequence) {
        long lastKept = from.at().events();
        StartingState<S> state = from.at();
        long skipped = from.skipped();
        while (state.sequence() < sequence) {
            long next = Math.min(sequence, milestoneAfter(state.sequence()));
            Replayed<S> replayed = course.run(state, next, sequence);
            state = new StartingState<>(replayed.state(), next, replayed.events());
            skipped += replayed.skipped();
            if (isDue(state, lastKept, skipped)) {
                keep(state);
                lastKept = state.events();
            }
        }
        return new Reached<>(state, skipped);
    }

    private long milestoneAfter(long sequence) {
        return kept == null ? Long.MAX_VALUE : (sequence / interval + 1) * interval;
    }

    // One past an event that was left out would hide it from all who start there, and one past removed events lacks
    // them.
    private boolean isDue(StartingState<S> state, long lastKept, long skipped) {
        return state.sequence() % interval == 0
                && skipped == 0
                && state.events() - lastKept >= interval
                && course.store().info().floor() == 0;
    }

    private void keep(StartingState<S> state) {
        if (kept != null) {
            kept.save(boundary(state.sequence()), state);
        }
    }

    private String boundary(long sequence) {
        return BoundaryText.ofReplay(course.query()) + " at " + sequence;
    }
}
