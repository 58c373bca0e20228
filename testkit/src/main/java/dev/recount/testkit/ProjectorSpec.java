package dev.recount.testkit;

import dev.recount.decider.Projector;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/**
 * A projector tested as a table of facts: given these events, then that state.
 *
 * <pre>{@code
 * ProjectorSpec.of(taken).given(new SeatTaken("12A", "Ann"), new SeatFreed("12A")).then(0);
 * }</pre>
 *
 * <p>Failures are {@link AssertionFailedError}. Immutable.
 */
public final class ProjectorSpec<S, E> {

    private final Projector<S, E> projector;
    private final List<E> given;

    private ProjectorSpec(Projector<S, E> projector, List<E> given) {
        this.projector = projector;
        this.given = given;
    }

    /** A spec of that projector, in which nothing has happened yet. */
    public static <S, E> ProjectorSpec<S, E> of(Projector<S, E> projector) {
        return new ProjectorSpec<>(projector, List.of());
    }

    /** After these events, and those given before. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied, nothing is stored in it.
    public final ProjectorSpec<S, E> given(E... events) {
        return given(List.of(events));
    }

    /** After these events, and those given before. */
    public ProjectorSpec<S, E> given(List<? extends E> events) {
        List<E> all = new ArrayList<>(given);
        all.addAll(events);
        return new ProjectorSpec<>(projector, List.copyOf(all));
    }

    /** The events lead to that state, one by one and in batches, and no batch changes the state that it begins with. */
    public ProjectorSpec<S, E> then(S expected) {
        S actual = projector.projectAll(projector.initialState(), given);
        if (!actual.equals(expected)) {
            throw new AssertionFailedError(
                    "given:\n" + Listing.of(given) + "\nexpected state:\n  " + expected + "\nactual state:\n  "
                            + actual,
                    expected,
                    actual);
        }
        new BatchCheck<>(projector, given, this::broken).inUsualSizes();
        return this;
    }

    private AssertionFailedError broken(String law, int prefix, String what) {
        return new AssertionFailedError("Broken law: " + law + " (after " + prefix + " events)\ngiven:\n"
                + Listing.of(given.subList(0, prefix)) + "\n" + what);
    }
}
