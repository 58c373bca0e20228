package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.decider.Projector;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.store.AppendCondition;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.ProjectorSpec;
import io.vavr.collection.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples about small and large models, run. {@link DocumentationTest} sees to it that they are those in the docs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeModelTest {

    private static final List<SeatEvent> EVENING = List.of(
            new SeatTaken("12A", "Ada"),
            new SeatTaken("12B", "Bob"),
            new SeatFreed("12A"),
            new SeatFreed("12B"),
            new SeatTaken("12B", "Eve"));

    static Projector<Map<String, String>, SeatEvent> theatre() {
        return Projector.inBatches(Map.of(), java.util.HashMap::new, LargeModelTest::apply, Map::copyOf);
    }

    static void apply(Map<String, String> plan, SeatEvent event) {
        if (event instanceof SeatTaken taken) {
            plan.put(taken.seat(), taken.guest());
        } else if (event instanceof SeatFreed freed) {
            plan.remove(freed.seat());
        }
    }

    static Projector<HashMap<String, String>, SeatEvent> arena() {
        return Projector.inBatches(HashMap.empty(), Changes::of, Changes::apply, Changes::close);
    }

    record Changes(HashMap<String, String> before, Map<String, Optional<String>> gathered) {
        static Changes of(HashMap<String, String> before) {
            return new Changes(before, new java.util.HashMap<>());
        }

        void apply(SeatEvent event) {
            if (event instanceof SeatTaken taken) {
                gathered.put(taken.seat(), Optional.of(taken.guest()));
            } else if (event instanceof SeatFreed freed) {
                gathered.put(freed.seat(), Optional.empty());
            }
        }

        HashMap<String, String> close() {
            HashMap<String, String> after = before;
            for (var change : gathered.entrySet()) {
                String seat = change.getKey();
                Optional<String> guest = change.getValue();
                after = guest.isPresent() ? after.put(seat, guest.get()) : after.remove(seat);
            }
            return after;
        }
    }

    @Test
    void a_batch_leaves_earlier_states_as_they_were() {
        ProjectorSpec.of(theatre()).given(EVENING).then(Map.of("12B", "Eve"));
        ProjectorSpec.of(arena()).given(EVENING).then(HashMap.of("12B", "Eve"));
    }

    @Test
    void a_replay_computes_a_hundred_thousand_seats() {
        EventLog<SeatEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(SeatEvent.class));
        List<SeatEvent> taken = IntStream.range(0, 100_000)
                .<SeatEvent>mapToObj(seat -> new SeatTaken("S" + seat, "Ada"))
                .toList();
        log.append(taken, AppendCondition.none());

        HashMap<String, String> plan = log.replay(arena()).run().state();

        assertThat(plan.size()).isEqualTo(100_000);
        assertThat(plan.get("S99999")).containsExactly("Ada");
    }
}
