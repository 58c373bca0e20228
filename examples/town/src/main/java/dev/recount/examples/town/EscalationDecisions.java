package dev.recount.examples.town;

import dev.recount.examples.town.EscalationCommand.AcknowledgeEscalation;
import dev.recount.examples.town.EscalationCommand.Escalate;
import dev.recount.examples.town.EscalationCommand.RaiseEscalation;
import dev.recount.examples.town.EscalationEvent.Escalated;
import dev.recount.examples.town.EscalationEvent.EscalationAcknowledged;
import dev.recount.examples.town.TownRejected.WrongType;
import java.time.Instant;
import java.util.List;

/** What becomes of commands about an escalation. */
final class EscalationDecisions {

    /** It is raised so often at most. */
    static final int MOST_RAISED = 3;

    private EscalationDecisions() {}

    static List<TownEvent> escalate(Escalate command, TownState town) {
        Priority told = command.details().priority();
        Priority severity = told == null ? Priority.MEDIUM : told;
        BeadDetails details =
                command.details().with("type", BeadType.ESCALATION.word()).with("priority", severity.word());
        return List.of(
                BeadDecisions.created(command.bead(), details, town, command.actor(), command.occurredAt()),
                new Escalated(
                        command.bead(),
                        0,
                        null,
                        severity,
                        command.occurredAt(),
                        command.actor(),
                        command.reason(),
                        command.occurredAt()));
    }

    // A timer may come late, or twice: then there is nothing to raise.
    static List<TownEvent> raise(RaiseEscalation command, TownState town) {
        if (town.bead(command.bead()).isEmpty()) {
            return List.of();
        }
        Bead bead = escalation(town, command.bead());
        BeadProgress progress = bead.progress();
        Priority severity = severity(bead);
        boolean due = progress.isUnacknowledged()
                && !bead.status().isFinal()
                && command.time() == progress.raised() + 1
                && command.time() <= MOST_RAISED;
        if (!due || severity.equals(severity.raised())) {
            return List.of();
        }
        BeadMove move = new BeadMove(command.actor(), "nobody has acknowledged it", command.occurredAt());
        return List.of(new Escalated(
                bead.id(),
                command.time(),
                severity,
                severity.raised(),
                since(bead),
                move.actor(),
                move.reason(),
                move.at()));
    }

    static List<TownEvent> acknowledge(AcknowledgeEscalation command, TownState town) {
        Bead bead = BeadMove.open(town, escalation(town, command.bead()).id());
        return bead.progress().isUnacknowledged()
                ? List.of(new EscalationAcknowledged(
                        bead.id(), severity(bead), command.actor(), command.reason(), command.occurredAt()))
                : List.of();
    }

    /** The same severity, with its time beginning anew. */
    static TownEvent escalatedAgain(Bead bead, BeadMove move) {
        return new Escalated(
                bead.id(),
                bead.progress().raised(),
                severity(bead),
                severity(bead),
                move.at(),
                move.actor(),
                move.reason(),
                move.at());
    }

    private static Bead escalation(TownState town, String id) {
        Bead bead = BeadMove.existing(town, id);
        if (bead.progress().escalatedAt() == null) {
            throw new WrongType(id, BeadType.ESCALATION.word());
        }
        return bead;
    }

    private static Instant since(Bead escalation) {
        Instant since = escalation.progress().escalatedAt();
        return since == null ? escalation.updatedAt() : since;
    }

    private static Priority severity(Bead bead) {
        Priority priority = bead.details().priority();
        return priority == null ? Priority.MEDIUM : priority;
    }
}
