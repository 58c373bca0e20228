package dev.recount.testkit;

import dev.recount.decider.Projector;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;
import org.opentest4j.AssertionFailedError;

/** A projector's batches against its single events: equal states, and no change of a state that was given. Immutable. */
final class BatchCheck<S, E> {

    private static final int SOME = 7;

    private final Projector<S, E> projector;
    private final List<E> events;
    private final Failure failure;

    /** Tells which law is broken after how many events, and how. */
    @FunctionalInterface
    interface Failure {
        AssertionFailedError of(String law, int prefix, String what);
    }

    BatchCheck(Projector<S, E> projector, List<E> events, Failure failure) {
        this.projector = projector;
        this.events = events;
        this.failure = failure;
    }

    /** Batches of none, of one, of some, and of all. */
    void inUsualSizes() {
        S initial = projector.initialState();
        requireEqual("Replay", 0, "projectAll of no events", initial, projectAll(initial, 0, 0));
        inSizes(() -> 1);
        inSizes(() -> SOME);
        inSizes(events::size);
    }

    void inSizes(IntSupplier sizes) {
        S state = projector.initialState();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + sizes.getAsInt());
            S next = projectAll(state, from, to);
            String batch = "projectAll of events " + (from + 1) + " to " + to;
            requireEqual("Purity", from, batch + " left the state that it was given as", oneByOne(from), state);
            requireEqual("Replay", to, batch, oneByOne(to), next);
            state = next;
            from = to;
        }
    }

    private S projectAll(S state, int from, int to) {
        try {
            return projector.projectAll(state, once(events.subList(from, to)));
        } catch (RuntimeException e) {
            AssertionFailedError broken =
                    failure.of("Replay", from, "projectAll of events " + (from + 1) + " to " + to + "\nthrew:\n  " + e);
            broken.initCause(e);
            throw broken;
        }
    }

    private S oneByOne(int prefix) {
        S state = projector.initialState();
        for (E event : events.subList(0, prefix)) {
            state = projector.project(state, event);
        }
        return state;
    }

    private void requireEqual(String law, int prefix, String what, S expected, S actual) {
        if (!expected.equals(actual)) {
            throw failure.of(law, prefix, what + ":\n  " + actual + "\none by one:\n  " + expected);
        }
    }

    // A replay reads its events while they are projected, so it cannot give them a second time.
    private static <E> Iterable<E> once(List<E> events) {
        Iterator<Iterator<E>> passes = List.of(events.iterator()).iterator();
        return () -> {
            if (!passes.hasNext()) {
                throw new IllegalStateException(
                        "The events of a batch can be gone over once. Go over them in one loop.");
            }
            return passes.next();
        };
    }
}
