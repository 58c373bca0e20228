package dev.recount.examples.town;

import dev.recount.decider.Projector;
import dev.recount.examples.town.AgentEvent.AgentExited;
import dev.recount.examples.town.AgentEvent.AgentSpawned;
import dev.recount.examples.town.AgentEvent.AgentStatusChanged;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import java.util.Optional;

/** Computes one agent from the events that change it; one whose beginning was not seen stays unknown. Immutable. */
final class AgentProjector implements Projector<Optional<Agent>, TownEvent> {

    private static final Projector<Optional<Agent>, TownEvent> EVENTS =
            Projector.<Optional<Agent>, TownEvent>startingWith(Optional.empty())
                    .on(AgentSpawned.class, (agent, event) -> Optional.of(spawned(event)))
                    .on(AgentStatusChanged.class, (agent, event) -> agent.map(known -> reported(known, event)))
                    .on(AgentExited.class, (agent, event) -> agent.map(AgentProjector::exited))
                    .on(BeadHooked.class, (agent, event) -> agent.map(known -> known.withHook(event.bead())))
                    .on(BeadUnhooked.class, (agent, event) -> agent.map(known -> known.withHook(null)));

    @Override
    public Optional<Agent> initialState() {
        return EVENTS.initialState();
    }

    // Whatever names an agent is an activity of its own.
    @Override
    public Optional<Agent> project(Optional<Agent> agent, TownEvent event) {
        return EVENTS.project(agent, event).map(known -> known.activeAt(event.occurredAt()));
    }

    private static Agent spawned(AgentSpawned event) {
        return new Agent(
                event.agent(), event.name(), Role.of(event.role()), AgentStatus.IDLE, null, null, event.occurredAt());
    }

    private static Agent reported(Agent agent, AgentStatusChanged event) {
        return agent.withStatus(event.to()).withCheckpoint(event.checkpoint());
    }

    private static Agent exited(Agent agent) {
        return agent.withHook(null).withStatus(AgentStatus.DEAD);
    }
}
