package dev.recount.examples.town;

import dev.recount.codec.RecordedEvent;
import dev.recount.examples.town.EscalationCommand.RaiseEscalation;
import dev.recount.examples.town.EscalationTimers.Raise;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Has an escalation raised that nobody has acknowledged: {@code n + 1} times four hours after it was escalated, where it was raised
 * {@code n} times before. Immutable.
 */
final class EscalationTimers implements Reactor<TownEvent, Raise> {

    static final Duration PATIENCE = Duration.ofHours(4);

    private static final String NAME = "escalations";

    /** To be raised for the {@code time}th time. */
    record Raise(String bead, int time) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Reaction<Raise>> react(RecordedEvent<TownEvent> recorded) {
        TownEvent event = recorded.event();
        if (event instanceof EscalationEvent.Escalated escalated) {
            return next(escalated);
        }
        String bead = event.bead();
        return bead != null && isOver(event) ? List.of(Reaction.cancel(bead)) : List.of();
    }

    private static List<Reaction<Raise>> next(EscalationEvent.Escalated event) {
        int time = event.raised() + 1;
        if (time > EscalationDecisions.MOST_RAISED
                || event.to().equals(event.to().raised())) {
            return List.of();
        }
        Raise raise = new Raise(event.bead(), time);
        return List.of(Reaction.at(event.since().plus(PATIENCE.multipliedBy(time)), raise)
                .under(event.bead()));
    }

    private static boolean isOver(TownEvent event) {
        return event instanceof EscalationEvent.EscalationAcknowledged
                || event instanceof TownEvent.BeadClosed
                || event instanceof TownEvent.BeadDeleted
                || (event instanceof TownEvent.StatusChanged changed
                        && changed.to().isFinal());
    }

    /** What a timer asks for when it is due. Nothing happens in the world outside. */
    static Optional<TownCommand> due(Raise raise, InstantSource clock) {
        return Optional.of(new RaiseEscalation(raise.bead(), raise.time(), NAME, clock.instant()));
    }
}
