package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sequences are unique, increasing and never used again. */
abstract class OrderSuite extends ContractSuite {

    OrderSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void the_head_of_an_empty_log_is_0() {
        assertEquals(0, store.info().head());
        assertEquals(List.of(), readAll());
    }

    @Test
    void sequences_count_1_2_3() {
        append(numbered(2));
        append(numbered(1));

        assertEquals(List.of(1L, 2L, 3L), sequences(readAll()));
        assertEquals(3, store.info().head());
    }

    @Test
    void an_outcome_says_which_sequences_its_events_have() {
        Appended first = append(event("created"), event("hooked"));
        Appended second = append(event("closed"));

        assertEquals(new Appended(1, 2, false), first);
        assertEquals(new Appended(3, 3, false), second);
    }

    @Test
    void events_are_read_in_the_order_in_which_they_were_appended() {
        append(event("created"), event("hooked"));
        append(event("closed"));

        assertEquals(List.of("created", "hooked", "closed"), types(readAll()));
    }

    @Test
    void newest_first_is_the_same_order_backwards() {
        append(event("created"), event("hooked"));
        append(event("closed"));

        List<StoredEvent> backwards =
                Pages.readAll(store, Query.all(), ReadOptions.defaults().newestFirst());

        assertEquals(List.of(3L, 2L, 1L), sequences(backwards));
        assertEquals(List.of("closed", "hooked", "created"), types(backwards));
    }

    @Test
    void sequences_go_on_after_reopening() {
        long head = append(numbered(3)).last();

        reopen();
        Appended next = append(event("closed"));

        assertEquals(head + 1, next.first());
        assertEquals(List.of(1L, 2L, 3L, 4L), sequences(readAll()));
    }

    @Test
    void two_stores_on_one_log_share_one_order() {
        EventStore another = openAnother();

        append(event("created"));
        Appended second = another.append(Append.of(List.of(event("hooked"))));
        Appended third = append(event("closed"));

        assertTrue(second.first() == 2 && third.first() == 3, second + " then " + third);
        assertEquals(readAll(), Pages.readAll(another, Query.all(), ReadOptions.defaults()));
    }
}
