package dev.recount.examples.town;

import dev.recount.decider.Projector;
import dev.recount.examples.town.MailEvent.MailDelivered;
import dev.recount.examples.town.MailEvent.MailSent;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadRenamed;

/**
 * Computes the beads, agents and mailboxes of a rig.
 *
 * <p>What an event does to a bead or an agent is told entity by entity; what a batch of events changes is gathered, and put into
 * the town's maps once. It takes every event that a log can hold, also those of beads and agents whose beginning it has not
 * seen. Immutable.
 */
public final class TownProjector implements Projector<TownState, TownEvent> {

    private static final BeadProjector BEAD = new BeadProjector();
    private static final AgentProjector AGENT = new AgentProjector();
    private static final Projector<TownState, TownEvent> BATCHES =
            Projector.inBatches(TownState.empty(), TownState::open, TownProjector::apply, TownChanges::close);

    /** Computes from {@link TownState#empty}. */
    public TownProjector() {}

    @Override
    public TownState initialState() {
        return BATCHES.initialState();
    }

    @Override
    public TownState project(TownState town, TownEvent event) {
        return BATCHES.project(town, event);
    }

    @Override
    public TownState projectAll(TownState town, Iterable<? extends TownEvent> events) {
        return BATCHES.projectAll(town, events);
    }

    private static void apply(TownChanges town, TownEvent event) {
        if (event.bead() != null) {
            town.changeBead(event.bead(), bead -> BEAD.project(bead, event));
        }
        if (event.agent() != null) {
            town.changeAgent(event.agent(), agent -> AGENT.project(agent, event));
        }
        if (event instanceof BeadRenamed renamed) {
            town.renameBead(renamed.from(), renamed.bead());
        } else if (event instanceof MailSent sent && sent.bead() != null) {
            town.addMail(sent.recipient(), sent.bead());
        } else if (event instanceof MailDelivered delivered) {
            town.removeMail(delivered.recipient(), delivered.bead());
        } else if (event instanceof BeadDeleted deleted) {
            delete(town, deleted);
        }
    }

    private static void delete(TownChanges town, BeadDeleted deleted) {
        town.keepId(deleted.bead());
        if (deleted.recipient() != null) {
            town.removeMail(deleted.recipient(), deleted.bead());
        }
    }
}
