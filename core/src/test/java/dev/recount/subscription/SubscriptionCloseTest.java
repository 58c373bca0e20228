package dev.recount.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SubscriptionCloseTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final ListEventStore store = new ListEventStore();
    private final List<Long> heard = new CopyOnWriteArrayList<>();

    @Test
    void while_it_waits_wakes_it() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        store.beforeWait = sequence -> waiting.countDown();
        Subscription subscription = start(event -> heard.add(event.sequence()));
        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

        subscription.close();

        assertEndedWithoutFailure(subscription);
        Seats.take(store, 1);
        assertThat(heard).isEmpty();
    }

    @Test
    void while_the_store_is_unavailable_wakes_it() throws Exception {
        CountDownLatch tried = new CountDownLatch(8);
        store.beforeRead = read -> {
            tried.countDown();
            throw new StoreUnavailable("Locked. Try later.", null);
        };
        Subscription subscription = start(event -> heard.add(event.sequence()));
        assertThat(tried.await(60, TimeUnit.SECONDS)).isTrue();

        subscription.close();

        assertEndedWithoutFailure(subscription);
    }

    @Test
    void lets_the_listener_finish_its_event_uninterrupted_and_calls_it_no_more() throws Exception {
        Seats.take(store, 3);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean undisturbed = new AtomicBoolean();
        Subscription subscription = start(event -> {
            heard.add(event.sequence());
            inside.countDown();
            undisturbed.set(awaitQuietly(goOn));
        });
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

        Thread closing = new Thread(subscription::close);
        closing.start();
        awaitJoining(closing);
        goOn.countDown();
        closing.join();

        assertThat(undisturbed).isTrue();
        assertThat(heard).containsExactly(1L);
        assertThat(subscription.checkpoint().sequence()).isEqualTo(1);
        assertEndedWithoutFailure(subscription);
    }

    @Test
    void from_the_listener_itself_ends_it_after_this_event() throws Exception {
        Seats.take(store, 3);
        AtomicReference<Subscription> self = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        self.set(start(event -> {
            awaitQuietly(started);
            thread.set(Thread.currentThread());
            heard.add(event.sequence());
            self.get().close();
            self.get().close();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }));
        started.countDown();

        assertThat(self.get().awaitSequence(1, LONG)).isTrue();
        self.get().close();

        assertThat(heard).containsExactly(1L);
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(self.get().checkpoint().sequence()).isEqualTo(1);
        assertEndedWithoutFailure(self.get());
    }

    @Test
    void again_does_nothing() {
        Subscription subscription = start(event -> {});

        subscription.close();
        subscription.close();

        assertEndedWithoutFailure(subscription);
    }

    @Test
    void an_interrupted_closer_still_waits_for_the_listener_and_stays_interrupted() throws Exception {
        Seats.take(store, 1);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        Thread closer = Thread.currentThread();
        Subscription subscription = start(event -> {
            inside.countDown();
            awaitJoining(closer);
            left.set(true);
        });
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        closer.interrupt();

        subscription.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(left).isTrue();
    }

    @Test
    void by_many_at_once_while_events_come_never_calls_the_listener_afterwards() throws Exception {
        for (int round = 0; round < 100; round++) {
            AtomicBoolean closed = new AtomicBoolean();
            AtomicBoolean calledAfterClose = new AtomicBoolean();
            Subscription subscription = start(event -> calledAfterClose.compareAndSet(false, closed.get()));
            List<CompletableFuture<Void>> racing = new ArrayList<>();
            racing.add(CompletableFuture.runAsync(() -> Seats.take(store, 1)));
            for (int i = 0; i < 3; i++) {
                racing.add(CompletableFuture.runAsync(() -> {
                    subscription.close();
                    closed.set(true);
                }));
            }
            for (CompletableFuture<Void> each : racing) {
                each.get(60, TimeUnit.SECONDS);
            }
            Seats.take(store, 1);

            assertThat(calledAfterClose).as("round %s", round).isFalse();
            assertEndedWithoutFailure(subscription);
        }
    }

    @Test
    void before_the_store_is_closed_leaves_no_failure() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Thread closer = Thread.currentThread();
        store.beforeRead = read -> {
            reading.countDown();
            awaitJoining(closer);
            store.close();
        };
        Subscription subscription = start(event -> heard.add(event.sequence()));
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();

        subscription.close();

        assertEndedWithoutFailure(subscription);
    }

    @Test
    void of_an_event_that_fails_meanwhile_keeps_the_failure() throws Exception {
        Seats.take(store, 1);
        AtomicReference<Subscription> self = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        IllegalArgumentException bug = new IllegalArgumentException("too late");
        self.set(start(event -> {
            awaitQuietly(started);
            inside.countDown();
            self.get().close();
            throw bug;
        }));
        started.countDown();
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();

        self.get().close();

        assertThat(self.get().failure()).contains(bug);
        assertThat(self.get().checkpoint().sequence()).isZero();
    }

    private Subscription start(Consumer<StoredEvent> listener) {
        return Subscription.start(store, SubscriptionOptions.defaults(), listener);
    }

    private static void assertEndedWithoutFailure(Subscription subscription) {
        assertThat(subscription.isRunning()).isFalse();
        assertThat(subscription.failure()).isEmpty();
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns once {@code closer} has asked the subscription to end, since it joins the listener's thread only then. */
    private static void awaitJoining(Thread closer) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (closer.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(closer.getState()).isEqualTo(Thread.State.WAITING);
    }
}
