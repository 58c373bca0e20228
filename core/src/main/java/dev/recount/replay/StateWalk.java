package dev.recount.replay;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.StartingState;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import java.util.concurrent.CancellationException;

/** Goes through a stretch of a log event by event, and shows the state after each. Not thread-safe. */
final class StateWalk<S, E> {

    private static final int PAGE_SIZE = 1_000;

    private final Course<S, E> course;
    private final long until;
    private S state;
    private long sequence;
    private long events;
    private long skipped;

    StateWalk(Course<S, E> course, StartingState<S> start, long until) {
        this.course = course;
        this.until = until;
        this.state = start.state();
        this.sequence = start.sequence();
        this.events = start.events();
    }

    /** Is shown each event after which the state is not the very same as before. */
    interface Visitor<S> {

        /** Whether to go on. */
        boolean visit(StoredEvent event, S after);
    }

    /** Walks to the end, or as long as the visitor wants. */
    StateWalk<S, E> run(Visitor<? super S> visitor) {
        ReadOptions options = ReadOptions.defaults().until(until).withLimit(PAGE_SIZE);
        boolean goOn = sequence < until;
        while (goOn) {
            requireNotInterrupted();
            Page page = course.store().read(course.query(), options.after(sequence));
            goOn = visit(page, visitor) && !page.complete();
            sequence = page.upTo();
            course.progress().accept(new ReplayProgress(sequence, until, events));
        }
        return this;
    }

    /** The state that it has come to. */
    S state() {
        return state;
    }

    /** How many events could not be decoded. */
    long skipped() {
        return skipped;
    }

    private boolean visit(Page page, Visitor<? super S> visitor) {
        for (StoredEvent event : page.events()) {
            if (project(event) && !visitor.visit(event, state)) {
                return false;
            }
        }
        return true;
    }

    // Most events leave the state that they do not concern as the very object that it was.
    @SuppressWarnings("ReferenceEquality")
    private boolean project(StoredEvent stored) {
        S before = state;
        try {
            for (E event : course.codec().decode(stored)) {
                state = apply(stored, event);
            }
            events++;
        } catch (UndecodableEvent e) {
            skipped++;
        }
        return state != before;
    }

    private S apply(StoredEvent stored, E event) {
        try {
            return course.projector().project(state, event);
        } catch (RuntimeException e) {
            throw ReplayRun.failed("at", stored.sequence(), stored.type(), e);
        }
    }

    private void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("It was stopped at sequence " + sequence + " of " + until + ".");
        }
    }
}
