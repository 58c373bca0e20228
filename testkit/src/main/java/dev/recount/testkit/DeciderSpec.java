package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decider tested as a table of facts: given these events, when this command, then those events.
 *
 * <pre>{@code
 * DeciderSpec.of(new SeatDecider())
 *         .given(new SeatTaken("12A", "Ann"))
 *         .when(new FreeSeat("12A"))
 *         .then(new SeatFreed("12A"));
 * }</pre>
 *
 * <p>With a codec, every event of the table also has to come back equal from it. Failures are
 * {@link org.opentest4j.AssertionFailedError}. Immutable.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the events
 */
public final class DeciderSpec<C, S, E> {

    private final Decider<C, S, E> decider;
    private final List<E> given;
    private final @Nullable CodecCheck<E> codec;

    private DeciderSpec(Decider<C, S, E> decider, List<E> given, @Nullable CodecCheck<E> codec) {
        this.decider = decider;
        this.given = given;
        this.codec = codec;
    }

    /** A spec of that decider, in which nothing has happened yet. */
    public static <C, S, E> DeciderSpec<C, S, E> of(Decider<C, S, E> decider) {
        return new DeciderSpec<>(decider, List.of(), null);
    }

    /** With a codec that every event is sent through and back. Needed for {@link DeciderOutcome#thenTagged}. */
    public DeciderSpec<C, S, E> encodedBy(EventCodec<E> newCodec) {
        return new DeciderSpec<>(decider, given, new CodecCheck<>(newCodec));
    }

    /** After these events, and those given before. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied, nothing is stored in it.
    public final DeciderSpec<C, S, E> given(E... events) {
        return given(List.of(events));
    }

    /** After these events, and those given before. */
    public DeciderSpec<C, S, E> given(List<? extends E> events) {
        List<E> all = new ArrayList<>(given);
        all.addAll(events);
        return new DeciderSpec<>(decider, List.copyOf(all), codec);
    }

    /**
     * Decides a command on the state that the given events lead to.
     *
     * @throws org.opentest4j.AssertionFailedError where there is a codec and a given event does not come back from it
     */
    public DeciderOutcome<S, E> when(C command) {
        if (codec != null) {
            given.forEach(event -> codec.roundTrip("A given event", event));
        }
        S state = decider.projectAll(decider.initialState(), given);
        String story = "given:\n" + Listing.of(given) + "\nwhen:\n  " + command;
        try {
            return new DeciderOutcome<>(
                    decider, state, List.copyOf(decider.decide(command, state)), null, codec, story);
        } catch (CommandRejected rejection) {
            return new DeciderOutcome<>(decider, state, List.of(), rejection, codec, story);
        }
    }
}
