package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JacksonRows;
import dev.recount.codec.jackson.JacksonState;
import dev.recount.command.CommandHandler;
import dev.recount.decider.Projector;
import dev.recount.examples.quickstart.SeatCommand.FreeSeat;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.replay.StateRows;
import dev.recount.replay.Verification;
import dev.recount.snapshot.StateCodec;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.testkit.ReadModelProof;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The proof of read models bites: models that are broken in one way each fail it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadModelProofTest {

    private static final StateRows<Map<String, String>> ROWS = JacksonRows.create();
    private static final StateCodec<Map<String, String>> STATES = JacksonState.of(new SeatPlan());

    private final EventLog<SeatEvent> log = EventLog.of(MemoryEventStore.create(), JacksonCodec.of(SeatEvent.class));

    @Test
    void a_whole_model_passes_on_every_seed() {
        for (long seed = 1; seed <= 5; seed++) {
            check(ReadModelProof.of(new SeatPlan(), ROWS)
                    .withSnapshots(STATES)
                    .withLive(
                            "its own replay",
                            store -> log.replay(new SeatPlan()).run().state())
                    .withSeed(seed));
        }
    }

    @Test
    void a_model_that_remembers_more_than_its_state_fails() {
        fails("is not what a replay from zero gives", ReadModelProof.of(new Numbering(), ROWS));
    }

    @Test
    void a_model_whose_batches_forget_fails() {
        fails("kept current event by event", ReadModelProof.of(new ForgetfulBatches(), ROWS));
    }

    @Test
    void a_model_whose_state_loses_something_in_its_snapshot_fails() {
        fails("read on from a snapshot", ReadModelProof.of(new SeatPlan(), ROWS).withSnapshots(new LossyStates()));
    }

    @Test
    void a_model_whose_state_cannot_be_written_fails() {
        fails(
                "The model has no snapshot",
                ReadModelProof.of(new SeatPlan(), ROWS).withSnapshots(new NoStates()));
    }

    @Test
    void a_live_model_that_lies_fails_with_key_field_and_sequence() {
        log.append(List.of(new SeatTaken("12A", "Ada")), AppendCondition.none());

        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> ReadModelProof.of(new SeatPlan(), ROWS)
                        .withLive("kept in tables", store -> Map.of("12A", "Bob"))
                        .check(log))
                .withMessageContaining("kept in tables, on this log")
                .withMessageContaining("12A differs in [value: live Bob, replayed Ada] (last event 1)");
    }

    @Test
    void a_verification_that_found_a_difference_fails_with_its_report() {
        Verification wrong = log.verify(new SeatPlan(), ROWS, Map.of("12A", "Bob"), 0);
        Verification right = log.verify(new SeatPlan(), ROWS, Map.of(), 0);

        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> ReadModelProof.requireEqual(wrong))
                .withMessage(wrong.report());
        assertThatCode(() -> ReadModelProof.requireEqual(right)).doesNotThrowAnyException();
    }

    private void fails(String way, ReadModelProof<Map<String, String>, SeatEvent> proof) {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> check(proof.withSeed(7)))
                .withMessageContaining(way)
                .withMessageContaining("after 60 commands with seed 7");
    }

    private void check(ReadModelProof<Map<String, String>, SeatEvent> proof) {
        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));
        proof.withCommands(60).check(log, seats, ReadModelProofTest::command);
    }

    private static SeatCommand command(RandomGenerator random) {
        String seat = String.valueOf(random.nextInt(9));
        return random.nextInt(3) == 0 ? new FreeSeat(seat) : new TakeSeat(seat, "G" + random.nextInt(3));
    }

    /** Numbers the guests, and keeps the number outside of the state. */
    private static final class Numbering implements Projector<Map<String, String>, SeatEvent> {

        private int guests;

        @Override
        public Map<String, String> initialState() {
            return Map.of();
        }

        @Override
        public Map<String, String> project(Map<String, String> plan, SeatEvent event) {
            Map<String, String> next = new TreeMap<>(plan);
            next.put("guests", String.valueOf(++guests));
            return next;
        }
    }

    /** Gives the beginning again after each batch of more than one event. */
    private static final class ForgetfulBatches implements Projector<Map<String, String>, SeatEvent> {

        private final SeatPlan plan = new SeatPlan();

        @Override
        public Map<String, String> initialState() {
            return plan.initialState();
        }

        @Override
        public Map<String, String> project(Map<String, String> state, SeatEvent event) {
            return plan.project(state, event);
        }

        @Override
        public Map<String, String> projectAll(Map<String, String> state, Iterable<? extends SeatEvent> events) {
            events.forEach(event -> plan.project(state, event));
            return state;
        }
    }

    /** Writes every guest as nobody. */
    private static final class LossyStates implements StateCodec<Map<String, String>> {

        @Override
        public String encode(Map<String, String> state) {
            Map<String, String> nobody = new TreeMap<>(state);
            nobody.replaceAll((seat, guest) -> "nobody");
            return STATES.encode(nobody);
        }

        @Override
        public Map<String, String> decode(String text) {
            return STATES.decode(text);
        }
    }

    /** Refuses. */
    private static final class NoStates implements StateCodec<Map<String, String>> {

        @Override
        public String encode(Map<String, String> state) {
            throw new IllegalArgumentException("no");
        }

        @Override
        public Map<String, String> decode(String text) {
            throw new IllegalArgumentException("no");
        }
    }
}
