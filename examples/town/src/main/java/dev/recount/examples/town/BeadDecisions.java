package dev.recount.examples.town;

import dev.recount.examples.town.BeadCommand.AssignBead;
import dev.recount.examples.town.BeadCommand.CloseBead;
import dev.recount.examples.town.BeadCommand.CreateBead;
import dev.recount.examples.town.BeadCommand.DeleteBead;
import dev.recount.examples.town.BeadCommand.FailBead;
import dev.recount.examples.town.BeadCommand.LabelBead;
import dev.recount.examples.town.BeadCommand.ReopenBead;
import dev.recount.examples.town.BeadCommand.UpdateBead;
import dev.recount.examples.town.BeadCommand.UpdateBeadStatus;
import dev.recount.examples.town.TownEvent.BeadAssigned;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.FieldsUpdated;
import dev.recount.examples.town.TownEvent.LabelAdded;
import dev.recount.examples.town.TownEvent.LabelRemoved;
import dev.recount.examples.town.TownRejected.BeadExists;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of commands about a bead. */
final class BeadDecisions {

    private BeadDecisions() {}

    static List<TownEvent> create(CreateBead command, TownState town) {
        String parent = command.details().parent();
        if (town.bead(command.bead()).isPresent()) {
            throw new BeadExists(command.bead());
        }
        if (parent != null && town.bead(parent).isEmpty()) {
            throw new BeadNotFound(parent);
        }
        return List.of(new BeadCreated(
                command.bead(),
                command.details(),
                Status.OPEN,
                null,
                List.of(),
                command.actor(),
                null,
                command.occurredAt()));
    }

    static List<TownEvent> assign(AssignBead command, TownState town) {
        Bead bead = BeadMove.open(town, command.bead());
        if (Objects.equals(bead.assignee(), command.assignee())) {
            return List.of();
        }
        return List.of(new BeadAssigned(
                bead.id(), bead.assignee(), command.assignee(), command.actor(), null, command.occurredAt()));
    }

    static List<TownEvent> update(UpdateBead command, TownState town) {
        Bead bead = BeadMove.open(town, command.bead());
        List<Change> changes = new ArrayList<>();
        command.fields().forEach((field, text) -> {
            String from = bead.details().get(field);
            String to = bead.details().with(field, text).get(field);
            if (!Objects.equals(from, to)) {
                changes.add(new Change(field, from, to));
            }
        });
        return changes.isEmpty()
                ? List.of()
                : List.of(new FieldsUpdated(bead.id(), changes, command.actor(), null, command.occurredAt()));
    }

    static List<TownEvent> label(LabelBead command, TownState town) {
        Bead bead = BeadMove.open(town, command.bead());
        List<TownEvent> events = new ArrayList<>();
        for (String label : new TreeSet<>(command.add())) {
            if (!bead.labels().contains(label)) {
                events.add(new LabelAdded(bead.id(), label, command.actor(), null, command.occurredAt()));
            }
        }
        for (String label : new TreeSet<>(command.remove())) {
            if (bead.labels().contains(label)) {
                events.add(new LabelRemoved(bead.id(), label, command.actor(), null, command.occurredAt()));
            }
        }
        return events;
    }

    static List<TownEvent> updateStatus(UpdateBeadStatus command, TownState town) {
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        if (command.status().isFinal()) {
            return move.end(town, command.bead(), command.status());
        }
        Bead bead = BeadMove.open(town, command.bead());
        return bead.status().equals(command.status()) ? List.of() : List.of(move.moved(bead, command.status()));
    }

    static List<TownEvent> close(CloseBead command, TownState town) {
        return new BeadMove(command.actor(), command.reason(), command.occurredAt())
                .end(town, command.bead(), Status.CLOSED);
    }

    static List<TownEvent> fail(FailBead command, TownState town) {
        return new BeadMove(command.actor(), command.reason(), command.occurredAt())
                .end(town, command.bead(), Status.FAILED);
    }

    static List<TownEvent> reopen(ReopenBead command, TownState town) {
        Bead bead = BeadMove.existing(town, command.bead());
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        return bead.status().isFinal() ? List.of(move.moved(bead, Status.OPEN)) : List.of();
    }

    static List<TownEvent> delete(DeleteBead command, TownState town) {
        List<TownEvent> events = new ArrayList<>();
        delete(BeadMove.existing(town, command.bead()), command, town, new TreeSet<>(), events);
        return events;
    }

    // Parts go before the whole. Beads that are parts of each other, which an import can bring, are visited once.
    private static void delete(
            Bead bead, DeleteBead command, TownState town, Set<String> visited, List<TownEvent> events) {
        if (!visited.add(bead.id())) {
            return;
        }
        for (Bead child : town.children(bead.id())) {
            delete(child, command, town, visited, events);
        }
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        if (bead.hookedBy() != null) {
            events.add(move.unhooked(bead, bead.hookedBy()));
        }
        events.add(new BeadDeleted(bead.id(), bead.status(), move.actor(), move.reason(), move.at()));
    }
}
