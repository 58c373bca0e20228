package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TownStateTest {

    private static final TownDecider DECIDER = new TownDecider();

    private static TownState after(TownState town, TownCommand command) {
        return DECIDER.projectAll(town, DECIDER.decide(command, town));
    }

    @Test
    void reads_as_flat_json() {
        TownState town = after(TownState.empty(), CommandCase.sling("b1", "nux"));
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();

        JsonNode json = mapper.valueToTree(town);

        assertThat(json.at("/beads/b1/title").textValue()).isEqualTo("Fix it");
        assertThat(json.at("/beads/b1/status").textValue()).isEqualTo("in_progress");
        assertThat(json.at("/beads/b1/hookedBy").textValue()).isEqualTo("nux");
        assertThat(json.at("/beads/b1/createdAt").textValue()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(json.at("/agents/nux/role").textValue()).isEqualTo("polecat");
        assertThat(json.size()).isEqualTo(2);
    }

    @Test
    void an_earlier_state_stays_as_it_was() {
        TownState one = after(TownState.empty(), CommandCase.create("b1"));

        TownState two = after(one, new BeadCommand.CloseBead("b1", "done", "mayor", CommandCase.NOON));

        assertThat(one.bead("b1").orElseThrow().status()).isEqualTo(Status.OPEN);
        assertThat(two.bead("b1").orElseThrow().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void equal_towns_choose_the_same_agent_in_whatever_order_they_were_filled() {
        Agent one = new Agent("Aa", "nux", Role.MAYOR, AgentStatus.IDLE, null, null, CommandCase.NOON);
        Agent other = new Agent("BB", "nux", Role.MAYOR, AgentStatus.IDLE, null, null, CommandCase.NOON);
        assertThat(one.id()).as("the map keeps equal hashes in a list").hasSameHashCodeAs(other.id());

        TownState filled = filled(one, other);
        TownState otherwise = filled(other, one);

        assertThat(filled).isEqualTo(otherwise);
        assertThat(filled.livingAgent(agent -> true)).contains(one);
        assertThat(otherwise.livingAgent(agent -> true)).contains(one);
    }

    private static TownState filled(Agent... agents) {
        TownState town = TownState.empty();
        for (Agent agent : agents) {
            TownChanges changes = town.open();
            changes.put(agent);
            town = changes.close();
        }
        return town;
    }

    @Test
    @Timeout(60)
    void takes_a_hundred_thousand_beads_without_copying_those_it_has() {
        TownState town = IntStream.range(0, 100_000)
                .boxed()
                .reduce(
                        TownState.empty(),
                        (state, i) -> after(state, CommandCase.create("b" + i)),
                        (left, right) -> right);

        assertThat(town.beads()).hasSize(100_000);
    }
}
