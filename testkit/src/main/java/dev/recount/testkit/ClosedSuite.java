package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Use after close is a clear error, and closing again is none. */
abstract class ClosedSuite extends ContractSuite {

    ClosedSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void reading_a_closed_store_is_an_error() {
        assertClosed(() -> store.read(Query.all(), ReadOptions.defaults()));
    }

    @Test
    void reading_nothing_from_a_closed_store_is_an_error() {
        assertClosed(() -> store.read(Query.none(), ReadOptions.defaults()));
    }

    @Test
    void appending_to_a_closed_store_is_an_error_and_stores_nothing() {
        assertClosed(() -> append(event("created")));

        EventStore again = open(LOG);
        assertEquals(0, again.info().head());
    }

    @Test
    void repeating_an_append_on_a_closed_store_is_an_error() {
        Append append = Append.of(List.of(event("created"))).withReceipt("command-7");
        store.append(append);

        assertClosed(() -> store.append(append));
    }

    @Test
    void looking_up_a_receipt_in_a_closed_store_is_an_error() {
        assertClosed(() -> store.receipt("command-7"));
    }

    @Test
    void asking_a_closed_store_for_a_moment_is_an_error() {
        assertClosed(() -> store.sequenceAt(clock.instant()));
    }

    @Test
    void asking_a_closed_store_for_a_mark_is_an_error() {
        assertClosed(() -> store.chainAt(0));
        assertClosed(() -> store.chainsAt(List.of(0L)));
    }

    @Test
    void asking_a_closed_store_about_its_log_is_an_error() {
        assertClosed(() -> store.info());
    }

    @Test
    void waiting_on_a_closed_store_is_an_error_even_where_there_is_something_newer() {
        append(event("created"));

        assertClosed(() -> store.awaitAfter(0, Duration.ZERO));
        assertClosed(() -> store.awaitAfter(1, Duration.ofSeconds(30)));
    }

    @Test
    void closing_again_does_nothing() {
        append(event("created"));

        store.close();
        assertDoesNotThrow(store::close);

        assertClosed(() -> store.info());
        assertEquals(1, open(LOG).info().head());
    }

    @Test
    void closing_one_store_leaves_another_on_the_same_log_open() {
        EventStore another = openAnother();

        store.close();

        assertEquals(1, another.append(Append.of(List.of(event("created")))).first());
    }

    private void assertClosed(Executable use) {
        store.close();
        StoreClosed closed = assertThrows(StoreClosed.class, use);
        String message = String.valueOf(closed.getMessage());
        assertTrue(message.startsWith("The event store "), message);
        assertTrue(message.endsWith(" is closed. Open it again to go on."), message);
    }
}
