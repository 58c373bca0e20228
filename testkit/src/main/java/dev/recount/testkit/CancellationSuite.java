package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An interrupted caller leaves a whole append or none, and keeps its interrupt status. */
abstract class CancellationSuite extends ContractSuite {

    CancellationSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void an_append_by_an_interrupted_caller_is_stored_whole_or_not_at_all() throws Exception {
        boolean stored = Threads.start(() -> {
                    Thread.currentThread().interrupt();
                    boolean accepted = accepts(Append.of(numbered(7)));
                    assertTrue(Thread.currentThread().isInterrupted(), "The interrupt status must be kept");
                    return accepted;
                })
                .result(60);

        assertEquals(stored ? 7 : 0, readAll().size());
        storeIsUsable();
    }

    @Test
    void a_read_by_an_interrupted_caller_harms_nothing() throws Exception {
        append(numbered(3));

        boolean kept = Threads.start(() -> {
                    Thread.currentThread().interrupt();
                    assertEquals(3, readAll().size());
                    assertEquals(3, store.info().head());
                    return Thread.currentThread().isInterrupted();
                })
                .result(60);

        assertTrue(kept, "The interrupt status must be kept");
        storeIsUsable();
    }

    @Test
    void appends_interrupted_at_any_moment_are_stored_whole_or_not_at_all() throws Exception {
        for (int round = 0; round < 30; round++) {
            long before = store.info().head();
            Threads.Running<Boolean> writing = Threads.start(() -> accepts(Append.of(numbered(7))));
            writing.thread().interrupt();

            boolean stored = writing.result(60);

            assertEquals(before + (stored ? 7 : 0), store.info().head(), "round " + round);
        }
        storeIsUsable();
    }

    @Test
    void an_interrupt_ends_waiting() throws Exception {
        Threads.Running<Boolean> waiting =
                Threads.start(() -> store.awaitAfter(0, Duration.ofMinutes(10))).untilItWaits();

        waiting.thread().interrupt();

        assertThrows(InterruptedException.class, () -> waiting.result(patience().toSeconds()));
        storeIsUsable();
    }

    private void storeIsUsable() {
        long head = store.info().head();
        assertEquals(head + 1, append(event("noted")).first());
        reopen();
        assertEquals(head + 1, readAll().size());
    }

    /** Whether it was stored; to refuse an interrupted caller is a store's right, but only as unavailable. */
    private boolean accepts(Append append) {
        try {
            store.append(append);
            return true;
        } catch (StoreUnavailable e) {
            return false;
        }
    }
}
