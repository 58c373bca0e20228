package dev.recount.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.event.StoredEvent;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ListEventStore store = new ListEventStore();
    private final List<Long> heard = new CopyOnWriteArrayList<>();

    @Nested
    class Reading_on {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500, 1_000, 1_001})
        void gives_what_is_stored_and_then_what_comes(int stored) throws Exception {
            Seats.take(store, stored);

            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(subscription.awaitSequence(stored, LONG)).isTrue();
                Seats.take(store, 2);
                assertThat(subscription.awaitSequence(stored + 2, LONG)).isTrue();
            }

            assertThat(heard).containsExactlyElementsOf(sequences(1, stored + 2));
        }

        @Test
        void neither_skips_nor_repeats_while_many_append_at_the_hand_over_to_live() throws Exception {
            Seats.take(store, 700);
            int writers = 4;
            CyclicBarrier handOver = new CyclicBarrier(writers + 1);
            AtomicBoolean once = new AtomicBoolean();
            store.beforeWait = sequence -> {
                if (once.compareAndSet(false, true)) {
                    await(handOver);
                }
            };
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                threads.add(new Thread(() -> {
                    await(handOver);
                    for (int n = 0; n < 200; n++) {
                        Seats.take(store, 1 + n % 3);
                    }
                }));
            }
            threads.forEach(Thread::start);

            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                for (Thread thread : threads) {
                    thread.join();
                }
                assertThat(subscription.awaitSequence(store.info().head(), LONG))
                        .isTrue();
            }

            assertThat(heard)
                    .containsExactlyElementsOf(sequences(1, store.info().head()));
        }

        @Test
        void of_a_query_gives_what_it_finds_and_gets_on_past_the_rest() throws Exception {
            Seats.take(store, 5);

            try (Subscription subscription =
                    start(SubscriptionOptions.defaults().matching(Seats.seat("S3")))) {
                assertThat(subscription.awaitSequence(5, LONG)).isTrue();
                Seats.take(store, 2);
                assertThat(subscription.awaitSequence(7, LONG)).isTrue();
                assertThat(subscription.checkpoint()).isEqualTo(new Checkpoint("log-a", 7));
            }

            assertThat(heard).containsExactly(3L);
            assertThat(store.reads).allSatisfy(read -> assertThat(read.query()).isEqualTo(Seats.seat("S3")));
        }

        @Test
        void short_pages_are_read_without_waiting_between_them() throws Exception {
            Seats.take(store, 10);
            store.longestPage = 3;
            List<Long> waits = new CopyOnWriteArrayList<>();
            CountDownLatch waiting = new CountDownLatch(1);
            store.beforeWait = sequence -> {
                waits.add(sequence);
                waiting.countDown();
            };

            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(subscription.checkpoint().sequence()).isEqualTo(10);
            }

            assertThat(waits).containsExactly(10L);
            assertThat(heard).containsExactlyElementsOf(sequences(1, 10));
        }
    }

    @Nested
    class From {

        @Test
        void a_checkpoint_it_goes_on_after_it() throws Exception {
            Seats.take(store, 6);
            Checkpoint saved;
            try (Subscription first = start(SubscriptionOptions.defaults())) {
                first.awaitSequence(6, LONG);
                saved = first.checkpoint();
            }
            Seats.take(store, 2);

            try (Subscription second = start(SubscriptionOptions.defaults().from(saved))) {
                assertThat(second.awaitSequence(8, LONG)).isTrue();
            }

            assertThat(heard).containsExactlyElementsOf(sequences(1, 8));
        }

        @Test
        void the_head_it_gives_only_what_comes() throws Exception {
            Seats.take(store, 6);

            try (Subscription subscription =
                    start(SubscriptionOptions.defaults().fromHead())) {
                assertThat(subscription.checkpoint().sequence()).isEqualTo(6);
                Seats.take(store, 1);
                assertThat(subscription.awaitSequence(7, LONG)).isTrue();
            }

            assertThat(heard).containsExactly(7L);
        }

        @Test
        void the_start_it_begins_at_the_floor() throws Exception {
            Seats.take(store, 6);
            store.floor = 4;

            try (Subscription subscription =
                    start(SubscriptionOptions.defaults().fromHead().fromStart())) {
                assertThat(subscription.awaitSequence(6, LONG)).isTrue();
            }

            assertThat(heard).containsExactly(5L, 6L);
        }

        @ParameterizedTest
        @CsvSource({"log-b, 5, OTHER_LOG", "log-a, 7, AHEAD_OF_HEAD", "log-a, 3, BELOW_FLOOR", "log-a, -1, BELOW_FLOOR"
        })
        void an_unusable_checkpoint_it_does_not_start(String logId, long sequence, Reason reason) {
            Seats.take(store, 6);
            store.floor = 4;
            SubscriptionOptions options = SubscriptionOptions.defaults().from(new Checkpoint(logId, sequence));

            assertThatExceptionOfType(UnusableCheckpoint.class)
                    .isThrownBy(() -> start(options))
                    .withMessageEndingWith("Rebuild from the start of the log.")
                    .satisfies(unusable -> assertThat(unusable.reason()).isEqualTo(reason));
        }

        @ParameterizedTest
        @ValueSource(longs = {4, 6})
        void a_checkpoint_at_the_floor_or_at_the_head_it_starts(long sequence) throws Exception {
            Seats.take(store, 6);
            store.floor = 4;

            try (Subscription subscription =
                    start(SubscriptionOptions.defaults().from(new Checkpoint("log-a", sequence)))) {
                assertThat(subscription.awaitSequence(6, LONG)).isTrue();
            }

            assertThat(heard).containsExactlyElementsOf(sequences(sequence + 1, 6));
        }

        @Test
        void a_closed_store_it_does_not_start() {
            store.close();

            assertThatExceptionOfType(StoreClosed.class).isThrownBy(() -> start(SubscriptionOptions.defaults()));
        }
    }

    @Nested
    class A_failing_listener {

        @Test
        void ends_its_subscription_before_the_event_and_harms_nobody_else() throws Exception {
            Seats.take(store, 5);
            RuntimeException bug = new IllegalArgumentException("no third");

            try (Subscription other = start(SubscriptionOptions.defaults());
                    Subscription failing =
                            Subscription.start(store, SubscriptionOptions.defaults(), failingAt(3, bug))) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> failing.awaitSequence(5, LONG))
                        .withMessage(
                                "The subscription ended at sequence 2, before 5: java.lang.IllegalArgumentException: no third")
                        .withCause(bug);
                assertThat(failing.failure()).contains(bug);
                assertThat(failing.checkpoint().sequence()).isEqualTo(2);
                assertThat(failing.isRunning()).isFalse();
                assertThat(failing.awaitSequence(2, Duration.ZERO)).isTrue();

                Seats.take(store, 1);
                assertThat(other.awaitSequence(6, LONG)).isTrue();
                assertThat(other.failure()).isEmpty();
            }
        }

        @Test
        void may_throw_an_error_too() {
            Seats.take(store, 1);
            Error error = new StackOverflowError("deep");

            try (Subscription failing = Subscription.start(store, SubscriptionOptions.defaults(), event -> {
                throw error;
            })) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> failing.awaitSequence(1, LONG))
                        .withCause(error);
            }
        }

        @Test
        void is_not_called_again_with_the_event_it_found_a_store_unavailable_for() {
            Seats.take(store, 2);
            StoreUnavailable unavailable = new StoreUnavailable("The index is locked. Try later.", null);
            AtomicInteger calls = new AtomicInteger();

            try (Subscription failing = Subscription.start(store, SubscriptionOptions.defaults(), event -> {
                calls.incrementAndGet();
                throw unavailable;
            })) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> failing.awaitSequence(1, LONG))
                        .withCause(unavailable);
                assertThat(failing.checkpoint().sequence()).isZero();
            }

            assertThat(calls).hasValue(1);
        }
    }

    @Nested
    class The_store {

        @Test
        void unavailable_is_waited_out_in_reading_and_in_waiting() throws Exception {
            Seats.take(store, 2);
            AtomicInteger reads = new AtomicInteger();
            AtomicInteger waits = new AtomicInteger();
            store.beforeRead = read -> failFirst(3, reads);
            store.beforeWait = sequence -> failFirst(2, waits);

            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(subscription.awaitSequence(2, LONG)).isTrue();
                Seats.take(store, 1);
                assertThat(subscription.awaitSequence(3, LONG)).isTrue();
                assertThat(subscription.failure()).isEmpty();
            }

            assertThat(heard).containsExactly(1L, 2L, 3L);
            assertThat(reads.get()).isGreaterThan(3);
        }

        @Test
        void closed_ends_the_subscription_and_says_so() throws Exception {
            CountDownLatch waiting = new CountDownLatch(1);
            store.beforeWait = sequence -> waiting.countDown();

            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
                store.close();

                assertThatIllegalStateException()
                        .isThrownBy(() -> subscription.awaitSequence(1, LONG))
                        .withCauseInstanceOf(StoreClosed.class);
                assertThat(subscription.failure()).containsInstanceOf(StoreClosed.class);
            }
        }

        private void failFirst(int times, AtomicInteger calls) {
            if (calls.incrementAndGet() <= times) {
                throw new StoreUnavailable("Locked. Try later.", null);
            }
        }
    }

    @Nested
    class Await_sequence {

        @Test
        void is_false_when_the_time_is_over() throws Exception {
            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(subscription.awaitSequence(1, Duration.ofMillis(1))).isFalse();
                assertThat(subscription.awaitSequence(1, Duration.ZERO)).isFalse();
                assertThat(subscription.awaitSequence(1, Duration.ofSeconds(-1)))
                        .isFalse();
                assertThat(subscription.awaitSequence(0, Duration.ZERO)).isTrue();
            }
        }

        @Test
        void takes_a_timeout_of_ages() throws Exception {
            Seats.take(store, 1);
            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                assertThat(subscription.awaitSequence(1, ChronoUnit.FOREVER.getDuration()))
                        .isTrue();
            }
        }

        @Test
        void fails_when_the_subscription_was_closed_before() {
            Subscription subscription = start(SubscriptionOptions.defaults());

            subscription.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> subscription.awaitSequence(1, LONG))
                    .withMessage("The subscription ended at sequence 0, before 1: it was closed.")
                    .withNoCause();
        }

        @Test
        void is_woken_by_close() throws Exception {
            Subscription subscription = start(SubscriptionOptions.defaults());
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            Thread waiter = new Thread(() -> {
                try {
                    subscription.awaitSequence(1, LONG);
                } catch (IllegalStateException | InterruptedException e) {
                    failures.add(e);
                }
            });
            waiter.start();

            subscription.close();
            waiter.join();

            assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        }

        @Test
        void is_ended_by_an_interrupt() {
            try (Subscription subscription = start(SubscriptionOptions.defaults())) {
                Thread.currentThread().interrupt();

                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> subscription.awaitSequence(1, LONG));
                assertThat(subscription.isRunning()).isTrue();
            }
        }
    }

    @Test
    void runs_on_a_daemon_thread_or_on_one_of_the_callers() throws Exception {
        Seats.take(store, 1);
        List<Thread> threads = new CopyOnWriteArrayList<>();

        for (SubscriptionOptions options : List.of(
                SubscriptionOptions.defaults(),
                SubscriptionOptions.defaults().onThreadOf(task -> new Thread(task, "mine")))) {
            try (Subscription subscription =
                    Subscription.start(store, options, event -> threads.add(Thread.currentThread()))) {
                subscription.awaitSequence(1, LONG);
            }
        }

        assertThat(threads).extracting(Thread::getName).containsExactly("recount-subscription", "mine");
        assertThat(threads.get(0).isDaemon()).isTrue();
    }

    private Subscription start(SubscriptionOptions options) {
        return Subscription.start(store, options, event -> heard.add(event.sequence()));
    }

    private static Consumer<StoredEvent> failingAt(long sequence, RuntimeException failure) {
        return event -> {
            if (event.sequence() == sequence) {
                throw failure;
            }
        };
    }

    private static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Nobody came to the barrier", e);
        }
    }
}
