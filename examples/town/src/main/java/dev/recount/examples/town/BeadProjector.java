package dev.recount.examples.town;

import dev.recount.decider.Projector;
import dev.recount.examples.town.ConvoyEvent.ConvoyCreated;
import dev.recount.examples.town.ConvoyEvent.ConvoyLanded;
import dev.recount.examples.town.EscalationEvent.Escalated;
import dev.recount.examples.town.EscalationEvent.EscalationAcknowledged;
import dev.recount.examples.town.MoleculeEvent.MoleculeAdvanced;
import dev.recount.examples.town.TownEvent.BeadAssigned;
import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.BeadCreated;
import dev.recount.examples.town.TownEvent.BeadDeleted;
import dev.recount.examples.town.TownEvent.BeadHooked;
import dev.recount.examples.town.TownEvent.BeadObserved;
import dev.recount.examples.town.TownEvent.BeadUnhooked;
import dev.recount.examples.town.TownEvent.FieldsUpdated;
import dev.recount.examples.town.TownEvent.LabelAdded;
import dev.recount.examples.town.TownEvent.LabelRemoved;
import dev.recount.examples.town.TownEvent.StatusChanged;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Computes one bead from the events that name it; a bead whose beginning was not seen begins with the first of them. Immutable. */
final class BeadProjector implements Projector<Optional<Bead>, TownEvent> {

    private static final Projector<Optional<Bead>, TownEvent> EVENTS =
            Projector.<Optional<Bead>, TownEvent>startingWith(Optional.empty())
                    .on(BeadCreated.class, BeadProjector::created)
                    .on(BeadObserved.class, (bead, event) -> Optional.of(observed(event)))
                    .on(FieldsUpdated.class, changing(BeadProjector::updated))
                    .on(BeadAssigned.class, changing((bead, event) -> bead.withAssignee(event.to())))
                    .on(LabelAdded.class, changing(BeadProjector::labelled))
                    .on(LabelRemoved.class, changing(BeadProjector::unlabelled))
                    .on(BeadHooked.class, changing(BeadProjector::hooked))
                    .on(BeadUnhooked.class, changing((bead, event) -> bead.withHook(null)))
                    .on(StatusChanged.class, changing((bead, event) -> moved(bead, event.to(), event)))
                    .on(BeadClosed.class, changing((bead, event) -> moved(bead, Status.CLOSED, event)))
                    .on(ConvoyCreated.class, changing(BeadProjector::setOut))
                    .on(ConvoyLanded.class, progressing((had, event) -> had.landed(event.occurredAt())))
                    .on(MoleculeAdvanced.class, progressing((had, event) -> had.advanced(event.done())))
                    .on(Escalated.class, changing(BeadProjector::escalated))
                    .on(EscalationAcknowledged.class, progressing((had, event) -> had.acknowledged(event.actor())))
                    .on(BeadDeleted.class, (bead, event) -> Optional.empty());

    @Override
    public Optional<Bead> initialState() {
        return EVENTS.initialState();
    }

    @Override
    public Optional<Bead> project(Optional<Bead> bead, TownEvent event) {
        return EVENTS.project(bead, event);
    }

    // Creating again, which only real logs do, opens the bead again and keeps what the new event does not tell.
    private static Optional<Bead> created(Optional<Bead> known, BeadCreated event) {
        Bead bead = known.orElseGet(() -> Bead.of(event.bead(), event.status(), event.occurredAt())
                        .createdAt(event.occurredAt()))
                .inStatus(event.status(), event.reason(), event.occurredAt());
        bead = bead.withDetails(bead.details().and(event.details()));
        bead = event.assignee() == null ? bead : bead.withAssignee(event.assignee());
        return Optional.of(event.labels().isEmpty() ? bead : bead.withLabels(event.labels()));
    }

    private static Bead observed(BeadObserved event) {
        return Bead.of(event.bead(), event.status(), event.occurredAt())
                .inStatus(event.status(), event.reason(), event.occurredAt())
                .withDetails(event.details())
                .withAssignee(event.assignee())
                .withLabels(event.labels())
                .createdAt(event.createdAt());
    }

    private static Bead updated(Bead bead, FieldsUpdated event) {
        BeadDetails details = bead.details();
        for (Change change : event.changes()) {
            details = details.with(change.field(), change.to());
        }
        return bead.withDetails(details);
    }

    private static Bead labelled(Bead bead, LabelAdded event) {
        SortedSet<String> labels = new TreeSet<>(bead.labels());
        labels.add(event.label());
        return bead.withLabels(labels);
    }

    private static Bead unlabelled(Bead bead, LabelRemoved event) {
        SortedSet<String> labels = new TreeSet<>(bead.labels());
        labels.remove(event.label());
        return bead.withLabels(labels);
    }

    private static Bead hooked(Bead bead, BeadHooked event) {
        Bead known = event.status() == null ? bead : bead.inStatus(event.status(), null, event.occurredAt());
        return known.withHook(event.agent());
    }

    private static Bead setOut(Bead convoy, ConvoyCreated event) {
        String tracks = event.beads().stream().map(bead -> "tracks:" + bead).collect(Collectors.joining(" "));
        return convoy.withDetails(convoy.details().with("dependencies", tracks));
    }

    private static Bead escalated(Bead bead, Escalated event) {
        return bead.withDetails(bead.details().with("priority", event.to().word()))
                .withProgress(bead.progress().escalated(event.since(), event.raised()));
    }

    private static Bead moved(Bead bead, Status to, TownEvent event) {
        return bead.inStatus(to, event.reason(), event.occurredAt());
    }

    private static <T extends TownEvent> BiFunction<Optional<Bead>, T, Optional<Bead>> progressing(
            BiFunction<BeadProgress, T, BeadProgress> change) {
        return changing((bead, event) -> bead.withProgress(change.apply(bead.progress(), event)));
    }

    private static <T extends TownEvent> BiFunction<Optional<Bead>, T, Optional<Bead>> changing(
            BiFunction<Bead, T, Bead> change) {
        return (known, event) -> {
            String id = String.valueOf(event.bead());
            Bead bead = known.orElseGet(() -> Bead.of(id, Status.UNKNOWN, event.occurredAt()));
            return Optional.of(change.apply(bead, event).updatedAt(event.occurredAt()));
        };
    }
}
