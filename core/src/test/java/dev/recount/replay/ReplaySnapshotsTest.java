package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.ListSnapshots;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplaySnapshotsTest {

    private final ListEventStore store = new ListEventStore();
    private final ListSnapshots kept = new ListSnapshots();
    private final List<SnapshotProblem> problems = new ArrayList<>();
    private final Snapshots<Map<String, String>> snapshots =
            Snapshots.of(kept, "plan", 1, ListSnapshots.PLANS).withInterval(10).reportingTo(problems::add);
    private final Replay<Map<String, String>, SeatEvent> plain =
            Seats.log(store).replay(Seats.PLAN);
    private final Replay<Map<String, String>, SeatEvent> replay = plain.withSnapshots(snapshots);

    @Test
    void a_replay_of_few_events_keeps_nothing() {
        Seats.take(store, 9);

        replay.run();

        assertThat(kept.all()).isEmpty();
    }

    @Test
    void the_next_replay_reads_only_what_is_new() {
        Seats.take(store, 2_000);
        replay.run();
        Seats.take(store, 3);
        store.reads.clear();
        List<ReplayProgress> progress = new ArrayList<>();

        Replayed<Map<String, String>> replayed =
                replay.reportingTo(progress::add).run();

        assertThat(readsOfTheLogAfter()).containsExactly(2_000L);
        assertThat(replayed.state()).hasSize(2_003);
        assertThat(replayed.events()).isEqualTo(2_003);
        assertThat(replayed.sequence()).isEqualTo(2_003);
        assertThat(progress).containsExactly(new ReplayProgress(2_003, 2_003, 2_003));
    }

    @Test
    void a_replay_with_nothing_new_gives_what_is_kept() {
        Seats.take(store, 10);
        replay.run();

        assertSame(replay.run(), plain.run());
    }

    @Test
    void a_replay_until_a_sequence_uses_what_was_kept_before_it() {
        Seats.take(store, 30);
        replay.until(20).run();
        store.reads.clear();

        assertSame(replay.until(25).run(), plain.until(25).run());
        assertSame(replay.until(20).run(), plain.until(20).run());

        assertThat(readsOfTheLogAfter()).containsExactly(20L, 0L, 20L, 0L);
    }

    @Test
    void a_replay_until_a_sequence_before_the_snapshot_starts_from_zero_and_leaves_it() {
        Seats.take(store, 30);
        replay.run();

        assertSame(replay.until(20).run(), plain.until(20).run());

        assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(30L);
        assertThat(problems).isEmpty();
    }

    @Test
    void a_replay_that_left_events_out_keeps_nothing_so_that_none_is_hidden() {
        Seats.take(store, 10);
        Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
        Seats.take(store, 10);

        replay.run();
        Replayed<Map<String, String>> again = replay.run();

        assertThat(kept.all()).isEmpty();
        assertThat(again.skipped()).isEqualTo(1);
        assertThat(again.problems()).hasSize(1);
    }

    @Test
    void what_is_left_out_after_the_snapshot_is_counted_and_reported() {
        Seats.take(store, 10);
        replay.run();
        Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
        Seats.take(store, 10);

        assertSame(replay.run(), plain.run());
        assertThatExceptionOfType(UndecodableEvent.class)
                .isThrownBy(() -> replay.strictly().run());
    }

    @Test
    void a_strict_replay_takes_no_state_of_a_decision_which_passes_over_unknown_types() {
        Seats.take(store, 10);
        Seats.storeRaw(store, "bead.created", "{}", Tags.none());
        Seats.log(store).handle(Seats.DECIDER, snapshots).handle(new FreeSeat("none"));
        kept.awaitSaved();

        assertThat(replay.run().skipped()).isEqualTo(1);
        assertThatExceptionOfType(UndecodableEvent.class)
                .isThrownBy(() -> replay.strictly().run());
    }

    @Test
    void each_query_has_a_snapshot_of_its_own() {
        Seats.take(store, 20);
        Query freed = Query.ofTypes("seat.freed");
        replay.run();

        assertThat(replay.matching(freed).run().state()).isEmpty();
        assertThat(replay.matching(Query.ofTypes("seat.taken")).run().state()).hasSize(20);
        assertThat(kept.all()).hasSize(2);
    }

    @Test
    void one_above_the_head_of_a_restored_log_gives_way() {
        Seats.take(store, 30);
        replay.run();
        ListEventStore backup = new ListEventStore();
        Seats.take(backup, 15);

        Replayed<Map<String, String>> replayed =
                Seats.log(backup).replay(Seats.PLAN).withSnapshots(snapshots).run();

        assertThat(replayed.state()).hasSize(15);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "Ignored the snapshot of plan version 1 of replay [{\"types\":[],\"tags\":[]}] in log log-a"
                                        + " at sequence 30: the log ends at 15."));
        assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(15L);
    }

    @Test
    void a_store_that_fails_fails_no_replay() {
        Seats.take(store, 10);
        kept.beforeLookUp = () -> {
            throw new IllegalStateException("out of order");
        };
        kept.beforeSave = snapshot -> {
            throw new IllegalStateException("out of order");
        };

        assertSame(replay.run(), plain.run());

        assertThat(problems).hasSize(2);
    }

    @Test
    void snapshot_and_tail_equal_a_replay_from_zero_over_random_histories() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            grow(random);
            Query query = random.nextBoolean() ? Query.all() : Seats.seat("S" + random.nextInt(5));
            long until =
                    random.nextInt(3) == 0 ? random.nextInt((int) store.info().head() + 5) : Long.MAX_VALUE;
            Snapshots<Map<String, String>> some = snapshots.withInterval(1 + random.nextInt(20));
            Replay<Map<String, String>, SeatEvent> reference =
                    plain.matching(query).until(until).withPageSize(1 + random.nextInt(50));

            assertThat(facts(reference.withSnapshots(some).run()))
                    .as("seed %s round %s %s until %s", seed, round, query, until)
                    .isEqualTo(facts(reference.run()));
        }
        assertThat(kept.all()).as("seed %s", seed).isNotEmpty();
        assertThat(problems).as("seed %s", seed).isEmpty();
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> snapshots.withInterval(0))
                .withMessage("A snapshot after every 0 events is too often. Give at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(kept, " ", 1, ListSnapshots.PLANS))
                .withMessage("The projector's name is blank. Give a name of its own.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Snapshots.of(kept, "plan", 0, ListSnapshots.PLANS))
                .withMessage("Version 0 of projector plan is too low. Versions count from 1.");
    }

    private void grow(Random random) {
        for (int i = random.nextInt(8); i > 0; i--) {
            String seat = "S" + random.nextInt(5);
            boolean taken = random.nextInt(3) > 0;
            boolean unreadable = random.nextInt(200) == 0;
            String data = taken ? "[\"" + seat + "\",\"G" + random.nextInt(9) + "\"]" : "[\"" + seat + "\"]";
            Seats.storeRaw(store, taken ? "seat.taken" : "seat.freed", unreadable ? "{}" : data, Tags.of("seat", seat));
        }
    }

    private List<Long> readsOfTheLogAfter() {
        return store.reads.stream()
                .filter(read -> read.options().limit() > 1)
                .map(read -> read.options().after())
                .toList();
    }

    private static void assertSame(Replayed<?> actual, Replayed<?> expected) {
        assertThat(facts(actual)).isEqualTo(facts(expected));
    }

    private static List<Object> facts(Replayed<?> replayed) {
        return List.of(
                replayed.state(),
                replayed.sequence(),
                replayed.events(),
                replayed.skipped(),
                replayed.problems().stream().map(String::valueOf).toList());
    }
}
