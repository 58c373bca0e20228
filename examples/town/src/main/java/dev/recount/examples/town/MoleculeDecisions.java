package dev.recount.examples.town;

import dev.recount.examples.town.MoleculeCommand.AdvanceMolecule;
import dev.recount.examples.town.MoleculeCommand.CreateMolecule;
import dev.recount.examples.town.MoleculeEvent.MoleculeAdvanced;
import dev.recount.examples.town.MoleculeEvent.MoleculeCompleted;
import dev.recount.examples.town.MoleculeRejected.EmptyMolecule;
import dev.recount.examples.town.MoleculeRejected.MoleculeFinished;
import dev.recount.examples.town.MoleculeRejected.StepOutOfOrder;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownRejected.WrongType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of commands about a molecule. */
final class MoleculeDecisions {

    private MoleculeDecisions() {}

    static List<TownEvent> create(CreateMolecule command, TownState town) {
        List<String> ids = command.stepIds();
        if (ids.isEmpty()) {
            throw new EmptyMolecule(command.bead());
        }
        BeadDetails details = command.details()
                .with("type", BeadType.MOLECULE.word())
                .with(
                        "dependencies",
                        ids.stream().map(id -> "parent-child:" + id).collect(Collectors.joining(" ")));
        List<TownEvent> events = new ArrayList<>();
        events.add(BeadDecisions.created(command.bead(), details, town, command.actor(), command.occurredAt()));
        for (int i = 0; i < ids.size(); i++) {
            events.add(step(command, ids.get(i), command.steps().get(i), town));
        }
        return events;
    }

    private static TownEvent step(CreateMolecule command, String id, String title, TownState town) {
        BeadDecisions.requireNew(id, town);
        BeadDetails details = BeadDetails.of(BeadType.ISSUE, title).with("parent", command.bead());
        return new BeadCreated(id, details, Status.OPEN, null, List.of(), command.actor(), null, command.occurredAt());
    }

    // It names the step, so that asking twice ends no second one.
    static List<TownEvent> advance(AdvanceMolecule command, TownState town) {
        Bead molecule = molecule(town, command.bead());
        int done = molecule.progress().stepsDone();
        List<String> steps = molecule.steps();
        if (molecule.status().isFinal() || done >= steps.size()) {
            throw new MoleculeFinished(molecule.id());
        }
        int asked = steps.indexOf(command.step());
        if (asked < 0 || asked > done) {
            throw new StepOutOfOrder(molecule.id(), command.step(), steps.get(done));
        }
        return asked < done ? List.of() : advanced(command, molecule, done + 1, town);
    }

    private static List<TownEvent> advanced(AdvanceMolecule command, Bead molecule, int done, TownState town) {
        BeadMove move = new BeadMove(command.actor(), command.reason(), command.occurredAt());
        int steps = molecule.steps().size();
        List<TownEvent> events = new ArrayList<>();
        if (town.bead(command.step()).isPresent()) {
            events.addAll(move.end(town, command.step(), Status.CLOSED));
        }
        events.add(new MoleculeAdvanced(
                molecule.id(), command.step(), done, steps, move.actor(), move.reason(), move.at()));
        if (done == steps) {
            events.add(new MoleculeCompleted(molecule.id(), steps, move.actor(), move.reason(), move.at()));
            events.addAll(move.end(town, molecule.id(), Status.CLOSED));
        }
        return events;
    }

    private static Bead molecule(TownState town, String id) {
        Bead bead = BeadMove.existing(town, id);
        if (!bead.is(BeadType.MOLECULE) || bead.steps().isEmpty()) {
            throw new WrongType(id, BeadType.MOLECULE.word());
        }
        return bead;
    }
}
