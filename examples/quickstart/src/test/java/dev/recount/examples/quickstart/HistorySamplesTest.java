package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JacksonRows;
import dev.recount.codec.jackson.JacksonState;
import dev.recount.command.CommandHandler;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.replay.Blame;
import dev.recount.replay.LiveModel;
import dev.recount.replay.StateDiff;
import dev.recount.replay.StateHistory;
import dev.recount.replay.StateRows;
import dev.recount.replay.ValueChange;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.ReadModelProof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples about states in the course of time, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HistorySamplesTest {

    private final EventLog<SeatEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(SeatEvent.class));

    @Test
    void a_state_reads_as_a_table() {
        record Guest(String name, int bags) {}
        StateRows<Map<String, Guest>> guests = StateRows.ofMap(Function.identity(), Guest.class);

        StateRows<Map<String, String>> plan =
                StateRows.of(Map::keySet, (seats, seat) -> Map.of("guest", seats.get(seat)));

        assertThat(guests.row(Map.of("12A", new Guest("Ada", 2)), "12A")).contains(Map.of("name", "Ada", "bags", 2));
        assertThat(plan.row(Map.of("12A", "Ada"), "12A")).contains(Map.of("guest", "Ada"));
    }

    @Test
    void any_state_that_jackson_writes_reads_as_a_table() {
        StateRows<Map<String, String>> rows = JacksonRows.create();
        rows.row(Map.of("12A", "Ada"), "12A"); // {value=Ada}

        assertThat(rows.row(Map.of("12A", "Ada"), "12A")).contains(Map.of("value", "Ada"));
    }

    @Test
    void a_history_tells_what_changed_and_which_event_did_it() {
        append(
                new SeatTaken("12A", "Ada"),
                new SeatFreed("12A"),
                new SeatTaken("12A", "Bob"),
                new SeatTaken("12B", "Cid"));
        Instant tuesday = Instant.EPOCH;
        StateRows<Map<String, String>> rows =
                StateRows.of(Map::keySet, (seats, seat) -> Map.of("guest", seats.get(seat)));

        StateHistory<Map<String, String>, SeatEvent> plans = log.history(new SeatPlan(), rows);

        StateDiff since =
                plans.diff(log.store().sequenceAt(tuesday), log.store().info().head());
        Blame whoTookIt = plans.matching(Query.tagged("seat", "12A")).blame("12A", "guest");
        OptionalLong full = plans.bisect(plan -> plan.size() == 2);

        assertThat(since.rows()).hasSize(2);
        assertThat(whoTookIt.changes()).extracting(ValueChange::sequence).containsExactly(1L, 2L, 3L);
        assertThat(full).hasValue(4);
    }

    @Test
    void a_state_that_somebody_keeps_is_compared_with_its_replay() {
        append(new SeatTaken("12A", "Ada"));
        StateRows<Map<String, String>> rows = JacksonRows.create();
        Map<String, String> live = Map.of("12A", "Ada");
        long sequence = 1;

        ReadModelProof.requireEqual(log.verify(new SeatPlan(), rows, live, sequence));
    }

    @Test
    void a_live_model_is_compared_with_its_replay() throws InterruptedException {
        append(new SeatTaken("12A", "Ada"));
        StateRows<Map<String, String>> rows = JacksonRows.create();

        try (LiveModel<Map<String, String>> model = log.replay(new SeatPlan()).live()) {
            assertThat(model.whenCaughtUp(Duration.ofMinutes(1))).isTrue();
            String report = model.verify(rows).report();
            // equal: 1 of 1 rows of the live model agree with the replay up to sequence 1.

            assertThat(report)
                    .isEqualTo("equal: 1 of 1 rows of the live model agree with the replay up to sequence 1.");
        }
    }

    @Test
    void a_read_model_is_proved_on_random_commands() {
        StateRows<Map<String, String>> rows = JacksonRows.create();

        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));

        ReadModelProof.of(new SeatPlan(), rows)
                .withSnapshots(JacksonState.of(new SeatPlan()))
                .withCommands(200)
                .check(log, seats, random -> new TakeSeat("seat" + random.nextInt(9), "Ann"));

        assertThat(log.store().info().head()).isEqualTo(9);
    }

    private void append(SeatEvent... events) {
        log.append(List.of(events), AppendCondition.none());
    }
}
