package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.testkit.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventSchemasTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

    private static final List<String> TRACKED = List.of("gt-1", "mill/m-1");

    private static final BeadDetails DETAILS = BeadDetails.of(BeadType.ISSUE, "Fix it")
            .with("body", "It is broken.")
            .with("priority", "high")
            .with("parent", "gt-0")
            .with("dependencies", "blocks:gt-2 tracks:gt-3")
            .with("owner", "ann");

    @Test
    void every_stored_event_still_decodes() {
        EventSchemas.in(Path.of("src/test/golden"), TownLog.codec())
                .withSamples(beads())
                .withSamples(agents())
                .coveringTypesOf(TownEvent.class)
                .check();
    }

    @Test
    void an_event_without_what_it_must_have_is_no_event() {
        StoredEvent nonsense = new StoredEvent(
                7, "closed", 1, Tags.of("bead", "gt-1"), "{\"nonsense\":true}", Metadata.empty(), AT, AT);

        assertThatThrownBy(() -> TownLog.codec().decode(nonsense))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining("Event 7 of type closed")
                .hasMessageContaining("it lacks a component");
    }

    private static List<TownEvent> beads() {
        return List.of(
                new TownEvent.BeadCreated("gt-1", DETAILS, Status.OPEN, "ann", List.of("bug"), "mayor", null, AT),
                new TownEvent.BeadObserved(
                        "gt-1", DETAILS, Status.UNKNOWN, null, List.of(), AT, "", "the log begins after the bead", AT),
                new TownEvent.BeadRenamed("gt-1", "gt-0", "mayor", null, AT),
                new TownEvent.FieldsUpdated(
                        "gt-1", List.of(new Change("title", "Fix it", "Fix it now")), "mayor", null, AT),
                new TownEvent.BeadAssigned("gt-1", null, "ann", "mayor", null, AT),
                new TownEvent.LabelAdded("gt-1", "bug", "mayor", null, AT),
                new TownEvent.LabelRemoved("gt-1", "bug", "mayor", null, AT),
                new TownEvent.StatusChanged("gt-1", "toast", Status.OPEN, Status.IN_PROGRESS, "mayor", "hooked", AT),
                new TownEvent.BeadClosed("gt-1", null, Status.OPEN, "mayor", "done", AT),
                new TownEvent.BeadDeleted("gt-1", Status.CLOSED, null, "mayor", null, AT),
                new EscalationEvent.Escalated(
                        "gt-4", 1, Priority.HIGH, Priority.CRITICAL, AT, "escalations", "why", AT),
                new EscalationEvent.EscalationAcknowledged("gt-4", Priority.CRITICAL, "ann", null, AT),
                new ConvoyEvent.ConvoyCreated("gt-5", TRACKED, "mayor", null, AT),
                new ConvoyEvent.ConvoyLanded("gt-5", TRACKED, new TreeMap<>(Map.of("mill", 77L)), "convoys", null, AT),
                new MoleculeEvent.MoleculeAdvanced("gt-6", "gt-6.1", 1, 2, "toast", null, AT),
                new MoleculeEvent.MoleculeCompleted("gt-6", 2, "toast", null, AT),
                new TownEvent.ReviewSubmitted("gt-1", "toast", "toast", null, AT),
                new TownEvent.ReviewCompleted("gt-1", null, true, "mayor", null, AT),
                new MailEvent.MailSent("gt-2", "toast", "mayor", "Done", "toast", null, AT),
                new MailEvent.MailDelivered("gt-2", "mayor", "post", null, AT));
    }

    private static List<TownEvent> agents() {
        return List.of(
                new TownEvent.BeadHooked("gt-1", "toast", "Toast", null, "mayor", null, AT),
                new TownEvent.BeadUnhooked("gt-1", "toast", "toast", "later", AT),
                new AgentEvent.AgentSpawned("toast", "Toast", "polecat", "mayor", null, AT),
                new AgentEvent.AgentStatusChanged(
                        "toast", AgentStatus.IDLE, AgentStatus.STALLED, "step 2", "witness", null, AT),
                new AgentEvent.AgentExited("toast", "Toast", "polecat", "toast", "tired", AT));
    }
}
