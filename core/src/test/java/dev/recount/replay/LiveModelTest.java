package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.command.Outcome;
import dev.recount.decider.Projector;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.ListSnapshots;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.AppendCondition;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveModelTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** How many seats were taken: cheap at any length, and different after every event. */
    private static final Projector<Integer, SeatEvent> TAKEN =
            Projector.<Integer, SeatEvent>startingWith(0).on(SeatTaken.class, (taken, event) -> taken + 1);

    private final ListEventStore store = new ListEventStore();
    private final Replay<Map<String, String>, SeatEvent> plan = Seats.log(store).replay(Seats.PLAN);
    private final Replay<Integer, SeatEvent> taken = Seats.log(store).replay(TAKEN);

    @Nested
    class Keeping_current {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500, 1_000, 1_001})
        void gives_what_is_stored_and_then_what_comes(int stored) throws Exception {
            Seats.take(store, stored);

            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                assertThat(model.state()).isEqualTo(stored);
                Seats.take(store, 2);
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                assertThat(model.current())
                        .usingRecursiveComparison()
                        .ignoringFields("took")
                        .isEqualTo(taken.run());
            }
        }

        @Test
        void every_state_that_is_seen_is_the_fold_of_its_sequence_and_never_a_part_of_an_append() throws Exception {
            List<Replayed<Integer>> seen = new ArrayList<>();
            List<Long> ends = new CopyOnWriteArrayList<>(List.of(0L));
            AtomicBoolean writing = new AtomicBoolean(true);
            try (LiveModel<Integer> model = taken.withPageSize(2).live()) {
                Thread reader = new Thread(() -> lookWhile(writing, model, seen));
                List<Thread> writers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    writers.add(new Thread(() -> appendInThrees(40, ends)));
                }
                reader.start();
                writers.forEach(Thread::start);
                join(writers);
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                writing.set(false);
                join(List.of(reader));
            }

            assertThat(seen).isNotEmpty().allSatisfy(state -> {
                assertThat((long) state.state()).isEqualTo(state.sequence()).isEqualTo(state.events());
                assertThat(state.sequence()).isIn(ends);
            });
            assertThat(seen.get(seen.size() - 1).sequence()).isEqualTo(360);
        }

        @Test
        void whoever_writes_reads_what_was_written() throws Exception {
            try (LiveModel<Map<String, String>> model = plan.live()) {
                for (int i = 0; i < 50; i++) {
                    Outcome<SeatEvent> outcome =
                            Seats.log(store).handle(Seats.DECIDER).handle(new TakeSeat("S" + i, "Ada"));

                    assertThat(model.whenApplied(outcome.appended().last(), LONG))
                            .isTrue();
                    assertThat(model.state()).containsEntry("S" + i, "Ada");
                }
            }
        }

        @Test
        void many_wait_for_one_event() throws Exception {
            AtomicInteger saw = new AtomicInteger();
            try (LiveModel<Integer> model = taken.live()) {
                List<Thread> waiting = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    Thread waiter = new Thread(() -> saw.addAndGet(waitFor(model, 1)));
                    waiter.start();
                    waiting.add(waiter);
                }
                Seats.take(store, 1);
                join(waiting);
            }

            assertThat(saw).hasValue(20);
        }

        @Test
        void two_models_of_one_log_do_not_know_of_each_other() throws Exception {
            LiveModel<Integer> counted = taken.live();
            try (LiveModel<Map<String, String>> one =
                    plan.matching(Seats.seat("S2")).live()) {
                Seats.take(store, 3);
                assertThat(one.whenCaughtUp(LONG)).isTrue();
                assertThat(counted.whenCaughtUp(LONG)).isTrue();

                counted.close();
                Seats.take(store, 1);

                assertThat(one.whenApplied(4, LONG)).isTrue();
                assertThat(one.state()).containsOnlyKeys("S2");
                assertThat(one.current().sequence()).isEqualTo(4);
                assertThat(counted.state()).isEqualTo(3);
            }
        }

        @Test
        void an_unavailable_store_is_tried_again() throws Exception {
            Seats.take(store, 3);
            AtomicInteger refusals = new AtomicInteger(3);
            store.beforeRead = read -> {
                if (refusals.getAndDecrement() > 0) {
                    throw new StoreUnavailable("locked", null);
                }
            };

            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                assertThat(model.state()).isEqualTo(3);
            }
        }

        @Test
        void what_cannot_be_decoded_is_left_out_counted_and_reported() throws Exception {
            Seats.take(store, 1);
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());

            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                Seats.storeRaw(store, "bead.created", "{}", Tags.none());
                Seats.take(store, 1);
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                assertThat(model.state()).isEqualTo(2);
                assertThat(model.current().skipped()).isEqualTo(2);
                assertThat(model.current().problems())
                        .extracting(UndecodableEvent::sequence)
                        .containsExactly(2L, 3L);
            }
        }

        @Test
        void a_replay_with_an_end_cannot_be_kept_current() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> taken.until(3).live())
                    .withMessageContaining("until");
            assertThatIllegalStateException()
                    .isThrownBy(() -> taken.until(Instant.EPOCH).live());
        }
    }

    @Nested
    class Waiting {

        @Test
        void ends_when_the_time_is_over() throws Exception {
            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                assertThat(model.whenApplied(1, Duration.ofMillis(1))).isFalse();
            }
        }

        @Test
        void ends_when_the_waiter_is_interrupted() {
            try (LiveModel<Integer> model = taken.live()) {
                Thread.currentThread().interrupt();

                assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> model.whenApplied(1, LONG));
                assertThat(model.isRunning()).isTrue();
            }
        }

        @Test
        void ends_when_the_model_is_closed() throws Exception {
            LiveModel<Integer> model = taken.live();
            assertThat(model.whenCaughtUp(LONG)).isTrue();
            AtomicInteger told = new AtomicInteger();
            Thread waiter = new Thread(() -> {
                try {
                    waitFor(model, 1);
                } catch (IllegalStateException closed) {
                    told.incrementAndGet();
                }
            });
            waiter.start();

            model.close();
            join(List.of(waiter));

            assertThat(told).hasValue(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> model.whenApplied(1, LONG))
                    .withMessage("The live model ended at sequence 0, before 1: it was closed.");
        }
    }

    @Nested
    class Closing {

        @Test
        void leaves_the_state_readable_and_may_be_repeated() throws Exception {
            Seats.take(store, 3);
            LiveModel<Integer> model = taken.live();
            assertThat(model.whenCaughtUp(LONG)).isTrue();

            model.close();
            model.close();
            Seats.take(store, 1);

            assertThat(model.isRunning()).isFalse();
            assertThat(model.failure()).isEmpty();
            assertThat(model.state()).isEqualTo(3);
            assertThat(model.whenApplied(3, LONG)).isTrue();
        }

        @Test
        void ends_a_catch_up_before_its_next_page() throws Exception {
            Seats.take(store, 100);
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch closing = new CountDownLatch(1);
            AtomicInteger pages = new AtomicInteger();
            store.beforeRead = read -> {
                if (pages.incrementAndGet() == 3) {
                    reading.countDown();
                    await(closing);
                }
            };
            LiveModel<Integer> model = taken.withPageSize(2).live();
            await(reading);
            Thread closer = new Thread(model::close);
            closer.start();
            // Only when close() waits for the model's thread has the model been asked to end.
            while (closer.isAlive() && closer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            closing.countDown();
            join(List.of(closer));

            assertThat(pages).hasValue(3);
            assertThat(model.state()).isZero();
            assertThat(model.failure()).isEmpty();
        }

        @Test
        void of_the_store_stops_the_model() throws Exception {
            Seats.take(store, 3);
            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                store.close();

                assertThat(stopped(model)).isInstanceOf(StoreClosed.class);
                assertThat(model.state()).isEqualTo(3);
            }
        }
    }

    @Nested
    class Stopping {

        @Test
        void keeps_the_last_state_where_the_projector_fails_and_names_the_sequence() throws Exception {
            Projector<Integer, SeatEvent> picky = Projector.<Integer, SeatEvent>startingWith(0)
                    .on(SeatTaken.class, (state, event) -> {
                        if (event.seat().equals("S5")) {
                            throw new IllegalArgumentException("no seat S5");
                        }
                        return state + 1;
                    });
            Seats.take(store, 3);
            try (LiveModel<Integer> model = Seats.log(store).replay(picky).live();
                    LiveModel<Integer> other = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                Seats.take(store, 3);

                assertThat(stopped(model)).hasMessageContaining("at sequence 5").hasRootCauseMessage("no seat S5");
                assertThat(model.state()).isEqualTo(3);
                assertThat(model.current().sequence()).isEqualTo(3);
                assertThat(other.whenCaughtUp(LONG)).isTrue();
                assertThat(other.state()).isEqualTo(6);
            }
        }

        @Test
        void of_a_strict_model_names_the_event_that_cannot_be_decoded() throws Exception {
            Seats.take(store, 2);
            try (LiveModel<Integer> model = taken.strictly().live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                Seats.storeRaw(store, "seat.taken", "{}", Tags.none());

                assertThat(stopped(model))
                        .isInstanceOfSatisfying(
                                UndecodableEvent.class,
                                problem -> assertThat(problem.sequence()).isEqualTo(3));
                assertThatIllegalStateException()
                        .isThrownBy(() -> model.whenApplied(3, LONG))
                        .withCauseInstanceOf(UndecodableEvent.class);
            }
        }

        @Test
        void follows_when_the_log_is_replaced() throws Exception {
            Seats.take(store, 2);
            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                store.logId = "log-b";
                Seats.take(store, 1);

                assertThat(reason(model)).isEqualTo(UnusableCheckpoint.Reason.OTHER_LOG);
                assertThat(model.state()).isEqualTo(2);
            }
        }

        @Test
        void follows_when_retention_removes_what_was_not_read() throws Exception {
            Seats.take(store, 2);
            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                // The model has seen the head, and reads: just then retention passes it.
                store.beforeRead = read -> store.floor = 4;
                Seats.take(store, 3);

                assertThat(reason(model)).isEqualTo(UnusableCheckpoint.Reason.BELOW_FLOOR);
                assertThat(model.state()).isEqualTo(2);
            }
        }

        @Test
        void does_not_follow_when_retention_removes_events_before_the_first_state() throws Exception {
            Seats.take(store, 5);
            store.beforeRead = read -> store.floor = 3;

            try (LiveModel<Integer> model = taken.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                assertThat(model.state()).isEqualTo(2);
                assertThat(model.current().sequence()).isEqualTo(5);
            }
        }
    }

    @Nested
    class With_snapshots {

        private final ListSnapshots kept = new ListSnapshots();
        private final List<SnapshotProblem> problems = new CopyOnWriteArrayList<>();
        private final Snapshots<Map<String, String>> snapshots = Snapshots.of(kept, "plan", 1, ListSnapshots.PLANS)
                .withInterval(10)
                .reportingTo(problems::add);
        private final Replay<Map<String, String>, SeatEvent> history = plan.withSnapshots(snapshots);

        @Test
        void takes_one_when_enough_is_new_and_one_when_it_is_closed() throws Exception {
            Seats.take(store, 12);
            try (LiveModel<Map<String, String>> model = history.live()) {
                assertThat(kept.awaitSaved().sequence()).isEqualTo(12);
                Seats.take(store, 3);
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                assertThat(kept.saved()).isEmpty();
            }

            assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(15L);
            assertThat(problems).isEmpty();
        }

        @Test
        void goes_on_from_the_newest_one_as_if_from_zero() throws Exception {
            Seats.take(store, 2_000);
            history.run();
            Seats.take(store, 3);
            store.reads.clear();

            try (LiveModel<Map<String, String>> model = history.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                assertThat(store.reads)
                        .filteredOn(read -> read.options().limit() > 1)
                        .extracting(read -> read.options().after())
                        .containsExactly(2_000L);

                assertThat(model.current())
                        .usingRecursiveComparison()
                        .ignoringFields("took")
                        .isEqualTo(plan.run());
            }
        }

        @Test
        void ignores_one_of_another_version() throws Exception {
            Seats.take(store, 20);
            plan.withSnapshots(
                            Snapshots.of(kept, "plan", 2, ListSnapshots.PLANS).withInterval(10))
                    .run();
            store.reads.clear();

            assertThat(stateOf(history)).isEqualTo(plan.run().state());
            assertThat(store.reads).extracting(read -> read.options().after()).contains(0L);
        }

        @Test
        void ignores_a_damaged_one_and_says_so() throws Exception {
            Seats.take(store, 20);
            history.run();
            Snapshot whole = kept.awaitSaved();
            kept.replace(
                    new Snapshot(whole.key(), whole.sequence(), whole.events(), whole.fingerprint(), "plan\nS1 X\n"));

            assertThat(stateOf(history)).isEqualTo(plan.run().state());
            assertThat(problems).hasSize(1);
        }

        @Test
        void takes_none_of_a_log_that_was_replaced() throws Exception {
            Seats.take(store, 5);
            try (LiveModel<Map<String, String>> model = history.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();

                store.logId = "log-b";
            }

            assertThat(kept.all()).isEmpty();
        }

        private Map<String, String> stateOf(Replay<Map<String, String>, SeatEvent> replay) throws InterruptedException {
            try (LiveModel<Map<String, String>> model = replay.live()) {
                assertThat(model.whenCaughtUp(LONG)).isTrue();
                return model.state();
            }
        }
    }

    /** Keeps each state that it sees that is another than the one before. */
    private static void lookWhile(AtomicBoolean writing, LiveModel<Integer> model, List<Replayed<Integer>> seen) {
        boolean last;
        do {
            last = !writing.get();
            Replayed<Integer> current = model.current();
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(current)) {
                seen.add(current);
            }
        } while (!last);
    }

    private void appendInThrees(int times, List<Long> ends) {
        for (int i = 0; i < times; i++) {
            ends.add(Seats.log(store)
                    .append(
                            List.of(new SeatTaken("A", "a"), new SeatTaken("B", "b"), new SeatTaken("C", "c")),
                            AppendCondition.none())
                    .last());
        }
    }

    private static int waitFor(LiveModel<Integer> model, long sequence) {
        try {
            return model.whenApplied(sequence, LONG) ? model.state() : 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable stopped(LiveModel<Integer> model) throws InterruptedException {
        try {
            assertThat(model.whenApplied(Long.MAX_VALUE, LONG)).isFalse();
        } catch (IllegalStateException e) {
            return model.failure().orElseThrow();
        }
        throw new AssertionError("The model has not stopped within " + LONG);
    }

    private static UnusableCheckpoint.Reason reason(LiveModel<Integer> model) throws InterruptedException {
        return ((UnusableCheckpoint) stopped(model)).reason();
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
