package dev.recount.reaction;

import dev.recount.codec.RecordedEvent;
import java.util.List;

/**
 * Says what is to be done in the world outside because of an event. It does none of it: that is the {@link Effect}'s.
 *
 * <p>Pure: no clock, no random, no I/O; the same event gives the same reactions in the same order, today and after a restart. Only the
 * place of a reaction is stored, not its intent: that comes from asking again. So a changed reactor must keep the places of those that
 * are still to be performed; one that is no longer given is tried in vain and parked.
 *
 * <pre>{@code
 * final class Checkpoints implements Reactor<CheckpointEvent, SaveCheckpoint> {
 *     @Override
 *     public String name() {
 *         return "checkpoints";
 *     }
 *
 *     @Override
 *     public List<Reaction<SaveCheckpoint>> react(RecordedEvent<CheckpointEvent> recorded) {
 *         return recorded.event() instanceof CheckpointRequested wanted
 *                 ? List.of(Reaction.now(new SaveCheckpoint(wanted.bead(), wanted.text())))
 *                 : List.of();
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe, which a pure one is.
 *
 * @param <E> the events
 * @param <I> the intents: what is to be done, as a value
 */
public interface Reactor<E, I> {

    /** Its name, under which its progress is kept: 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}. */
    String name();

    /** What is to be done because of an event, and when; often nothing. */
    List<Reaction<I>> react(RecordedEvent<E> event);
}
