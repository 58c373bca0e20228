package dev.recount.examples.dashboard;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the dashboard shows of a system: how its logs are replayed, which boards a state fills, and how an event reads.
 *
 * <p>The page knows no system: it shows the boards and sentences that it is given. Implementations are pure and thread-safe.
 *
 * @param <S> the state of one rig; immutable, since the past of a rig is kept as states
 * @param <E> the events
 */
public interface ShownSystem<S, E> {

    /** How events are decoded. */
    EventCodec<E> codec();

    /** How they make a state. */
    Projector<S, E> projector();

    /** The key of the tag by which events name the agent that they concern: what a filter by agent looks at. */
    default String agentTag() {
        return "agent";
    }

    /** The boards, in the order of the page. */
    List<BoardPlan> boards();

    /** What stands on the boards when a rig is in this state. */
    List<Card> cards(S state);

    /** What an event is about; empty where it is about nothing that has a timeline. */
    Optional<Subject> subject(StoredEvent event);

    /** What a thing is called; empty where the state does not hold it. */
    Optional<String> title(S state, Subject subject);

    /** What happened, in a sentence without the time of day. */
    String sentence(StoredEvent event);

    /** What happened, as a part of a thing's timeline, with times of day in {@code zone}. */
    TimelineEntry entry(StoredEvent event, ZoneId zone);
}
