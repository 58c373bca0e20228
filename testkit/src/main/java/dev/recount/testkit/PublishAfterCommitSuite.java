package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits is woken after the commit, and never by an append that was refused. */
abstract class PublishAfterCommitSuite extends ContractSuite {

    // Longer than anybody is waited for, so that who is told by the end of its time only was not woken.
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    PublishAfterCommitSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void waiting_ends_at_once_where_there_is_something_newer() throws Exception {
        append(numbered(3));

        assertTrue(store.awaitAfter(0, LONG));
        assertTrue(store.awaitAfter(2, Duration.ZERO));
    }

    @Test
    void waiting_ends_with_false_when_the_time_is_over() throws Exception {
        append(numbered(3));

        assertFalse(store.awaitAfter(3, SHORT));
        assertFalse(store.awaitAfter(3, Duration.ZERO));
        assertFalse(store.awaitAfter(3, Duration.ofSeconds(-1)));
        assertFalse(store.awaitAfter(1000, SHORT));
    }

    @Test
    void no_time_to_wait_is_too_long_or_too_far_below_zero() throws Exception {
        append(numbered(3));

        assertTrue(store.awaitAfter(2, Duration.ofSeconds(Long.MAX_VALUE)));
        assertFalse(store.awaitAfter(3, Duration.ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void a_waiting_reader_is_woken_by_an_append() throws Exception {
        Threads.Running<Boolean> waiting = waitingOn(store, 0);

        append(event("created"));

        assertTrue(waiting.result(patience().toSeconds()));
    }

    @Test
    void a_waiting_reader_is_woken_by_an_append_through_another_store() throws Exception {
        EventStore another = openAnother();
        Threads.Running<Boolean> waiting = waitingOn(another, 0);

        append(event("created"));

        assertTrue(waiting.result(patience().toSeconds()));
    }

    @Test
    void who_is_woken_can_read_what_woke_it() throws Exception {
        for (int i = 0; i < 50; i++) {
            long head = i;
            Threads.Running<Integer> reader = Threads.start(() -> {
                assertTrue(store.awaitAfter(head, LONG));
                return store.read(Query.all(), ReadOptions.defaults().after(head))
                        .events()
                        .size();
            });
            append(event("created"));
            assertEquals(1, reader.result(patience().toSeconds()), "events readable after waking");
        }
    }

    @Test
    void all_who_wait_are_woken() throws Exception {
        List<Threads.Running<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(waitingOn(store, 0));
        }

        append(event("created"));

        for (Threads.Running<Boolean> each : waiting) {
            assertTrue(each.result(patience().toSeconds()));
        }
    }

    @Test
    void who_waits_for_a_later_sequence_waits_on() throws Exception {
        Threads.Running<Boolean> waiting = waitingOn(store, 2);

        append(numbered(2));
        assertFalse(
                waiting.task().isDone() && waiting.result(patience().toSeconds()),
                "woken by sequence 2 while waiting after 2");
        append(event("closed"));

        assertTrue(waiting.result(patience().toSeconds()));
    }

    @Test
    void a_refused_append_is_never_seen_and_wakes_nobody() throws Exception {
        append(event("created"));
        Threads.Running<Boolean> waiting = Threads.start(() -> store.awaitAfter(1, Duration.ofMillis(100)));

        Append refused = Append.of(numbered(3)).when(AppendCondition.noneMatching(Query.all()));
        assertThrows(AppendConditionFailed.class, () -> store.append(refused));

        assertFalse(waiting.result(patience().toSeconds()));
        assertEquals(1, readAll().size());
        assertEquals(1, store.info().head());
    }

    @Test
    void an_append_of_no_events_gives_nothing_to_read() throws Exception {
        store.append(Append.of(List.of()).withReceiptFor("command-7", "hook"));

        assertFalse(store.awaitAfter(0, SHORT));
    }

    @Test
    void closing_wakes_all_who_wait() {
        List<Threads.Running<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(waitingOn(store, 0));
        }

        store.close();

        for (Threads.Running<Boolean> each : waiting) {
            assertThrows(StoreClosed.class, () -> each.result(patience().toSeconds()));
        }
    }

    @Test
    void closing_one_store_leaves_those_who_wait_on_another() throws Exception {
        EventStore another = openAnother();
        Threads.Running<Boolean> waiting = waitingOn(another, 0);

        store.close();
        another.append(Append.of(List.of(event("created"))));

        assertTrue(waiting.result(patience().toSeconds()));
    }

    private static Threads.Running<Boolean> waitingOn(EventStore target, long after) {
        return Threads.start(() -> target.awaitAfter(after, LONG)).untilItWaits();
    }
}
