package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SentencesTest {

    private static final Instant AT = Instant.parse("2026-03-01T14:33:20Z");

    @Test
    void every_command_leads_to_sentences_that_end_with_their_time() {
        Sentences sentences = Sentences.in(ZoneOffset.UTC);
        TownDecider decider = new TownDecider();

        for (CommandCase each : CommandCase.all()) {
            TownState town = TownState.empty();
            for (TownCommand command : each.given()) {
                for (TownEvent event : decider.decide(command, town)) {
                    assertThat(sentences.of(event))
                            .contains(" at 12:00")
                            .doesNotContain("null")
                            .doesNotStartWith(" ");
                    town = decider.project(town, event);
                }
            }
        }
    }

    @Test
    void say_what_a_person_would_say() {
        Map<TownEvent, String> said = new LinkedHashMap<>();
        said.put(new TownEvent.BeadHooked("b", "toast", "Toast", null, "mayor", null, AT), "Hooked by Toast at 14:33");
        said.put(
                new TownEvent.StatusChanged("b", null, Status.OPEN, Status.FAILED, "ann", "broken", AT),
                "Moved from open to failed by ann at 14:33: broken");
        said.put(
                new TownEvent.BeadCreated(
                        "b", BeadDetails.of(BeadType.ISSUE, "Fix"), Status.OPEN, null, List.of(), "ann", null, AT),
                "Created \"Fix\" by ann at 14:33");
        said.put(new TownEvent.BeadAssigned("b", "ann", null, "bob", null, AT), "Assigned to nobody by bob at 14:33");
        said.put(new AgentEvent.AgentExited("t", "Toast", "polecat", "t", "tired", AT), "Toast left at 14:33: tired");

        said.forEach((event, sentence) ->
                assertThat(Sentences.in(ZoneOffset.UTC).of(event)).isEqualTo(sentence));
    }

    @Test
    void leave_the_time_out_where_it_stands_elsewhere() {
        StoredEvent hooked = stored(new TownEvent.BeadHooked("b", "toast", "Toast", null, "mayor", "free", AT));

        assertThat(Sentences.withoutTime(hooked)).isEqualTo("Hooked by Toast: free");
        assertThat(Sentences.in(ZoneOffset.ofHours(1)).of(hooked)).isEqualTo("Hooked by Toast at 15:33: free");
    }

    @Test
    void give_what_cannot_be_decoded_as_it_is() {
        StoredEvent unknown =
                new StoredEvent(1, "from.elsewhere", 1, Tags.none(), "{\"a\":1}", Metadata.empty(), AT, AT);

        assertThat(Sentences.withoutTime(unknown)).isEqualTo("from.elsewhere {\"a\":1}");
        assertThat(Sentences.in(ZoneOffset.UTC).of(unknown)).isEqualTo("from.elsewhere {\"a\":1}");
        assertThat(ChangedFields.of(unknown)).isEmpty();
    }

    @Test
    void what_changed_is_told_field_by_field() {
        Map<TownEvent, Change> changed = new LinkedHashMap<>();
        changed.put(
                new TownEvent.BeadHooked("b", "toast", "Toast", null, "m", null, AT),
                new Change("hook", null, "toast"));
        changed.put(new TownEvent.BeadUnhooked("b", "toast", "m", null, AT), new Change("hook", "toast", null));
        changed.put(
                new TownEvent.BeadClosed("b", null, Status.OPEN, "m", null, AT),
                new Change("status", "open", "closed"));
        changed.put(
                new TownEvent.BeadDeleted("b", Status.OPEN, null, "m", null, AT), new Change("status", "open", null));
        changed.put(new TownEvent.BeadAssigned("b", "ann", "bob", "m", null, AT), new Change("assignee", "ann", "bob"));
        changed.put(new TownEvent.LabelRemoved("b", "bug", "m", null, AT), new Change("label", "bug", null));

        changed.forEach((event, change) -> {
            assertThat(ChangedFields.of(event)).containsExactly(change);
            assertThat(ChangedFields.of(stored(event))).containsExactly(change);
        });
        assertThat(ChangedFields.of(new MailEvent.MailDelivered("b", "toast", "m", null, AT)))
                .isEmpty();
    }

    private static StoredEvent stored(TownEvent event) {
        NewEvent encoded = TownLog.codec().encode(event);
        return new StoredEvent(
                1, encoded.type(), encoded.version(), encoded.tags(), encoded.data(), Metadata.empty(), AT, AT);
    }
}
