package dev.recount.examples.town;

import dev.recount.examples.town.AgentCommand.AgentExits;
import dev.recount.examples.town.AgentCommand.RegisterAgent;
import dev.recount.examples.town.AgentCommand.UpdateAgentStatus;
import dev.recount.examples.town.AgentEvent.AgentExited;
import dev.recount.examples.town.AgentEvent.AgentSpawned;
import dev.recount.examples.town.AgentEvent.AgentStatusChanged;
import dev.recount.examples.town.AgentRejected.AgentNotFound;
import dev.recount.examples.town.AgentRejected.DuplicateAgent;
import dev.recount.examples.town.AgentRejected.RoleTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What becomes of commands about an agent. */
final class AgentDecisions {

    private AgentDecisions() {}

    static List<TownEvent> register(RegisterAgent command, TownState town) {
        town.livingAgent(agent ->
                        agent.id().equals(command.agent()) || agent.name().equals(command.name()))
                .ifPresent(agent -> {
                    throw new DuplicateAgent(agent.id(), agent.name());
                });
        if (command.role().isSingle()) {
            town.livingAgent(agent -> agent.role().equals(command.role())).ifPresent(agent -> {
                throw new RoleTaken(command.role().word(), agent.id());
            });
        }
        return List.of(new AgentSpawned(
                command.agent(), command.name(), command.role().word(), command.actor(), null, command.occurredAt()));
    }

    static List<TownEvent> updateStatus(UpdateAgentStatus command, TownState town) {
        Agent agent = living(town, command.agent());
        if (agent.status().equals(command.status()) && Objects.equals(agent.checkpoint(), command.checkpoint())) {
            return List.of();
        }
        return List.of(new AgentStatusChanged(
                agent.id(),
                agent.status(),
                command.status(),
                command.checkpoint(),
                command.actor(),
                null,
                command.occurredAt()));
    }

    static List<TownEvent> exits(AgentExits command, TownState town) {
        Agent agent = living(town, command.agent());
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        List<TownEvent> events = new ArrayList<>();
        events.add(
                new AgentExited(agent.id(), agent.name(), agent.role().word(), move.actor(), move.reason(), move.at()));
        if (agent.hookedBead() != null) {
            Bead bead = BeadMove.existing(town, agent.hookedBead());
            events.add(move.unhooked(bead, agent.id()));
            if (bead.status().equals(Status.IN_PROGRESS)) {
                events.add(move.moved(bead, Status.OPEN));
            }
        }
        return events;
    }

    private static Agent living(TownState town, String id) {
        return town.agent(id).filter(agent -> !agent.isDead()).orElseThrow(() -> new AgentNotFound(id));
    }
}
