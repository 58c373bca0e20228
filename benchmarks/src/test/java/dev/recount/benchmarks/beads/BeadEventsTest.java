package dev.recount.benchmarks.beads;

import static java.util.stream.Collectors.averagingInt;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.event.NewEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BeadEventsTest {

    @Test
    void every_bead_has_its_20_events_from_its_creation_to_its_end() {
        List<BeadEvent> events = BeadEvents.of(3_000).take(Integer.MAX_VALUE / 1_000);

        Map<String, Long> perBead = events.stream().collect(groupingBy(BeadEvent::bead, counting()));
        assertThat(perBead).hasSize(3_000);
        assertThat(Set.copyOf(perBead.values())).containsExactly(20L);
        Map<String, List<BeadEvent>> histories = events.stream().collect(groupingBy(BeadEvent::bead));
        assertThat(histories.values()).allSatisfy(history -> {
            assertThat(history.get(0)).isInstanceOf(BeadEvent.BeadCreated.class);
            assertThat(history.get(19)).isInstanceOf(BeadEvent.BeadClosed.class);
        });
    }

    @Test
    void a_few_thousand_beads_are_active_at_once() {
        List<BeadEvent> events = BeadEvents.of(10_000).take(200_000);

        Set<String> active =
                events.subList(100_000, 104_000).stream().map(BeadEvent::bead).collect(Collectors.toSet());
        assertThat(active.size()).isBetween(1_000, 2_500);
    }

    @Test
    void the_same_history_comes_each_time() {
        assertThat(BeadEvents.first(1_000)).isEqualTo(BeadEvents.first(1_000));
    }

    @Test
    void an_event_is_as_large_as_the_targets_assume() {
        JacksonCodec<BeadEvent> codec = JacksonCodec.of(BeadEvent.class);
        List<NewEvent> encoded =
                BeadEvents.first(10_000).stream().map(codec::encode).toList();

        double bytes =
                encoded.stream().collect(averagingInt(event -> event.data().length()));
        assertThat(bytes).isBetween(190.0, 210.0);
        assertThat(encoded).allMatch(event -> event.tags().size() == 3);
        assertThat(BeadEvents.metadata().toJson().length()).isBetween(80, 90);
    }
}
