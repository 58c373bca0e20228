package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** One random history of a decider, checked while it grows and once more at its end. Not thread-safe. */
final class DeciderHistory<C, S, E> {

    private final Decider<C, S, E> decider;
    private final @Nullable CodecCheck<E> codec;
    private final long seed;
    private final List<E> events = new ArrayList<>();
    private final List<Step<C, E>> steps = new ArrayList<>();

    private S state;

    /** A command, how many events there were before it, and what was decided. */
    private record Step<C, E>(C command, int eventsBefore, Decision<E> decision) {}

    DeciderHistory(Decider<C, S, E> decider, @Nullable EventCodec<E> codec, long seed) {
        this.decider = decider;
        this.codec = codec == null ? null : new CodecCheck<>(codec);
        this.seed = seed;
        this.state = decider.initialState();
    }

    S state() {
        return state;
    }

    void handle(C command) {
        Step<C, E> step = new Step<>(command, events.size(), decide(command, state, events.size()));
        requireSameDecision("Determinism", step, decide(command, state, events.size()));
        requireUnchangedState("decide", step);
        steps.add(step);
        step.decision.events().forEach(this::apply);
    }

    /** Decides every command once more, after some time and the last one first. */
    void checkAgainLater() {
        waitForTheNextMillisecond();
        AssertionFailedError shortest = null;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step<C, E> step = steps.get(i);
            Decision<E> again = decide(step.command, replayed(step.eventsBefore), step.eventsBefore);
            if (!again.equals(step.decision)) {
                shortest = differentDecision("Determinism (no hidden clock, random choice or memory)", step, again);
            }
        }
        if (shortest != null) {
            throw shortest;
        }
    }

    /** Projects every event on every state, the earliest first. */
    void checkTotality() {
        Set<E> distinct = new LinkedHashSet<>(events);
        S reached = decider.initialState();
        for (int prefix = 0; prefix <= events.size(); prefix++) {
            S target = reached;
            for (E event : distinct) {
                guarded("Totality", prefix, "project:\n  " + event, () -> decider.project(target, event));
            }
            if (!target.equals(replayed(prefix))) {
                throw broken("Purity", prefix, "project:\n  one of all events\nleft the state as:\n  " + target);
            }
            reached = prefix < events.size() ? decider.project(reached, events.get(prefix)) : reached;
        }
    }

    /** Folds the events in batches of usual and of random sizes. */
    void checkChunks(Random random) {
        BatchCheck<S, E> batches = new BatchCheck<>(decider, events, this::broken);
        batches.inUsualSizes();
        batches.inSizes(() -> 1 + random.nextInt(events.size()));
    }

    private void apply(E event) {
        if (codec != null) {
            guarded("Codec", events.size(), "event:\n  " + event, () -> codec.roundTrip("A decided event", event));
        }
        int prefix = events.size();
        S next = guarded("Totality", prefix, "project:\n  " + event, () -> decider.project(state, event));
        S again = guarded("Totality", prefix, "project:\n  " + event, () -> decider.project(state, event));
        requireEqual("Determinism", prefix, "project:\n  " + event, next, again);
        requireEqual("Purity", prefix, "project:\n  " + event, replayed(prefix), state);
        events.add(event);
        state = next;
        requireEqual("Replay", events.size(), "from the start, and one by one", replayed(events.size()), state);
    }

    private Decision<E> decide(C command, S on, int prefix) {
        return guarded("Refusals", prefix, "when:\n  " + command, () -> Decision.of(decider, command, on));
    }

    private void requireSameDecision(String law, Step<C, E> step, Decision<E> again) {
        if (!again.equals(step.decision)) {
            throw differentDecision(law, step, again);
        }
    }

    private void requireUnchangedState(String action, Step<C, E> step) {
        requireEqual("Purity", step.eventsBefore, action + ":\n  " + step.command, replayed(step.eventsBefore), state);
    }

    private void requireEqual(String law, int prefix, String action, S expected, S actual) {
        if (!expected.equals(actual)) {
            throw broken(law, prefix, action + "\nexpected state:\n  " + expected + "\nactual state:\n  " + actual);
        }
    }

    private S replayed(int prefix) {
        return decider.projectAll(decider.initialState(), events.subList(0, prefix));
    }

    private <T> T guarded(String law, int prefix, String action, Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (RuntimeException | AssertionError e) {
            AssertionFailedError failure = broken(law, prefix, action + "\nthrew:\n  " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    private AssertionFailedError differentDecision(String law, Step<C, E> step, Decision<E> again) {
        return broken(
                law,
                step.eventsBefore,
                "when:\n  " + step.command + "\ndecided first:\n" + step.decision + "\ndecided again:\n" + again);
    }

    private AssertionFailedError broken(String law, int prefix, String what) {
        return new AssertionFailedError("Broken law: " + law + " (seed " + seed + ", after " + prefix
                + " events)\ngiven:\n" + Listing.of(events.subList(0, prefix)) + "\n" + what);
    }

    private static void waitForTheNextMillisecond() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_000_000) {
            Thread.onSpinWait();
        }
    }
}
