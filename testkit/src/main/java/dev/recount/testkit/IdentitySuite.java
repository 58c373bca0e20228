package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    void every_sequence_up_to_the_head_has_a_mark_of_hexadecimal_digits() {
        append(numbered(3));

        for (long sequence = 0; sequence <= 3; sequence++) {
            String mark = store.chainAt(sequence).orElseThrow();
            assertTrue(mark.matches("[0-9a-f]{32,}"), "mark at " + sequence + ": " + mark);
        }
        assertEquals(Optional.empty(), store.chainAt(4));
        assertEquals(Optional.empty(), store.chainAt(Long.MAX_VALUE));
    }

    @Test
    void the_marks_of_many_sequences_are_those_of_each() {
        append(numbered(5));

        Map<Long, String> marks = store.chainsAt(List.of(0L, 2L, 4L, 5L, 6L, Long.MAX_VALUE));

        assertEquals(Set.of(0L, 2L, 4L, 5L), marks.keySet());
        marks.forEach((sequence, mark) -> assertEquals(Optional.of(mark), store.chainAt(sequence)));
        assertEquals(Map.of(), store.chainsAt(List.of()));
        assertEquals(Map.of(), store.chainsAt(List.of(-1L)));
    }

    @Test
    void a_mark_stays_the_same_over_appends_and_reopening() {
        append(numbered(2));
        Optional<String> mark = store.chainAt(2);

        append(event("closed"));
        assertEquals(mark, store.chainAt(2));
        reopen();

        assertEquals(mark, store.chainAt(2));
        assertEquals(mark, openAnother().chainAt(2));
    }

    @Test
    void logs_of_different_events_have_different_marks() {
        EventStore other = open("other");

        append(event("created", "bead:1"));
        other.append(Append.of(List.of(event("created", "bead:2"))));

        assertNotEquals(store.chainAt(1), other.chainAt(1));
    }

    @Test
    void two_logs_never_see_each_others_events() {
        EventStore other = open("other");

        append(event("created", "bead:1"));

        assertEquals(List.of(), Pages.readAll(other, Query.all(), ReadOptions.defaults()));
        assertEquals(0, other.info().head());
    }
}
