package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitSignalTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static final Tuning.Looks EACH_MILLISECOND = new Tuning.Looks(Duration.ofMillis(1), Duration.ofMillis(1));

    private final CommitSignal signal = new CommitSignal();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * One waiter looks after the log for all. It ends and wakes the next, whose own time is over before it comes to look: the
     * third has to look then, though nobody in this process appends.
     */
    @Test
    void somebody_looks_on_where_the_one_whose_turn_it_is_runs_out_of_time() throws Exception {
        AtomicLong logHead = new AtomicLong();
        AtomicBoolean closing = new AtomicBoolean();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch secondWaits = new CountDownLatch(1);
        AtomicLong secondIsOver = new AtomicLong(Long.MAX_VALUE);
        AtomicInteger asked = new AtomicInteger();
        CommitSignal.Watch first = new CommitSignal.Watch(
                "first",
                () -> {
                    looks.incrementAndGet();
                    closed.set(closing.get());
                    return 0;
                },
                () -> closed.get() && heldUntil(secondIsOver, asked.incrementAndGet()),
                EACH_MILLISECOND,
                any -> FileWatch.Ticket.UNTOLD);
        Future<Boolean> looker = threads.submit(() -> signal.awaitAfter(0, Duration.ofMinutes(10), first));
        awaitLooks(looks, 2);

        Future<Boolean> second = threads.submit(() -> {
            // Its first look follows the start of its time, so that its time is over by then.
            LongSupplier head = () -> {
                secondIsOver.compareAndSet(Long.MAX_VALUE, System.nanoTime() + SHORT.toNanos());
                return logHead.get();
            };
            return signal.awaitAfter(0, SHORT, watch(secondWaits, head));
        });
        secondWaits.await();
        awaitLooks(looks, looks.get() + 2);
        CountDownLatch thirdWaits = new CountDownLatch(1);
        Future<Boolean> third =
                threads.submit(() -> signal.awaitAfter(0, Duration.ofMinutes(2), watch(thirdWaits, logHead::get)));
        thirdWaits.await();
        awaitLooks(looks, looks.get() + 2);
        logHead.set(1);
        closing.set(true);

        assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
        assertThat(third.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(looker)
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(StoreClosed.class);
        threads.shutdownNow();
    }

    // It tells that it looked when it has looked: whoever waits for that may move the head at once.
    private static CommitSignal.Watch watch(CountDownLatch looked, LongSupplier head) {
        return new CommitSignal.Watch(
                "another",
                () -> {
                    long seen = head.getAsLong();
                    looked.countDown();
                    return seen;
                },
                () -> false,
                EACH_MILLISECOND,
                any -> FileWatch.Ticket.UNTOLD);
    }

    // It is asked the first time after it woke the next one, which cannot go on before it has the lock.
    private static boolean heldUntil(AtomicLong nanoTime, int asked) {
        while (asked == 1 && System.nanoTime() < nanoTime.get()) {
            Thread.onSpinWait();
        }
        return true;
    }

    private static void awaitLooks(AtomicInteger looks, int wanted) {
        while (looks.get() < wanted) {
            Thread.onSpinWait();
        }
    }
}
