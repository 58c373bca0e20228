package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JacksonState;
import dev.recount.command.CommandHandler;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.snapshot.Snapshots;
import dev.recount.snapshot.StateCodec;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemorySnapshots;
import dev.recount.store.sqlite.SqliteSnapshots;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples about snapshots, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SnapshotSamplesTest {

    private final EventStore store = MemoryEventStore.create();
    private final EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));

    @TempDir
    Path directory;

    @Test
    void a_decision_reads_on_from_a_snapshot() {
        MemorySnapshots kept = MemorySnapshots.create();

        SeatDecider decider = new SeatDecider();
        Snapshots<Optional<String>> snapshots = Snapshots.of(kept, "seat", 1, JacksonState.of(decider));

        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(decider, snapshots).within(command -> Query.tagged("seat", command.seat()));

        assertThat(seats.handle(new TakeSeat("12A", "Ada")).events()).hasSize(1);
    }

    @Test
    void snapshots_live_in_a_file_of_their_own() {
        List<String> problems = new ArrayList<>();
        log.handle(new SeatDecider()).handle(new TakeSeat("12A", "Ada"));

        SqliteSnapshots kept = SqliteSnapshots.open(directory.resolve("theatre-snapshots.db"));
        SeatPlan projector = new SeatPlan();
        Snapshots<Map<String, String>> plans = Snapshots.of(kept, "plan", 1, JacksonState.of(projector))
                .withInterval(1)
                .reportingTo(problem -> problems.add(problem.message()));

        Map<String, String> plan =
                log.replay(projector).withSnapshots(plans).run().state();
        Map<String, String> again =
                log.replay(projector).withSnapshots(plans).run().state();
        kept.close();

        assertThat(again).isEqualTo(plan).containsExactly(Map.entry("12A", "Ada"));
        assertThat(problems).isEmpty();
    }

    @Test
    void a_state_is_json() {
        StateCodec<Map<String, String>> codec = JacksonState.of(new SeatPlan());
        String text = codec.encode(Map.of("12A", "Ada")); // {"12A":"Ada"}

        assertThat(text).isEqualTo("{\"12A\":\"Ada\"}");
    }
}
