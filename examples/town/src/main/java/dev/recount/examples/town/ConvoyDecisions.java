package dev.recount.examples.town;

import dev.recount.examples.town.ConvoyCommand.CreateConvoy;
import dev.recount.examples.town.ConvoyCommand.LandConvoy;
import dev.recount.examples.town.ConvoyEvent.ConvoyCreated;
import dev.recount.examples.town.ConvoyEvent.ConvoyLanded;
import dev.recount.examples.town.ConvoyRejected.ConvoyNotReady;
import dev.recount.examples.town.ConvoyRejected.EmptyConvoy;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.WrongType;
import java.util.ArrayList;
import java.util.List;

/** What becomes of commands about a convoy. */
final class ConvoyDecisions {

    private ConvoyDecisions() {}

    static List<TownEvent> create(CreateConvoy command, TownState town) {
        List<TrackedBead> beads = command.beads().stream().distinct().toList();
        if (beads.isEmpty()) {
            throw new EmptyConvoy(command.bead());
        }
        for (TrackedBead tracked : beads) {
            if (tracked.isLocal() && town.bead(tracked.bead()).isEmpty()) {
                throw new BeadNotFound(tracked.bead());
            }
        }
        BeadDetails details = command.details().with("type", BeadType.CONVOY.word());
        return List.of(
                BeadDecisions.created(command.bead(), details, town, command.actor(), command.occurredAt()),
                new ConvoyCreated(command.bead(), texts(beads), command.actor(), null, command.occurredAt()));
    }

    // What its own rig knows is checked here and cannot change before it is stored; for the others stands what was
    // seen.
    static List<TownEvent> land(LandConvoy command, TownState town) {
        Bead convoy = BeadMove.existing(town, command.bead());
        if (!convoy.is(BeadType.CONVOY)) {
            throw new WrongType(convoy.id(), BeadType.CONVOY.word());
        }
        if (convoy.progress().landedAt() != null) {
            return List.of();
        }
        BeadMove.open(town, convoy.id());
        requireReady(convoy, command, town);
        BeadMove move = new BeadMove(command.actor(), null, command.occurredAt());
        List<TownEvent> events = new ArrayList<>();
        events.add(
                new ConvoyLanded(convoy.id(), texts(convoy.tracked()), command.seen(), move.actor(), null, move.at()));
        events.addAll(move.end(town, convoy.id(), Status.CLOSED));
        return events;
    }

    private static List<String> texts(List<TrackedBead> beads) {
        return beads.stream().map(TrackedBead::toString).toList();
    }

    private static void requireReady(Bead convoy, LandConvoy command, TownState town) {
        List<TrackedBead> tracked = convoy.tracked();
        for (TrackedBead bead : tracked) {
            if (!command.beads().contains(bead) || !isReady(bead, command, town)) {
                throw new ConvoyNotReady(convoy.id(), bead.toString());
            }
        }
        if (tracked.stream()
                .allMatch(bead -> bead.isLocal() && town.bead(bead.bead()).isEmpty())) {
            throw new ConvoyNotReady(convoy.id(), String.valueOf(tracked));
        }
    }

    // A bead that was deleted is not waited for.
    private static boolean isReady(TrackedBead bead, LandConvoy command, TownState town) {
        return bead.rig() == null
                ? town.bead(bead.bead()).map(Bead::status).orElse(Status.CLOSED).equals(Status.CLOSED)
                : command.seen().containsKey(bead.rig());
    }
}
