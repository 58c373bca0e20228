package dev.recount.decider;

import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which events a command leads to, given the state that earlier events led to.
 *
 * <p>A decider is pure, as a {@link Projector} is. Whatever a decision needs from outside (ids, times, random choices) is
 * part of the command. A decider never invents a value that only a side effect can know.
 *
 * <pre>{@code
 * public List<SeatEvent> decide(SeatCommand command, Optional<String> guest) {
 *     if (command instanceof TakeSeat take) {
 *         if (guest.isPresent()) {
 *             throw new SeatAlreadyTaken(take.seat());
 *         }
 *         return List.of(new SeatTaken(take.seat(), take.guest()));
 *     }
 *     return guest.isPresent() ? List.of(new SeatFreed(command.seat())) : List.of();
 * }
 * }</pre>
 *
 * <p>The pattern and its name are Jérémie Chassaing's (<em>Functional Event Sourcing Decider</em>, 2021).
 *
 * @param <C> the commands
 * @param <S> the state; treat it as immutable
 * @param <E> the events
 */
public interface Decider<C, S, E> extends Projector<S, E> {

    /**
     * The events that {@code command} leads to, in order; empty where it asks for what already is.
     *
     * @throws CommandRejected (a subclass of the user's own) where the rules forbid the command; nothing is stored then
     */
    List<E> decide(C command, S state);

    /** A decider made of one decision for each command class, over the state that {@code projector} computes. */
    static <C, S, E> DeciderByClass<C, S, E> over(Projector<S, E> projector) {
        return DeciderByClass.over(projector);
    }

    /** Two deciders side by side: each decides every command on its own state, and the events of the first come first. */
    static <C, A, B, E> Decider<C, Both<A, B>, E> combine(Decider<C, A, E> first, Decider<C, B, E> second) {
        return new ProjectorDecider<>(
                Projector.combine(first, second),
                (command, state) -> Stream.concat(
                                first.decide(command, state.first()).stream(),
                                second.decide(command, state.second()).stream())
                        .toList());
    }

    /**
     * Decides several commands as one: each on the state that those before it lead to. Where one is rejected, all are; so all their events
     * are stored, in one append, or none. A batch without commands decides nothing.
     *
     * <p>Its boundary is that of all its commands together: {@code within(batch ->
     * batch.stream().map(Command::boundary).reduce(Query.none(), Query::or))}.
     */
    static <C, S, E> Decider<List<C>, S, E> ofBatches(Decider<C, S, E> decider) {
        return new ProjectorDecider<>(decider, new BatchDecision<>(decider));
    }

    /**
     * The same decider over wider families of commands and events: a command that is not an instance of
     * {@code commandClass} decides nothing, an event that is not an instance of {@code eventClass} changes nothing.
     */
    static <C extends D, D, S, E extends W, W> Decider<D, S, W> adapt(
            Decider<C, S, E> decider, Class<C> commandClass, Class<E> eventClass) {
        return new ProjectorDecider<>(
                Projector.adapt(decider, eventClass),
                (command, state) -> commandClass.isInstance(command)
                        ? List.copyOf(decider.decide(commandClass.cast(command), state))
                        : List.of());
    }
}
