package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.decider.Projector;
import dev.recount.replay.Replay;
import dev.recount.replay.Replayed;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever is reading when the floor passes gets everything in order or is told; nothing is skipped in silence. */
abstract class ReadersUnderRetentionSuite extends ContractSuite {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Query EITHER = Query.tagged("colour", "red").or(Query.ofTypes("never"));

    ReadersUnderRetentionSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void a_subscription_that_falls_behind_the_floor_ends_and_says_why() throws Exception {
        append(numbered(3_000));
        CountDownLatch removed = new CountDownLatch(1);
        List<Long> heard = new ArrayList<>();

        try (Subscription subscription = Subscription.start(store, SubscriptionOptions.defaults(), event -> {
            await(removed);
            heard.add(event.sequence());
        })) {
            retain(Retention.newest(1));
            removed.countDown();
            assertThrows(IllegalStateException.class, () -> subscription.awaitSequence(3_000, PATIENCE));

            UnusableCheckpoint failure = assertInstanceOf(
                    UnusableCheckpoint.class, subscription.failure().orElseThrow());
            assertEquals(UnusableCheckpoint.Reason.BELOW_FLOOR, failure.reason());
            assertFollowEachOther(0, heard);
        }
    }

    @Test
    void a_subscription_that_has_read_nothing_yet_is_told_too() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        EventStore slow = new PausingStore(store, () -> {
            if (first.getAndSet(false)) {
                append(numbered(20));
                retain(Retention.newest(5));
            }
        });

        try (Subscription subscription =
                Subscription.start(slow, SubscriptionOptions.defaults().fromHead(), event -> {})) {
            assertThrows(IllegalStateException.class, () -> subscription.awaitSequence(20, PATIENCE));
            assertInstanceOf(UnusableCheckpoint.class, subscription.failure().orElseThrow());
        }
    }

    @Test
    void a_replay_whose_next_page_was_removed_fails() {
        append(numbered(3_000));
        Replay<Long, String> replay = log().replay(new Counting())
                .withPageSize(10)
                .onOneThread()
                .reportingTo(progress -> retain(Retention.newest(1)));

        assertThrows(EventsRemoved.class, replay::run);
    }

    @Test
    void a_replay_that_reads_ahead_gives_all_or_fails() {
        append(numbered(3_000));
        Replay<Long, String> replay =
                log().replay(new Counting()).withPageSize(10).reportingTo(progress -> retain(Retention.newest(1)));

        assertThrows(EventsRemoved.class, replay::run);
    }

    @Test
    void a_replay_of_what_is_left_says_where_it_begins() {
        append(numbered(30));
        assertEquals(0, log().replay(new Counting()).run().after());

        retain(Retention.newest(10));

        Replayed<Long> replayed = log().replay(new Counting()).run();
        assertEquals(List.of(10L, 20L, 30L), List.of(replayed.state(), replayed.after(), replayed.sequence()));
    }

    @Test
    void a_replay_that_ends_below_the_floor_fails() {
        append(numbered(30));
        retain(Retention.newest(10));

        assertThrows(
                EventsRemoved.class,
                () -> log().replay(new Counting()).until(15).run());
        assertEquals(0, log().replay(new Counting()).until(0).run().state());
    }

    @Test
    void a_history_whose_next_page_was_removed_fails() {
        append(numbered(3_000));
        Iterator<RecordedEvent<String>> history = log().read(Query.all()).iterator();
        assertEquals(1, history.next().stored().sequence());

        retain(Retention.newest(1));

        assertThrows(EventsRemoved.class, () -> history.forEachRemaining(event -> {}));
    }

    @Test
    void no_page_ends_too_early_while_the_floor_moves() throws Exception {
        append(numbered(500, "colour:red"));
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Boolean>> tasks =
                List.of(() -> readWhile(done, Query.all()), () -> readWhile(done, EITHER), () -> {
                    appendAndRetain(done);
                    return true;
                });

        assertFalse(Threads.together(tasks).contains(false));
    }

    private void appendAndRetain(AtomicBoolean done) {
        try (EventStore writer = openAnother()) {
            for (int i = 0; i < 150; i++) {
                writer.append(Append.of(numbered(40, "colour:red")));
                retain(Retention.newest(300));
            }
        } finally {
            done.set(true);
        }
    }

    private boolean readWhile(AtomicBoolean done, Query query) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = !done.get();
            try {
                readOnce(query);
            } catch (EventsRemoved told) {
                assertTrue(told.after() < told.floor());
            }
        }
        return true;
    }

    // Every event matches, so a page shows whether one is missing.
    private void readOnce(Query query) {
        long after = 0;
        Page page;
        do {
            page = store.read(query, ReadOptions.defaults().after(after).withLimit(70));
            List<Long> sequences = sequences(page.events());
            assertFalse(sequences.isEmpty(), "nothing after " + after);
            assertFollowEachOther(after == 0 ? sequences.get(0) - 1 : after, sequences);
            after = sequences.get(sequences.size() - 1);
            assertEquals(after, page.upTo());
        } while (!page.complete());
    }

    private EventLog<String> log() {
        return EventLog.of(store, new TypesOnly());
    }

    private static void assertFollowEachOther(long before, List<Long> sequences) {
        long last = before;
        for (long sequence : sequences) {
            assertEquals(last + 1, sequence, "after " + last);
            last = sequence;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many events there were. */
    private static final class Counting implements Projector<Long, String> {

        @Override
        public Long initialState() {
            return 0L;
        }

        @Override
        public Long project(Long state, String event) {
            return state + 1;
        }
    }
}
