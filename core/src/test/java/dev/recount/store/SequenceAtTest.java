package dev.recount.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.fixture.ListEventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SequenceAtTest {

    private final ListEventStore store = new ListEventStore();

    @Test
    void of_an_empty_log_is_0() {
        assertThat(store.sequenceAt(Instant.MAX)).isZero();
    }

    @Test
    void is_the_last_event_stored_at_or_before_the_time() {
        storeAt(10, 20, 20, 20, 30);

        assertThat(sequenceAt(9)).isZero();
        assertThat(sequenceAt(10)).isEqualTo(1);
        assertThat(sequenceAt(15)).isEqualTo(1);
        assertThat(sequenceAt(20)).isEqualTo(4);
        assertThat(sequenceAt(29)).isEqualTo(4);
        assertThat(sequenceAt(30)).isEqualTo(5);
        assertThat(sequenceAt(99)).isEqualTo(5);
        assertThat(store.sequenceAt(Instant.MIN)).isZero();
    }

    @Test
    void is_the_floor_where_retention_removed_everything_older() {
        storeAt(10, 20, 30, 40);
        store.floor = 2;

        assertThat(sequenceAt(5)).isEqualTo(2);
        assertThat(sequenceAt(20)).isEqualTo(2);
        assertThat(sequenceAt(35)).isEqualTo(3);

        store.floor = 4;
        assertThat(sequenceAt(99)).isEqualTo(4);
    }

    @Test
    void asks_for_few_events_of_a_long_log() {
        storeAt(new Random(1).longs(4_000, 0, 50).sorted().toArray());

        sequenceAt(25);

        assertThat(store.reads).hasSizeLessThanOrEqualTo(12);
        assertThat(store.reads)
                .allSatisfy(read -> assertThat(read.options().limit()).isEqualTo(1));
    }

    @Test
    void agrees_with_a_naive_search_for_any_times() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            ListEventStore any = new ListEventStore();
            List<Long> times = new ArrayList<>();
            random.longs(random.nextInt(20), 0, 12).sorted().forEach(times::add);
            times.forEach(time -> storeAt(any, time));
            any.floor = random.nextInt(times.size() + 1);

            for (long time = -1; time < 13; time++) {
                assertThat(any.sequenceAt(Instant.ofEpochSecond(time)))
                        .as("seed %s round %s: %s, floor %s, at %s", seed, round, times, any.floor, time)
                        .isEqualTo(naive(times, any.floor, time));
            }
        }
    }

    private static long naive(List<Long> times, long floor, long time) {
        long found = floor;
        for (int i = (int) floor; i < times.size(); i++) {
            found = times.get(i) <= time ? i + 1 : found;
        }
        return found;
    }

    private long sequenceAt(long second) {
        return store.sequenceAt(Instant.ofEpochSecond(second));
    }

    private void storeAt(long... seconds) {
        for (long second : seconds) {
            storeAt(store, second);
        }
    }

    private static void storeAt(ListEventStore into, long second) {
        into.now = Instant.ofEpochSecond(second);
        into.append(Append.of(List.of(NewEvent.of("tick", "0"))));
    }
}
