package dev.recount.examples.town;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event changed, field by field: what was, and what is now. Immutable. */
public final class ChangedFields {

    private static final Projector<List<Change>, TownEvent> BY_CLASS = Projector.<List<Change>, TownEvent>startingWith(
                    List.of())
            .on(TownEvent.BeadCreated.class, (none, event) -> status(null, event.status()))
            .on(TownEvent.BeadObserved.class, (none, event) -> status(null, event.status()))
            .on(TownEvent.BeadRenamed.class, (none, event) -> one("id", event.from(), event.bead()))
            .on(TownEvent.FieldsUpdated.class, (none, event) -> event.changes())
            .on(TownEvent.BeadAssigned.class, (none, event) -> one("assignee", event.from(), event.to()))
            .on(TownEvent.LabelAdded.class, (none, event) -> one("label", null, event.label()))
            .on(TownEvent.LabelRemoved.class, (none, event) -> one("label", event.label(), null))
            .on(TownEvent.BeadHooked.class, (none, event) -> one("hook", null, event.agent()))
            .on(TownEvent.BeadUnhooked.class, (none, event) -> one("hook", event.agent(), null))
            .on(TownEvent.StatusChanged.class, (none, event) -> status(event.from(), event.to()))
            .on(TownEvent.BeadClosed.class, (none, event) -> status(event.from(), Status.CLOSED))
            .on(EscalationEvent.Escalated.class, (none, event) -> severity(event))
            .on(EscalationEvent.EscalationAcknowledged.class, (none, event) -> one("acknowledged", null, event.actor()))
            .on(ConvoyEvent.ConvoyLanded.class, (none, event) -> one("landed", null, "yes"))
            .on(MoleculeEvent.MoleculeAdvanced.class, (none, event) -> steps(event))
            .on(TownEvent.BeadDeleted.class, (none, event) -> status(event.from(), null))
            .on(
                    AgentEvent.AgentStatusChanged.class,
                    (none, event) ->
                            one("status", event.from().word(), event.to().word()));

    private ChangedFields() {}

    /** The changes of one event; none where it changes no field. */
    public static List<Change> of(TownEvent event) {
        return BY_CLASS.project(List.of(), event);
    }

    /** The changes of a stored event; none where it cannot be decoded. */
    public static List<Change> of(StoredEvent event) {
        try {
            return TownLog.codec().decode(event).stream()
                    .flatMap(known -> of(known).stream())
                    .toList();
        } catch (UndecodableEvent e) {
            return List.of();
        }
    }

    private static List<Change> severity(EscalationEvent.Escalated event) {
        Priority from = event.from();
        return one("severity", from == null ? null : from.word(), event.to().word());
    }

    private static List<Change> steps(MoleculeEvent.MoleculeAdvanced event) {
        return one("steps done", String.valueOf(event.done() - 1), String.valueOf(event.done()));
    }

    private static List<Change> status(@Nullable Status from, @Nullable Status to) {
        return one("status", from == null ? null : from.word(), to == null ? null : to.word());
    }

    private static List<Change> one(String field, @Nullable String from, @Nullable String to) {
        return List.of(new Change(field, from, to));
    }
}
