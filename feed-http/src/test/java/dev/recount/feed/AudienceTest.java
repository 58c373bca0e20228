package dev.recount.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.feed.Audience.Place;
import dev.recount.feed.FeedOptions.Limits;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AudienceTest {

    private static final Sight SIGHT = new Sight(Optional.of("gastown"), Query.all());
    private static final EventWriter WRITER = new EventWriter(EventJson.standard());

    private final AtomicLong now = new AtomicLong();
    private final Audience audience = new Audience(SIGHT, WRITER, now::get);
    private final StreamThread one = new StreamThread(audience);
    private final AtomicInteger reads = new AtomicInteger();

    private RigRead read() {
        reads.incrementAndGet();
        return new RigRead(
                new Part("", List.of(), false), new Cursor(7, ""), List.of(), List.of(), new Cursor(7, ""), 7, 0);
    }

    private void enterTwo() {
        audience.enter(one);
        audience.enter(new StreamThread(audience));
    }

    @Test
    void what_was_read_of_one_log_is_nothing_of_another() {
        enterTwo();

        audience.after(new Place("one", 3), this::read);
        audience.after(new Place("one", 3), this::read);
        audience.after(new Place("another", 3), this::read);

        assertThat(reads).hasValue(2);
    }

    @Test
    void what_was_read_is_read_again_after_more_than_a_second() {
        enterTwo();

        audience.after(new Place("one", 3), this::read);
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        audience.after(new Place("one", 3), this::read);
        assertThat(reads).hasValue(1);
        now.incrementAndGet();
        audience.after(new Place("one", 3), this::read);

        assertThat(reads).hasValue(2);
    }

    @Test
    void nothing_is_kept_for_one_stream() {
        enterTwo();
        audience.after(new Place("one", 3), this::read);

        audience.leave(one);
        audience.forgetOld();
        audience.enter(one);
        audience.after(new Place("one", 3), this::read);

        assertThat(reads).hasValue(2);
    }

    @Test
    void who_waits_for_a_store_that_is_away_does_not_try_it_too() throws Exception {
        enterTwo();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        Thread first = new Thread(() -> assertThatThrownBy(() -> audience.after(new Place("one", 3), () -> {
                    reading.countDown();
                    await(waiting);
                    throw new StoreUnavailable("The disk is away. Bring it back.", null);
                }))
                .isInstanceOf(StoreUnavailable.class));
        FutureTask<RigRead> second = new FutureTask<>(() -> audience.after(new Place("one", 3), this::read));
        Thread secondThread = new Thread(second);

        first.start();
        await(reading);
        secondThread.start();
        while (secondThread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        waiting.countDown();

        assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(reads).hasValue(0);
        audience.after(new Place("one", 3), this::read);
        assertThat(reads).hasValue(1);
    }

    @Test
    void who_could_not_enter_is_not_waited_for() {
        AtomicInteger pulses = new AtomicInteger();
        RigLog log = new RigLog("gastown", MemoryEventStore.create());
        Subject failing = new Subject() {
            @Override
            public Optional<String> rig() {
                return log.rig();
            }

            @Override
            public Subject ofRig(String name) {
                return log.ofRig(name);
            }

            @Override
            public PageSource page(FeedRequest request) {
                return log.page(request);
            }

            @Override
            public StreamSource stream(FeedRequest request) {
                return log.stream(request);
            }

            @Override
            public Pulse pulse() {
                pulses.incrementAndGet();
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        Duration minute = Duration.ofMinutes(1);
        Clients clients = new Clients(new Limits(minute, minute, minute, 10), failing, WRITER);

        assertThatThrownBy(() -> clients.enter(SIGHT)).isInstanceOf(OutOfMemoryError.class);

        assertThat(pulses).hasValue(1);
        assertThat(clients.announce(sight -> true)).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
