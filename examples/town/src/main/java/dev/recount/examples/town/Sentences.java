package dev.recount.examples.town;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what happened in a sentence for people: {@code Hooked by Toast at 14:33}.
 *
 * <p>Immutable.
 */
public final class Sentences {

    private static final Projector<String, TownEvent> WHAT = Projector.<String, TownEvent>startingWith("")
            .on(
                    TownEvent.BeadCreated.class,
                    (none, event) -> "Created" + quoted(event.details().title()) + by(event))
            .on(TownEvent.BeadObserved.class, (none, event) -> "First seen as " + event.status())
            .on(TownEvent.BeadRenamed.class, (none, event) -> "Renamed from " + event.from() + by(event))
            .on(TownEvent.FieldsUpdated.class, (none, event) -> "Changed " + fields(event) + by(event))
            .on(TownEvent.BeadAssigned.class, (none, event) -> assigned(event) + by(event))
            .on(TownEvent.LabelAdded.class, (none, event) -> "Labelled " + event.label() + by(event))
            .on(TownEvent.LabelRemoved.class, (none, event) -> "Label " + event.label() + " removed" + by(event))
            .on(TownEvent.BeadHooked.class, (none, event) -> "Hooked by " + event.agentName())
            .on(TownEvent.BeadUnhooked.class, (none, event) -> "Unhooked from " + event.agent())
            .on(
                    TownEvent.StatusChanged.class,
                    (none, event) -> "Moved from " + event.from() + " to " + event.to() + by(event))
            .on(TownEvent.BeadClosed.class, (none, event) -> "Closed" + by(event))
            .on(TownEvent.BeadDeleted.class, (none, event) -> "Deleted" + by(event))
            .on(EscalationEvent.Escalated.class, (none, event) -> escalated(event) + by(event))
            .on(EscalationEvent.EscalationAcknowledged.class, (none, event) -> "Acknowledged" + by(event))
            .on(
                    ConvoyEvent.ConvoyCreated.class,
                    (none, event) -> "Convoy set out to wait for " + some(event.beads()) + by(event))
            .on(ConvoyEvent.ConvoyLanded.class, (none, event) -> "Convoy landed with " + some(event.beads()))
            .on(
                    MoleculeEvent.MoleculeAdvanced.class,
                    (none, event) -> "Step " + event.done() + " of " + event.steps() + " done" + by(event))
            .on(
                    MoleculeEvent.MoleculeCompleted.class,
                    (none, event) -> "All " + event.steps() + " steps done" + by(event))
            .on(TownEvent.ReviewSubmitted.class, (none, event) -> "Handed in for review" + by(event))
            .on(
                    TownEvent.ReviewCompleted.class,
                    (none, event) -> (event.approved() ? "Approved" : "Sent back") + by(event))
            .on(
                    MailEvent.MailSent.class,
                    (none, event) -> "Mail" + quoted(event.subject()) + " from " + event.sender() + " to "
                            + event.recipient() + " sent")
            .on(MailEvent.MailDelivered.class, (none, event) -> "Mail delivered to " + event.recipient())
            .on(
                    AgentEvent.AgentSpawned.class,
                    (none, event) -> event.name() + " spawned as " + event.role() + by(event))
            .on(AgentEvent.AgentStatusChanged.class, (none, event) -> event.agent() + reported(event))
            .on(AgentEvent.AgentExited.class, (none, event) -> event.name() + " left");

    private final DateTimeFormatter time;

    private Sentences(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    }

    /** Sentences with times of day in {@code zone}. */
    public static Sentences in(ZoneId zone) {
        return new Sentences(zone);
    }

    /** The sentence for an event. */
    public String of(TownEvent event) {
        return WHAT.project("", event) + " at " + timeOf(event.occurredAt()) + why(event);
    }

    /** The sentence for a stored event; its type and its data where it cannot be decoded. */
    public String of(StoredEvent event) {
        return joined(event, this::of);
    }

    /** The sentence without the time of day, for where that stands in a column of its own. */
    public static String withoutTime(StoredEvent event) {
        return joined(event, known -> WHAT.project("", known) + why(known));
    }

    private static String joined(StoredEvent event, Function<TownEvent, String> sentence) {
        try {
            return TownLog.codec().decode(event).stream().map(sentence).collect(Collectors.joining("; "));
        } catch (UndecodableEvent e) {
            return event.type() + ' ' + event.data();
        }
    }

    private static String why(TownEvent event) {
        String reason = event.reason();
        return reason == null || reason.isBlank() ? "" : ": " + reason.strip();
    }

    private String timeOf(Instant instant) {
        return time.format(instant);
    }

    private static String by(TownEvent event) {
        return event.actor().isBlank() ? "" : " by " + event.actor();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "" : " \"" + text + "\"";
    }

    private static String escalated(EscalationEvent.Escalated event) {
        if (event.from() == null) {
            return "Escalated as " + event.to();
        }
        return event.from().equals(event.to())
                ? "Escalated again as " + event.to()
                : "Raised from " + event.from() + " to " + event.to();
    }

    private static String some(List<String> beads) {
        return beads.size() == 1 ? beads.get(0) : beads.size() + " beads";
    }

    private static String fields(TownEvent.FieldsUpdated event) {
        return event.changes().stream().map(Change::field).distinct().collect(Collectors.joining(", "));
    }

    private static String assigned(TownEvent.BeadAssigned event) {
        return event.to() == null ? "Assigned to nobody" : "Assigned to " + event.to();
    }

    private static String reported(AgentEvent.AgentStatusChanged event) {
        String move = event.from().equals(event.to())
                ? " is " + event.to()
                : " went from " + event.from() + " to " + event.to();
        return event.checkpoint() == null ? move : move + ", at " + event.checkpoint();
    }
}
