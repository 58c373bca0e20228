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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.organicdesign.fp.collections.PersistentHashMap;
import org.organicdesign.fp.collections.PersistentHashMap.MutHashMap;

/** The sample about large models, run. {@link DocumentationTest} sees to it that it is the one in the docs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeModelTest {

    static void apply(MutHashMap<String, String> plan, SeatEvent event) {
        if (event instanceof SeatTaken taken) {
            plan.assoc(taken.seat(), taken.guest());
        } else if (event instanceof SeatFreed freed) {
            plan.without(freed.seat());
        }
    }

    static Projector<PersistentHashMap<String, String>, SeatEvent> arena() {
        return Projector.inBatches(
                PersistentHashMap.empty(), PersistentHashMap::mutable, LargeModelTest::apply, MutHashMap::immutable);
    }

    @Test
    void a_batch_leaves_earlier_states_as_they_were() {
        ProjectorSpec.of(arena())
                .given(new SeatTaken("12A", "Ada"), new SeatTaken("12B", "Bob"), new SeatFreed("12A"))
                .then(PersistentHashMap.<String, String>empty().assoc("12B", "Bob"));
    }

    @Test
    void a_replay_computes_a_hundred_thousand_seats() {
        EventLog<SeatEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(SeatEvent.class));
        List<SeatEvent> taken = IntStream.range(0, 100_000)
                .<SeatEvent>mapToObj(seat -> new SeatTaken("S" + seat, "Ada"))
                .toList();
        log.append(taken, AppendCondition.none());

        Map<String, String> plan = log.replay(arena()).run().state();

        assertThat(plan).hasSize(100_000).containsEntry("S99999", "Ada");
    }
}
