package dev.recount.examples.town;

import dev.recount.decider.Projector;
import dev.recount.examples.town.TownEvent.AgentExited;
import dev.recount.examples.town.TownEvent.AgentSpawned;
import dev.recount.examples.town.TownEvent.AgentStatusChanged;
import dev.recount.examples.town.TownEvent.BeadAssigned;
import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.BeadObserved;
import dev.recount.examples.town.TownEvent.BeadRenamed;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import dev.recount.examples.town.TownEvent.FieldsUpdated;
import dev.recount.examples.town.TownEvent.LabelAdded;
import dev.recount.examples.town.TownEvent.LabelRemoved;
import dev.recount.examples.town.TownEvent.MailDelivered;
import dev.recount.examples.town.TownEvent.MailSent;
import dev.recount.examples.town.TownEvent.StatusChanged;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Computes the beads, agents and mailboxes of a rig.
 *
 * <p>It takes every event that a log can hold, also those of beads and agents whose beginning it has not seen. Immutable.
 */
public final class TownProjector implements Projector<TownState, TownEvent> {

    private static final Projector<TownState, TownEvent> EVENTS = Projector.<TownState, TownEvent>startingWith(
                    TownState.empty())
            .on(BeadCreated.class, TownProjector::created)
            .on(BeadObserved.class, TownProjector::observed)
            .on(BeadRenamed.class, TownProjector::renamed)
            .on(FieldsUpdated.class, (town, event) -> change(town, event, bead -> updated(bead, event)))
            .on(BeadAssigned.class, (town, event) -> change(town, event, bead -> bead.withAssignee(event.to())))
            .on(LabelAdded.class, (town, event) -> change(town, event, bead -> labelled(bead, event)))
            .on(LabelRemoved.class, (town, event) -> change(town, event, bead -> unlabelled(bead, event)))
            .on(BeadHooked.class, TownProjector::hooked)
            .on(BeadUnhooked.class, TownProjector::unhooked)
            .on(
                    StatusChanged.class,
                    (town, event) ->
                            change(town, event, bead -> bead.inStatus(event.to(), event.reason(), event.occurredAt())))
            .on(
                    BeadClosed.class,
                    (town, event) -> change(
                            town, event, bead -> bead.inStatus(Status.CLOSED, event.reason(), event.occurredAt())))
            .on(BeadDeleted.class, (town, event) -> town.withBead(event.bead(), null))
            .on(MailSent.class, TownProjector::mailSent)
            .on(MailDelivered.class, (town, event) -> town.withoutMail(event.recipient(), event.bead()))
            .on(AgentSpawned.class, TownProjector::spawned)
            .on(
                    AgentStatusChanged.class,
                    (town, event) -> town.changingAgent(event.agent(), agent -> reported(agent, event)))
            .on(
                    AgentExited.class,
                    (town, event) -> town.changingAgent(
                            event.agent(), agent -> agent.withHook(null).withStatus(AgentStatus.DEAD)));

    /** Computes from {@link TownState#empty}. */
    public TownProjector() {}

    @Override
    public TownState initialState() {
        return TownState.empty();
    }

    @Override
    public TownState project(TownState town, TownEvent event) {
        TownState next = EVENTS.project(town, event);
        String agent = event.agent();
        return agent == null ? next : next.changingAgent(agent, known -> known.activeAt(event.occurredAt()));
    }

    // Creating again, which only real logs do, opens the bead again and keeps what the new event does not tell.
    private static TownState created(TownState town, BeadCreated event) {
        Bead known = town.bead(event.bead())
                .orElseGet(() -> Bead.of(event.bead(), event.status(), event.occurredAt())
                        .createdAt(event.occurredAt()));
        Bead bead = known.inStatus(event.status(), event.reason(), event.occurredAt())
                .withDetails(known.details().and(event.details()));
        bead = event.assignee() == null ? bead : bead.withAssignee(event.assignee());
        bead = event.labels().isEmpty() ? bead : bead.withLabels(event.labels());
        return town.withBead(event.bead(), bead);
    }

    private static TownState observed(TownState town, BeadObserved event) {
        Bead bead = Bead.of(event.bead(), event.status(), event.occurredAt())
                .inStatus(event.status(), event.reason(), event.occurredAt())
                .withDetails(event.details())
                .withAssignee(event.assignee())
                .withLabels(event.labels())
                .createdAt(event.createdAt());
        return town.withBead(event.bead(), bead);
    }

    private static TownState renamed(TownState town, BeadRenamed event) {
        return town.bead(event.from())
                .map(bead -> town.withBead(event.from(), null).withBead(event.bead(), bead.withId(event.bead())))
                .orElse(town);
    }

    private static Bead updated(Bead bead, FieldsUpdated event) {
        BeadDetails details = bead.details();
        for (Change change : event.changes()) {
            details = details.with(change.field(), change.to());
        }
        return bead.withDetails(details);
    }

    private static Bead labelled(Bead bead, LabelAdded event) {
        SortedSet<String> labels = new TreeSet<>(bead.labels());
        labels.add(event.label());
        return bead.withLabels(labels);
    }

    private static Bead unlabelled(Bead bead, LabelRemoved event) {
        SortedSet<String> labels = new TreeSet<>(bead.labels());
        labels.remove(event.label());
        return bead.withLabels(labels);
    }

    private static TownState hooked(TownState town, BeadHooked event) {
        return change(town, event, bead -> bead.withHook(event.agent()))
                .changingAgent(event.agent(), agent -> agent.withHook(event.bead()));
    }

    private static TownState unhooked(TownState town, BeadUnhooked event) {
        return change(town, event, bead -> bead.withHook(null))
                .changingAgent(event.agent(), agent -> agent.withHook(null));
    }

    private static TownState mailSent(TownState town, MailSent event) {
        return event.bead() == null ? town : town.withMail(event.recipient(), event.bead());
    }

    private static TownState spawned(TownState town, AgentSpawned event) {
        return town.withAgent(new Agent(
                event.agent(), event.name(), Role.of(event.role()), AgentStatus.IDLE, null, null, event.occurredAt()));
    }

    private static Agent reported(Agent agent, AgentStatusChanged event) {
        return agent.withStatus(event.to()).withCheckpoint(event.checkpoint());
    }

    /** Changes the bead of an event; one that was not seen before begins with it. */
    private static TownState change(TownState town, TownEvent event, UnaryOperator<Bead> change) {
        String id = String.valueOf(event.bead());
        Bead bead = town.bead(id).orElseGet(() -> Bead.of(id, Status.UNKNOWN, event.occurredAt()));
        return town.withBead(id, change.apply(bead).updatedAt(event.occurredAt()));
    }
}
