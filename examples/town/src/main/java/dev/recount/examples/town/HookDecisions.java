package dev.recount.examples.town;

import dev.recount.examples.town.AgentCommand.RegisterAgent;
import dev.recount.examples.town.AgentRejected.AgentNotFound;
import dev.recount.examples.town.BeadCommand.CreateBead;
import dev.recount.examples.town.HookCommand.AgentCompleted;
import dev.recount.examples.town.HookCommand.AgentDone;
import dev.recount.examples.town.HookCommand.HookBead;
import dev.recount.examples.town.HookCommand.SlingBead;
import dev.recount.examples.town.HookCommand.UnhookBead;
import dev.recount.examples.town.HookRejected.AgentAlreadyHooked;
import dev.recount.examples.town.HookRejected.BeadAlreadyHooked;
import dev.recount.examples.town.HookRejected.NotHooked;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.ReviewSubmitted;
import java.util.ArrayList;
import java.util.List;

/** What becomes of commands about a bead and the agent that holds it. */
final class HookDecisions {

    private HookDecisions() {}

    static List<TownEvent> hook(HookBead command, TownState town) {
        Agent agent = town.agent(command.agent())
                .filter(known -> !known.isDead())
                .orElseThrow(() -> new AgentNotFound(command.agent()));
        if (agent.id().equals(BeadMove.existing(town, command.bead()).hookedBy())) {
            return List.of();
        }
        Bead bead = BeadMove.open(town, command.bead());
        requireFree(agent, bead);
        List<TownEvent> events = new ArrayList<>();
        events.add(new BeadHooked(
                bead.id(), agent.id(), agent.name(), bead.status(), command.actor(), null, command.occurredAt()));
        if (bead.status().equals(Status.OPEN)) {
            BeadMove move = new BeadMove(command.actor(), null, command.occurredAt());
            events.add(move.moved(bead.withHook(agent.id()), Status.IN_PROGRESS));
        }
        return events;
    }

    static List<TownEvent> unhook(UnhookBead command, TownState town) {
        Bead bead = held(town, command);
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        List<TownEvent> events = new ArrayList<>();
        events.add(move.unhooked(bead, command.agent()));
        if (bead.status().equals(Status.IN_PROGRESS)) {
            events.add(move.moved(bead, Status.OPEN));
        }
        return events;
    }

    static List<TownEvent> done(AgentDone command, TownState town) {
        Bead bead = held(town, command);
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        List<TownEvent> events = new ArrayList<>();
        events.add(new ReviewSubmitted(bead.id(), command.agent(), move.actor(), move.reason(), move.at()));
        events.add(move.unhooked(bead, command.agent()));
        if (!bead.status().equals(Status.IN_REVIEW)) {
            events.add(move.moved(bead, Status.IN_REVIEW));
        }
        return events;
    }

    static List<TownEvent> completed(AgentCompleted command, TownState town) {
        held(town, command);
        return new BeadMove(command.actor(), command.reason(), command.occurredAt())
                .end(town, command.bead(), command.failed() ? Status.FAILED : Status.CLOSED);
    }

    // Three decisions in a row, each on the state that the one before leads to; all their events go into one append.
    static List<TownEvent> sling(SlingBead command, TownState town) {
        TownProjector projector = new TownProjector();
        List<TownEvent> events = new ArrayList<>(BeadDecisions.create(
                new CreateBead(command.bead(), command.details(), command.actor(), command.occurredAt()), town));
        if (town.agent(command.agent()).filter(agent -> !agent.isDead()).isEmpty()) {
            events.addAll(AgentDecisions.register(
                    new RegisterAgent(
                            command.agent(), command.name(), command.role(), command.actor(), command.occurredAt()),
                    town));
        }
        TownState ready = projector.projectAll(town, events);
        events.addAll(
                hook(new HookBead(command.bead(), command.agent(), command.actor(), command.occurredAt()), ready));
        return events;
    }

    private static void requireFree(Agent agent, Bead bead) {
        if (agent.hookedBead() != null) {
            throw new AgentAlreadyHooked(agent.id(), agent.hookedBead());
        }
        if (bead.hookedBy() != null) {
            throw new BeadAlreadyHooked(bead.id(), bead.hookedBy());
        }
    }

    private static Bead held(TownState town, HookCommand command) {
        Bead bead = BeadMove.existing(town, command.bead());
        if (!command.agent().equals(bead.hookedBy())) {
            throw new NotHooked(command.bead(), command.agent());
        }
        return bead;
    }
}
