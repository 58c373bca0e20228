package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Commands about one molecule: a bead whose steps, beads of their own, are done one after the other. */
public sealed interface MoleculeCommand extends TownCommand {

    /** The molecule. */
    String bead();

    /** Creates a molecule and its steps, whose ids are its own with {@code .1}, {@code .2} ... */
    @EventType("create_molecule")
    record CreateMolecule(String bead, BeadDetails details, List<String> steps, String actor, Instant occurredAt)
            implements MoleculeCommand {

        /** Copies the titles of the steps. */
        public CreateMolecule {
            steps = List.copyOf(steps);
        }

        List<String> stepIds() {
            return IntStream.rangeClosed(1, steps.size())
                    .mapToObj(number -> bead + '.' + number)
                    .toList();
        }

        @Override
        public Query boundary() {
            return stepIds().stream()
                    .map(step -> Query.tagged("bead", step))
                    .reduce(Boundaries.beadAndParent(bead, details.parent()), Query::or);
        }
    }

    /** Ends a molecule's current step, which it names, and so the molecule where it was the last. */
    @EventType("advance_molecule")
    record AdvanceMolecule(
            String bead, String step, @Nullable String reason, String actor, Instant occurredAt)
            implements MoleculeCommand {
        @Override
        public Query boundary() {
            return Query.tagged("bead", bead).or(Query.tagged("bead", step));
        }
    }
}
