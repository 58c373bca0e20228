package dev.recount.testkit;

import dev.recount.decider.CommandRejected;
import dev.recount.decider.Projector;
import dev.recount.event.Tags;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What a command led to, to be compared with what it should have led to. Each check gives this outcome again, so several can
 * follow each other.
 *
 * <p>Immutable.
 *
 * @see DeciderSpec#when
 */
public final class DeciderOutcome<S, E> {

    private final Projector<S, E> projector;
    private final S before;
    private final List<E> events;
    private final @Nullable CommandRejected rejection;
    private final @Nullable CodecCheck<E> codec;
    private final String story;

    DeciderOutcome(
            Projector<S, E> projector,
            S before,
            List<E> events,
            @Nullable CommandRejected rejection,
            @Nullable CodecCheck<E> codec,
            String story) {
        this.projector = projector;
        this.before = before;
        this.events = events;
        this.rejection = rejection;
        this.codec = codec;
        this.story = story;
    }

    /** The command was accepted and led to these events, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied, nothing is stored in it.
    public final DeciderOutcome<S, E> then(E... expected) {
        return then(List.of(expected));
    }

    /** The command was accepted and led to these events, in this order. */
    public DeciderOutcome<S, E> then(List<? extends E> expected) {
        if (rejection != null || !events.equals(expected)) {
            throw failure(Listing.of(expected), expected);
        }
        if (codec != null) {
            events.forEach(event -> codec.roundTrip("A decided event", event));
        }
        return this;
    }

    /** The command was accepted, and asked for what already was. */
    public DeciderOutcome<S, E> thenNothing() {
        return then(List.of());
    }

    /** The command was rejected for that reason. */
    public DeciderOutcome<S, E> thenRejected(Class<? extends CommandRejected> reason) {
        if (!reason.isInstance(rejection)) {
            throw failure("  rejected: " + reason.getSimpleName(), reason);
        }
        return this;
    }

    /**
     * The command was rejected for that reason, and the rejection is as it should be.
     *
     * @param check asserts what the rejection holds, such as its ids
     */
    public <R extends CommandRejected> DeciderOutcome<S, E> thenRejected(Class<R> reason, Consumer<? super R> check) {
        thenRejected(reason);
        check.accept(reason.cast(rejection));
        return this;
    }

    /** The command was rejected with that code. */
    public DeciderOutcome<S, E> thenRejected(String code) {
        if (rejection == null || !rejection.code().equals(code)) {
            throw failure("  rejected: " + code, code);
        }
        return this;
    }

    /** The state after the events, or as it was before where the command was rejected. */
    public DeciderOutcome<S, E> thenState(S expected) {
        S after = projector.projectAll(before, events);
        if (!after.equals(expected)) {
            throw new AssertionFailedError(
                    story + "\nexpected state:\n  " + expected + "\nactual state:\n  " + after, expected, after);
        }
        return this;
    }

    /**
     * The command was accepted, and the codec gives all of its events together exactly these tags.
     *
     * @throws IllegalStateException where the spec has no codec
     */
    public DeciderOutcome<S, E> thenTagged(Tags expected) {
        if (codec == null) {
            throw new IllegalStateException("Tags come from a codec. Give one with encodedBy(codec).");
        }
        Tags actual = Tags.none();
        for (E event : events) {
            actual = actual.and(codec.roundTrip("A decided event", event).tags());
        }
        if (rejection != null || !actual.equals(expected)) {
            throw new AssertionFailedError(
                    story + "\nexpected tags:\n  " + expected + "\nactual tags:\n  " + actual + "\nof:\n" + actual(),
                    expected,
                    actual);
        }
        return this;
    }

    private AssertionFailedError failure(String expectedText, Object expected) {
        Object actual = rejection == null ? events : rejection;
        return new AssertionFailedError(
                story + "\nexpected:\n" + expectedText + "\nactual:\n" + actual(), expected, actual);
    }

    private String actual() {
        return rejection == null
                ? Listing.of(events)
                : "  rejected: " + rejection.getClass().getSimpleName() + " (" + rejection.code() + "): "
                        + rejection.getMessage();
    }
}
