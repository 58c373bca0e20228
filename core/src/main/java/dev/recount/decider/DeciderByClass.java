package dev.recount.decider;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A decider made of one decision for each command class, over the state of a projector.
 *
 * <p>A decision for a class takes its subclasses too, unless they have one of their own. Immutable.
 *
 * @see Decider#over
 */
public final class DeciderByClass<C, S, E> implements Decider<C, S, E> {

    private final Projector<S, E> projector;
    private final ClassTable<BiFunction<C, S, List<E>>> decisions;

    private DeciderByClass(Projector<S, E> projector, ClassTable<BiFunction<C, S, List<E>>> decisions) {
        this.projector = projector;
        this.decisions = decisions;
    }

    static <C, S, E> DeciderByClass<C, S, E> over(Projector<S, E> projector) {
        return new DeciderByClass<>(projector, ClassTable.empty());
    }

    /**
     * This decider with a decision for commands of {@code commandClass}.
     *
     * @throws IllegalArgumentException where the class has a decision already
     */
    public <T extends C> DeciderByClass<C, S, E> on(
            Class<T> commandClass, BiFunction<? super T, ? super S, ? extends List<? extends E>> decision) {
        return new DeciderByClass<>(
                projector,
                decisions.with(
                        commandClass,
                        (command, state) -> List.copyOf(decision.apply(commandClass.cast(command), state))));
    }

    @Override
    public S initialState() {
        return projector.initialState();
    }

    @Override
    public S project(S state, E event) {
        return projector.project(state, event);
    }

    @Override
    public S projectAll(S state, Iterable<? extends E> events) {
        return projector.projectAll(state, events);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where no decision is registered for the command's class
     */
    @Override
    public List<E> decide(C command, S state) {
        BiFunction<C, S, List<E>> decision = decisions.find(command);
        if (decision == null) {
            throw new IllegalArgumentException(
                    "No decision for " + command.getClass().getName() + "; there is one for "
                            + decisions.classNames() + ". Register it with on("
                            + command.getClass().getSimpleName()
                            + ".class, ...).");
        }
        return decision.apply(command, state);
    }
}
