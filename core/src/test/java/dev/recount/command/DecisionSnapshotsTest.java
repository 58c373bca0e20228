package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.ListSnapshots;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatAlreadyTaken;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.Snapshots;
import dev.recount.snapshot.StateCodec;
import dev.recount.store.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DecisionSnapshotsTest {

    private final ListEventStore store = new ListEventStore();
    private final ListSnapshots kept = new ListSnapshots();
    private final List<SnapshotProblem> problems = new CopyOnWriteArrayList<>();
    private final Snapshots<Map<String, String>> snapshots =
            Snapshots.of(kept, "plan", 1, ListSnapshots.PLANS).withInterval(10).reportingTo(problems::add);

    private CommandHandler<SeatCommand, SeatEvent> restarted() {
        return restarted(snapshots);
    }

    private CommandHandler<SeatCommand, SeatEvent> restarted(Snapshots<Map<String, String>> settings) {
        return Seats.log(store).handle(Seats.DECIDER, settings);
    }

    private List<Long> readsOfTheLogAfter() {
        return store.reads.stream()
                .filter(read -> read.options().limit() > 1)
                .map(read -> read.options().after())
                .toList();
    }

    @Nested
    class Taking {

        @Test
        void a_boundary_with_fewer_events_than_the_interval_gets_none() {
            Seats.take(store, 9);

            restarted().handle(new TakeSeat("A", "Ada"));

            assertThat(kept.all()).isEmpty();
        }

        @Test
        void a_boundary_gets_one_of_the_state_that_the_decision_rested_on() {
            Seats.take(store, 10);

            restarted().handle(new TakeSeat("A", "Ada"));

            Snapshot snapshot = kept.awaitSaved();
            assertThat(snapshot.key().logId()).isEqualTo("log-a");
            assertThat(snapshot.key().projector()).isEqualTo("plan");
            assertThat(snapshot.key().version()).isEqualTo(1);
            assertThat(snapshot.sequence()).isEqualTo(10);
            assertThat(snapshot.events()).isEqualTo(10);
            assertThat(ListSnapshots.PLANS.decode(snapshot.state())).hasSize(10).containsEntry("S10", "G10");
        }

        @Test
        void a_refused_command_has_read_as_much_and_leaves_one_too() {
            Seats.take(store, 10);

            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> restarted().handle(new TakeSeat("S1", "Ada")));

            assertThat(kept.awaitSaved().sequence()).isEqualTo(10);
        }

        @Test
        void events_outside_the_boundary_do_not_count() {
            Seats.take(store, 100);
            CommandHandler<SeatCommand, SeatEvent> seat = restarted().within(command -> Seats.seat(command.seat()));

            seat.handle(new FreeSeat("S1"));
            seat.handle(new FreeSeat("S2"));

            assertThat(kept.all()).isEmpty();
        }

        @Test
        void the_next_one_is_taken_after_as_many_new_events() {
            Seats.take(store, 10);
            restarted().handle(new FreeSeat("none"));
            kept.awaitSaved();

            Seats.take(store, 9);
            restarted().handle(new FreeSeat("none"));
            assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(10L);

            Seats.take(store, 1);
            restarted().handle(new FreeSeat("none"));
            assertThat(kept.awaitSaved().sequence()).isEqualTo(20);
        }

        @Test
        void a_handler_that_keeps_states_takes_one_after_as_many_new_events_too() {
            CommandHandler<SeatCommand, SeatEvent> keeping = restarted().keepingStates(1);
            Seats.take(store, 10);
            keeping.handle(new TakeSeat("T", "Ada"));
            assertThat(kept.awaitSaved().sequence()).isEqualTo(10);

            // The thread that has just saved may still be ending, so the next one may be taken a little later.
            Optional<Snapshot> next = Optional.empty();
            for (int i = 0; next.isEmpty(); i++) {
                keeping.handle(new TakeSeat("T" + i, "Ada"));
                next = kept.saved();
            }

            assertThat(next.get().sequence()).isGreaterThanOrEqualTo(20);
        }

        @Test
        void a_decision_does_not_wait_for_it_and_one_is_taken_at_a_time() throws InterruptedException {
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger saves = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(1);
            kept.beforeSave = snapshot -> {
                saves.incrementAndGet();
                begun.countDown();
                await(goOn);
            };
            Seats.take(store, 10);
            CommandHandler<SeatCommand, SeatEvent> handler = restarted();

            handler.handle(new FreeSeat("none"));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            handler.handle(new TakeSeat("A", "Ada"));
            handler.handle(new FreeSeat("A"));

            assertThat(saves).hasValue(1);
            assertThat(store.info().head()).isEqualTo(12);
            goOn.countDown();
            assertThat(kept.awaitSaved().sequence()).isEqualTo(10);
        }

        @Test
        void each_boundary_has_its_own_also_where_two_read_the_same_to_people() {
            CommandHandler<SeatCommand, SeatEvent> every = restarted(snapshots.withInterval(1));
            Query oneTag = Query.tagged("seat", "1 and seat:2");
            Query twoTags = Query.taggedWithAll(Tags.of("seat", "1").and("seat", "2"));
            assertThat(oneTag).hasToString(twoTags.toString());
            Seats.storeRaw(store, "seat.taken", "[\"one\",\"Ada\"]", Tags.of("seat", "1 and seat:2"));
            Seats.storeRaw(
                    store,
                    "seat.taken",
                    "[\"two\",\"Bob\"]",
                    Tags.of("seat", "1").and("seat", "2"));

            every.within(command -> oneTag).handle(new FreeSeat("none"));
            Snapshot first = kept.awaitSaved();
            every.within(command -> twoTags).handle(new FreeSeat("none"));
            Snapshot second = kept.awaitSaved();

            assertThat(ListSnapshots.PLANS.decode(first.state())).containsOnlyKeys("one");
            assertThat(ListSnapshots.PLANS.decode(second.state())).containsOnlyKeys("two");
        }

        @Test
        void the_order_of_a_querys_alternatives_does_not_matter() {
            Seats.take(store, 10);
            restarted()
                    .within(command -> Seats.seat("S1").or(Query.ofTypes("seat.taken")))
                    .handle(new FreeSeat("none"));
            kept.awaitSaved();
            store.reads.clear();

            restarted()
                    .within(command -> Query.ofTypes("seat.taken").or(Seats.seat("S1")))
                    .handle(new FreeSeat("none"));

            assertThat(readsOfTheLogAfter()).containsExactly(10L);
        }
    }

    @Nested
    class After_a_restart {

        @Test
        void a_decision_reads_only_what_is_new() {
            Seats.take(store, 5_000);
            restarted().handle(new FreeSeat("none"));
            kept.awaitSaved();
            Seats.take(store, 3);
            store.reads.clear();

            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> restarted().handle(new TakeSeat("S1", "Ada")));
            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> restarted().handle(new TakeSeat("S5003", "Ada")));

            assertThat(readsOfTheLogAfter()).containsExactly(5_000L, 5_000L);
            assertThat(problems).isEmpty();
        }

        @Test
        void a_handler_that_keeps_states_looks_for_one_only_where_it_keeps_none() {
            Seats.take(store, 10);
            restarted().handle(new FreeSeat("none"));
            kept.awaitSaved();
            AtomicInteger lookUps = new AtomicInteger();
            kept.beforeLookUp = lookUps::incrementAndGet;
            store.reads.clear();
            CommandHandler<SeatCommand, SeatEvent> keeping = restarted().keepingStates(1);

            keeping.handle(new FreeSeat("none"));
            keeping.handle(new FreeSeat("none"));

            assertThat(lookUps).hasValue(1);
            assertThat(readsOfTheLogAfter()).containsExactly(10L, 10L);
        }

        @Test
        void an_event_that_cannot_be_read_still_stops_the_decision() {
            Seats.take(store, 10);
            restarted().handle(new FreeSeat("none"));
            kept.awaitSaved();
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());

            assertThatExceptionOfType(UndecodableEvent.class)
                    .isThrownBy(() -> restarted().handle(new FreeSeat("none")));
        }
    }

    @Nested
    class In_doubt {

        @Test
        void one_of_another_version_is_not_even_decoded() {
            takeOne();

            restarted(Snapshots.of(kept, "plan", 2, new Undecoding())).handle(new FreeSeat("none"));

            assertThat(readsOfTheLogAfter()).containsExactly(0L);
        }

        @Test
        void one_of_another_projector_is_not_even_decoded() {
            takeOne();

            restarted(Snapshots.of(kept, "seats", 1, new Undecoding())).handle(new FreeSeat("none"));

            assertThat(readsOfTheLogAfter()).containsExactly(0L);
        }

        @Test
        void one_that_a_careless_store_gives_for_another_key_is_not_even_decoded() {
            takeOne();
            kept.given = snapshot -> new Snapshot(
                    new SnapshotKey(
                            snapshot.key().logId(), "plan", 7, snapshot.key().boundary()),
                    snapshot.sequence(),
                    snapshot.events(),
                    snapshot.fingerprint(),
                    snapshot.state());

            assertIgnored("it is not that of plan version 1");
        }

        @Test
        void one_of_a_log_that_was_replaced_is_not_even_decoded() {
            takeOne();
            store.logId = "log-b";

            restarted(Snapshots.of(kept, "plan", 1, new Undecoding())).handle(new FreeSeat("none"));

            assertThat(readsOfTheLogAfter()).containsExactly(0L);
        }

        @Test
        void one_above_the_head_of_a_restored_log_is_ignored() {
            takeOne();
            ListEventStore backup = new ListEventStore();
            Seats.take(backup, 7);

            assertIgnoredOn(backup, "the log ends at 7");
        }

        @Test
        void one_of_a_restored_log_that_went_another_way_is_ignored() {
            takeOne();
            ListEventStore backup = new ListEventStore();
            Seats.take(backup, 7);
            for (int i = 0; i < 20; i++) {
                Seats.storeRaw(backup, "seat.taken", "[\"other\",\"Eve\"]", Tags.none());
            }

            assertIgnoredOn(backup, "the event at that sequence, or the snapshot's own text, is not what it was");
        }

        @Test
        void one_of_a_restored_log_where_only_the_time_differs_is_ignored() {
            takeOne();
            ListEventStore backup = new ListEventStore();
            Seats.take(backup, 7);
            backup.now = backup.now.plusMillis(1);
            Seats.take(backup, 20);

            assertIgnoredOn(backup, "is not what it was");
        }

        @Test
        void one_at_or_below_the_floor_cannot_be_checked_and_is_ignored() {
            takeOne();
            store.floor = 10;

            assertIgnored("events up to 10 were removed");
        }

        @Test
        void one_whose_text_was_changed_is_not_even_decoded() {
            Snapshot snapshot = takeOne();
            kept.replace(new Snapshot(
                    snapshot.key(),
                    snapshot.sequence(),
                    snapshot.events(),
                    snapshot.fingerprint(),
                    snapshot.state().replace("G1\n", "Eve\n")));

            assertIgnored("is not what it was");
        }

        @Test
        void one_that_was_moved_to_another_sequence_is_ignored() {
            Seats.take(store, 5);
            Snapshot snapshot = takeOne();
            kept.replace(new Snapshot(snapshot.key(), 3, snapshot.events(), snapshot.fingerprint(), snapshot.state()));

            assertIgnored("is not what it was");
        }

        @Test
        void one_that_cannot_be_decoded_is_ignored() {
            takeOne();

            restarted(Snapshots.of(kept, "plan", 1, new Undecoding()).reportingTo(problems::add))
                    .handle(new FreeSeat("none"));

            assertThat(readsOfTheLogAfter()).containsExactly(0L);
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .contains(
                                    "Ignored the snapshot of plan version 1", "cannot be read", "Must not be decoded"))
                    .satisfies(problem -> assertThat(problem.cause()).isNotNull());
        }

        @Test
        void one_that_is_ignored_gives_way_to_one_that_holds() {
            takeOne();
            ListEventStore backup = new ListEventStore();
            Seats.take(backup, 7);
            Snapshots<Map<String, String>> often = snapshots.withInterval(1);

            Seats.log(backup).handle(Seats.DECIDER, often).handle(new FreeSeat("none"));
            assertThat(kept.awaitSaved().sequence()).isEqualTo(7);
            backup.reads.clear();
            Seats.log(backup).handle(Seats.DECIDER, often).handle(new FreeSeat("none"));

            assertThat(backup.reads).extracting(read -> read.options().after()).containsExactly(6L, 7L);
            assertThat(problems).hasSize(1);
        }

        @Test
        void one_that_is_younger_than_the_first_look_at_the_log_is_no_doubt() {
            Seats.take(store, 10);
            kept.beforeLookUp = () -> {
                kept.beforeLookUp = () -> {};
                Seats.take(store, 10);
                restarted().handle(new FreeSeat("none"));
                kept.awaitSaved();
            };

            restarted().handle(new FreeSeat("none"));

            assertThat(problems).isEmpty();
            assertThat(kept.all()).extracting(Snapshot::sequence).containsExactly(20L);
        }

        private Snapshot takeOne() {
            Seats.take(store, 10);
            restarted().handle(new FreeSeat("none"));
            Snapshot snapshot = kept.awaitSaved();
            store.reads.clear();
            return snapshot;
        }

        private void assertIgnored(String reason) {
            assertIgnoredOn(store, reason);
            assertThat(readsOfTheLogAfter()).containsExactly(0L);
        }

        private void assertIgnoredOn(ListEventStore log, String reason) {
            Snapshots<Map<String, String>> undecoding =
                    Snapshots.of(kept, "plan", 1, new Undecoding()).reportingTo(problems::add);

            Seats.log(log).handle(Seats.DECIDER, undecoding).handle(new TakeSeat("S1", "G1"));

            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .startsWith("Ignored the snapshot of ")
                            .contains(reason));
        }
    }

    @Nested
    class A_store_that_fails {

        @Test
        void does_not_fail_a_look_up_nor_its_decision() {
            Seats.take(store, 3);
            kept.beforeLookUp = () -> {
                throw new IllegalStateException("out of order");
            };

            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> restarted().handle(new TakeSeat("S1", "Ada")));
            restarted().handle(new TakeSeat("A", "Ada"));

            assertThat(store.info().head()).isEqualTo(4);
            assertThat(problems)
                    .hasSize(2)
                    .allSatisfy(problem ->
                            assertThat(problem.message()).contains("could not be looked up", "out of order"));
        }

        @Test
        void does_not_fail_a_decision_when_it_saves_and_is_tried_again() {
            Seats.take(store, 10);
            CountDownLatch reported = new CountDownLatch(1);
            kept.beforeSave = snapshot -> {
                kept.beforeSave = again -> {};
                throw new IllegalStateException("out of order");
            };
            Snapshots<Map<String, String>> telling = snapshots.reportingTo(problem -> {
                problems.add(problem);
                reported.countDown();
            });

            restarted(telling).handle(new TakeSeat("A", "Ada"));
            await(reported);
            restarted(telling).handle(new TakeSeat("B", "Bob"));

            assertThat(kept.awaitSaved().sequence()).isEqualTo(11);
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .contains("at sequence 10 could not be taken", "out of order"));
        }

        @Test
        void does_not_fail_a_decision_when_its_listener_fails_too() {
            kept.beforeLookUp = () -> {
                throw new IllegalStateException("out of order");
            };
            Snapshots<Map<String, String>> shouting = snapshots.reportingTo(problem -> {
                throw new IllegalStateException(problem.message());
            });

            assertThatCode(() -> restarted(shouting).handle(new TakeSeat("A", "Ada")))
                    .doesNotThrowAnyException();
        }

        @Test
        void a_text_that_has_no_utf8_form_is_not_kept() throws InterruptedException {
            CountDownLatch reported = new CountDownLatch(1);
            Snapshots<Map<String, String>> halving = Snapshots.of(kept, "plan", 1, new Halving())
                    .withInterval(10)
                    .reportingTo(problem -> {
                        problems.add(problem);
                        reported.countDown();
                    });
            Seats.take(store, 10);

            restarted(halving).handle(new FreeSeat("none"));

            assertThat(reported.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(problems.get(0).message()).contains("half a surrogate pair");
            assertThat(kept.all()).isEmpty();
        }
    }

    @Nested
    class Together {

        @Test
        void decisions_over_random_histories_are_the_same_with_and_without_snapshots() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            ListEventStore other = new ListEventStore();
            CommandHandler<SeatCommand, SeatEvent> reference =
                    Seats.log(other).handle(Seats.DECIDER).within(command -> Seats.seat(command.seat()));
            CommandHandler<SeatCommand, SeatEvent> handler = null;
            for (int round = 0; round < 1_000; round++) {
                if (handler == null || random.nextInt(5) == 0) {
                    handler = restarted(snapshots.withInterval(1 + random.nextInt(5)))
                            .within(command -> Seats.seat(command.seat()))
                            .keepingStates(random.nextInt(3));
                }
                String seat = String.valueOf(random.nextInt(4));
                SeatCommand command = random.nextBoolean()
                        ? new FreeSeat(seat)
                        : new TakeSeat(seat, List.of("Ada", "Bob").get(random.nextInt(2)));

                assertThat(outcome(handler, command))
                        .as("seed %s round %s %s", seed, round, command)
                        .isEqualTo(outcome(reference, command));
            }
            // Savers have threads of their own, and the last decision waits for none.
            assertThat(kept.awaitSaved()).as("seed %s", seed).isNotNull();
            assertThat(problems).as("seed %s", seed).isEmpty();
        }

        @Test
        void racing_handlers_with_snapshots_never_both_take_a_seat() throws Exception {
            int seats = 50;
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                AtomicInteger taken = new AtomicInteger();
                List<Future<?>> running = new CopyOnWriteArrayList<>();
                for (int guest = 0; guest < 4; guest++) {
                    String name = "guest-" + guest;
                    CommandHandler<SeatCommand, SeatEvent> own =
                            restarted(snapshots.withInterval(3)).withMaxAttempts(1_000);
                    running.add(threads.submit(() -> takeEach(own, name, seats, taken)));
                }
                for (Future<?> each : running) {
                    each.get(60, TimeUnit.SECONDS);
                }

                assertThat(taken).hasValue(seats);
                assertThat(store.info().head()).isEqualTo(seats);
                assertThat(problems).isEmpty();
            } finally {
                threads.shutdownNow();
            }
        }

        private void takeEach(
                CommandHandler<SeatCommand, SeatEvent> own, String guest, int seats, AtomicInteger taken) {
            for (int seat = 0; seat < seats; seat++) {
                try {
                    own.handle(new TakeSeat("S" + seat, guest));
                    taken.incrementAndGet();
                } catch (SeatAlreadyTaken e) {
                    assertThat(e.code()).isEqualTo("SEAT_ALREADY_TAKEN");
                }
            }
        }

        private static String outcome(CommandHandler<SeatCommand, SeatEvent> handler, SeatCommand command) {
            try {
                return handler.handle(command).toString();
            } catch (SeatAlreadyTaken e) {
                return e.getMessage();
            }
        }
    }

    /** Writes half a character. */
    private static final class Halving implements StateCodec<Map<String, String>> {

        @Override
        public String encode(Map<String, String> state) {
            return "half \ud83d";
        }

        @Override
        public Map<String, String> decode(String text) {
            throw new Decoded();
        }
    }

    /** Must not be asked to decode. */
    private static final class Undecoding implements StateCodec<Map<String, String>> {

        @Override
        public String encode(Map<String, String> state) {
            return ListSnapshots.PLANS.encode(state);
        }

        @Override
        public Map<String, String> decode(String text) {
            throw new Decoded();
        }
    }

    private static final class Decoded extends RuntimeException {

        private static final long serialVersionUID = 1;

        Decoded() {
            super("Must not be decoded");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
