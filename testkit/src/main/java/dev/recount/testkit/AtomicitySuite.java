package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** All events of an append get consecutive sequences, or none is stored. */
abstract class AtomicitySuite extends ContractSuite {

    AtomicitySuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void the_events_of_an_append_get_consecutive_sequences() {
        Appended outcome = append(numbered(1500));

        List<StoredEvent> stored = readAll();
        assertEquals(1500, outcome.count());
        assertEquals(1500, stored.size());
        for (int i = 0; i < stored.size(); i++) {
            assertEquals(outcome.first() + i, stored.get(i).sequence());
            assertEquals("{\"number\":" + (i + 1) + "}", stored.get(i).data());
        }
    }

    @Test
    void a_refused_append_stores_none_of_its_events() {
        append(event("created", "bead:1"));
        List<StoredEvent> before = readAll();

        Append refused = Append.of(numbered(10)).when(AppendCondition.noneMatching(Query.tagged("bead", "1")));
        assertThrows(AppendConditionFailed.class, () -> store.append(refused));

        assertEquals(before, readAll());
        assertEquals(1, store.info().head());
    }

    @Test
    void a_reader_beside_a_writer_never_sees_a_part() throws Exception {
        ReadOptions newest = ReadOptions.defaults().newestFirst().withLimit(1);
        AtomicBoolean enough = new AtomicBoolean();
        Threads.Running<Integer> writer = Threads.start(() -> {
            int appends = 0;
            while (!enough.get()) {
                append(numbered(7));
                appends++;
            }
            return appends;
        });

        // Looks count only where the head has moved: on a busy machine a reader can look often and see one moment.
        long seen = 0;
        int moves = 0;
        try {
            while (moves < 200 && !writer.task().isDone()) {
                long head = store.info().head();
                long upTo = store.read(Query.all(), newest).upTo();
                assertEquals(0, head % 7, "A part of an append was visible: head " + head);
                assertEquals(0, upTo % 7, "A part of an append was visible: page up to " + upTo);
                moves += head == seen ? 0 : 1;
                seen = head;
            }
        } finally {
            enough.set(true);
        }

        assertEquals(7L * writer.result(60), store.info().head());
    }
}
