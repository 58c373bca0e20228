package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was acknowledged is there after closing and opening again. */
abstract class DurabilitySuite extends ContractSuite {

    DurabilitySuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void every_acknowledged_event_is_there() {
        for (int i = 0; i < 10; i++) {
            append(numbered(5, "round:" + i));
        }

        reopen();

        assertEquals(50, readAll().size());
        assertEquals(5, readAll(Query.tagged("round", "9")).size());
        assertEquals(50, store.info().head());
    }

    @Test
    void a_reopened_log_reads_the_same_in_every_field() {
        append(event("created", "bead:1", "agent:toast")
                .withVersion(3)
                .withOccurredAt(Instant.parse("2024-02-29T23:59:59.123456Z"))
                .withMetadata(Metadata.empty().withActor("mayor").with("host", "ash")));
        append(numbered(3));
        List<StoredEvent> events = readAll();
        LogInfo info = store.info();

        reopen();

        assertEquals(events, readAll());
        assertEquals(info, store.info());
    }

    @Test
    void a_log_can_be_reopened_many_times() {
        for (int i = 1; i <= 5; i++) {
            append(event("opened"));
            reopen();
            assertEquals(i, store.info().head());
        }
    }

    @Test
    void another_store_on_the_log_sees_an_acknowledged_event_at_once() {
        EventStore another = openAnother();
        for (int i = 0; i < 20; i++) {
            append(event("created", "bead:" + i));
            assertEquals(readAll(), Pages.readAll(another, Query.all(), ReadOptions.defaults()));
        }
    }
}
