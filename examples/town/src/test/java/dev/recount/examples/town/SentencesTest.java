package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

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
        said.put(new TownEvent.BeadHooked("b", "toast", "Toast", "mayor", null, AT), "Hooked by Toast at 14:33");
        said.put(
                new TownEvent.StatusChanged("b", null, Status.OPEN, Status.FAILED, "ann", "broken", AT),
                "Moved from open to failed by ann at 14:33: broken");
        said.put(
                new TownEvent.BeadCreated(
                        "b", BeadDetails.of(BeadType.ISSUE, "Fix"), Status.OPEN, null, List.of(), "ann", null, AT),
                "Created \"Fix\" by ann at 14:33");
        said.put(new TownEvent.BeadAssigned("b", "ann", null, "bob", null, AT), "Assigned to nobody by bob at 14:33");
        said.put(new TownEvent.AgentExited("t", "Toast", "polecat", "t", "tired", AT), "Toast left at 14:33: tired");

        said.forEach((event, sentence) ->
                assertThat(Sentences.in(ZoneOffset.UTC).of(event)).isEqualTo(sentence));
    }
}
