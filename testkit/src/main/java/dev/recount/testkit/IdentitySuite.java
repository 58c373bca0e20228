package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log has an identity, so a cursor cannot be used on another by accident. */
abstract class IdentitySuite extends ContractSuite {

    IdentitySuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void a_log_has_an_id() {
        assertFalse(store.info().logId().isBlank());
    }

    @Test
    void the_id_stays_the_same_over_appends_and_reopening() {
        String id = store.info().logId();

        append(numbered(3));
        assertEquals(id, store.info().logId());
        reopen();

        assertEquals(id, store.info().logId());
    }

    @Test
    void two_stores_on_one_log_tell_the_same_id() {
        assertEquals(store.info().logId(), openAnother().info().logId());
    }

    @Test
    void two_logs_have_different_ids() {
        assertNotEquals(store.info().logId(), open("other").info().logId());
    }

    @Test
    void two_logs_never_see_each_others_events() {
        EventStore other = open("other");

        append(event("created", "bead:1"));

        assertEquals(List.of(), Pages.readAll(other, Query.all(), ReadOptions.defaults()));
        assertEquals(0, other.info().head());
    }
}
