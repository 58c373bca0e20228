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
import dev.recount.examples.town.TownRejected.BeadIdUsed;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.FieldFixed;
import dev.recount.examples.town.TownRejected.OwnCommandNeeded;
import dev.recount.examples.town.TownRejected.PartOfItself;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What becomes of commands about a bead. */
final class BeadDecisions {

    private BeadDecisions() {}

    static List<TownEvent> create(CreateBead command, TownState town) {
        requireNoCommandOfItsOwn(command.bead(), command.details());
        return List.of(created(command.bead(), command.details(), town, command.actor(), command.occurredAt()));
    }

    /** A new bead, whatever command makes it. */
    static TownEvent created(String bead, BeadDetails details, TownState town, String actor, Instant at) {
        String parent = details.parent();
        requireNew(bead, town);
        if (parent != null && town.bead(parent).isEmpty()) {
            throw new BeadNotFound(parent);
        }
        return new BeadCreated(bead, details, Status.OPEN, null, List.of(), actor, null, at);
    }

    /** Refuses an id that a bead has, or had before it was deleted or renamed. */
    static void requireNew(String bead, TownState town) {
        if (town.bead(bead).isPresent()) {
            throw new BeadExists(bead);
        }
        if (town.formerIds().contains(bead)) {
            throw new BeadIdUsed(bead);
        }
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
                requireChangeable(bead, field, to, town);
                changes.add(new Change(field, from, to));
            }
        });
        return changes.isEmpty()
                ? List.of()
                : List.of(new FieldsUpdated(bead.id(), changes, command.actor(), null, command.occurredAt()));
    }

    private static void requireChangeable(Bead bead, String field, @Nullable String to, TownState town) {
        switch (field) {
            case "type" -> {
                requireNoCommandOfItsOwn(bead.id(), bead.details());
                requireNoCommandOfItsOwn(bead.id(), BeadDetails.none().with(field, to));
            }
            case "dependencies" -> {
                if (bead.is(BeadType.CONVOY) || bead.is(BeadType.MOLECULE)) {
                    throw new FieldFixed(bead.id(), field);
                }
            }
            case "parent" -> requireParent(bead, to, town);
            default -> {}
        }
    }

    private static void requireNoCommandOfItsOwn(String bead, BeadDetails details) {
        BeadType type = details.type();
        if (type != null && type.isMadeByItsOwnCommand()) {
            throw new OwnCommandNeeded(bead, type.word());
        }
    }

    // Beads that are parts of each other, which an import can bring, are visited once.
    private static void requireParent(Bead bead, @Nullable String parent, TownState town) {
        Set<String> visited = new HashSet<>();
        for (String above = parent; above != null && visited.add(above); ) {
            if (above.equals(bead.id())) {
                throw new PartOfItself(bead.id(), String.valueOf(parent));
            }
            Optional<Bead> known = town.bead(above);
            if (known.isEmpty() && above.equals(parent)) {
                throw new BeadNotFound(above);
            }
            above = known.map(found -> found.details().parent()).orElse(null);
        }
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

    // The time of an escalation that nobody has acknowledged begins anew.
    static List<TownEvent> reopen(ReopenBead command, TownState town) {
        Bead bead = BeadMove.existing(town, command.bead());
        if (!bead.status().isFinal()) {
            return List.of();
        }
        if (bead.progress().landedAt() != null) {
            throw new ConvoyRejected.AlreadyLanded(bead.id());
        }
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        TownEvent opened = move.moved(bead, Status.OPEN);
        return bead.progress().isUnacknowledged()
                ? List.of(opened, EscalationDecisions.escalatedAgain(bead, move))
                : List.of(opened);
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
        events.add(new BeadDeleted(
                bead.id(),
                bead.status(),
                town.recipientOf(bead.id()).orElse(null),
                move.actor(),
                move.reason(),
                move.at()));
    }
}
