package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.ListSnapshots;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MilestonesTest {

    private final ListEventStore store = new ListEventStore();
    private final ListSnapshots kept = new ListSnapshots();
    private final List<SnapshotProblem> problems = new ArrayList<>();
    private final Snapshots<Map<String, String>> snapshots =
            Snapshots.of(kept, "plan", 1, ListSnapshots.PLANS).withInterval(10).reportingTo(problems::add);
    private final StateHistory<Map<String, String>, SeatEvent> plain =
            Seats.log(store).history(Seats.PLAN, StateHistoryTest.ROWS);
    private final StateHistory<Map<String, String>, SeatEvent> fast = plain.withSnapshots(snapshots);

    @Test
    void a_state_is_kept_at_every_multiple_of_the_interval() {
        Seats.take(store, 35);

        fast.diff(0, 35);

        assertThat(kept.all()).extracting(Snapshot::sequence).containsExactlyInAnyOrder(10L, 20L, 30L);
    }

    @Test
    void a_later_question_reads_on_from_the_newest_before_it() {
        Seats.take(store, 40);
        fast.diff(0, 40);
        store.reads.clear();

        assertThat(fast.diff(13, 38)).isEqualTo(plain.diff(13, 38));

        assertThat(readsOfTheLogAfter()).startsWith(10L, 30L);
    }

    @Test
    void the_last_change_is_looked_for_backwards_and_no_further_than_needed() {
        Seats.take(store, 40);
        fast.diff(0, 40);
        store.reads.clear();

        assertThat(fast.lastChange("S27", "guest"))
                .get()
                .extracting(ValueChange::sequence)
                .isEqualTo(27L);

        assertThat(readsOfTheLogAfter()).containsExactly(30L, 20L);
    }

    @Test
    void damaged_and_lost_ones_cost_time_and_nothing_else() {
        Seats.take(store, 40);
        fast.diff(0, 40);
        Snapshot whole = kept.all().stream()
                .filter(one -> one.sequence() == 30)
                .findFirst()
                .orElseThrow();
        kept.replace(new Snapshot(whole.key(), 30, 30, whole.fingerprint(), "plan\n1A Nobody\n"));
        kept.all().stream().filter(one -> one.sequence() == 20).forEach(kept::remove);

        assertThat(fast.diff(0, 39)).isEqualTo(plain.diff(0, 39));

        assertThat(problems).hasSize(1);
    }

    @Test
    void a_store_that_fails_fails_no_answer() {
        Seats.take(store, 40);
        kept.beforeLookUp = () -> {
            throw new IllegalStateException("out of order");
        };
        kept.beforeSave = snapshot -> {
            throw new IllegalStateException("out of order");
        };

        assertThat(fast.diff(5, 39)).isEqualTo(plain.diff(5, 39));
        assertThat(fast.lastChange("S3")).isPresent();
    }

    @Test
    void none_is_kept_past_an_event_that_was_left_out_so_that_none_is_hidden() {
        Seats.take(store, 15);
        Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
        Seats.take(store, 15);

        fast.diff(0, 31);

        assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(10L);
        assertThat(fast.diff(0, 31).skipped()).isEqualTo(1);
    }

    @Test
    void a_verification_trusts_none() {
        Seats.take(store, 30);
        fast.diff(0, 30);
        store.reads.clear();

        assertThat(fast.verify(Map.of(), 30).differences()).hasSize(30);

        assertThat(readsOfTheLogAfter()).startsWith(0L);
        assertThat(readsOfTheLogAfter()).doesNotContain(10L, 20L, 30L);
    }

    @Test
    void answers_over_random_histories_are_the_same_with_snapshots_and_without() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            grow(random);
            long one = random.nextInt((int) store.info().head() + 3);
            long other = random.nextInt((int) store.info().head() + 3);
            String seat = "S" + random.nextInt(5);
            StateHistory<Map<String, String>, SeatEvent> some =
                    plain.withSnapshots(snapshots.withInterval(1 + random.nextInt(20)));

            assertThat(some.diff(one, other))
                    .as("seed %s round %s diff %s %s", seed, round, one, other)
                    .isEqualTo(plain.diff(one, other));
            assertThat(some.lastChange(seat, "guest"))
                    .as("seed %s round %s last change of %s", seed, round, seat)
                    .isEqualTo(plain.lastChange(seat, "guest"));
        }
        assertThat(kept.all()).as("seed %s", seed).isNotEmpty();
        assertThat(problems).as("seed %s", seed).isEmpty();
    }

    private void grow(Random random) {
        for (int i = random.nextInt(8); i > 0; i--) {
            String seat = "S" + random.nextInt(5);
            boolean taken = random.nextInt(3) > 0;
            boolean unreadable = random.nextInt(400) == 0;
            String data = taken ? "[\"" + seat + "\",\"G" + random.nextInt(3) + "\"]" : "[\"" + seat + "\"]";
            Seats.storeRaw(store, taken ? "seat.taken" : "seat.freed", unreadable ? "{}" : data, Tags.of("seat", seat));
        }
    }

    private List<Long> readsOfTheLogAfter() {
        return store.reads.stream()
                .filter(read -> read.options().limit() > 1)
                .map(read -> read.options().after())
                .toList();
    }
}
