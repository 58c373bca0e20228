package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored stays as it is: heads never go back, and what was read once reads the same for ever. */
abstract class AppendOnlySuite extends ContractSuite {

    AppendOnlySuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void what_was_read_once_reads_the_same_after_every_further_append() {
        for (int i = 0; i < 20; i++) {
            List<StoredEvent> before = readAll();
            append(event("created", "bead:" + i), event("hooked", "bead:" + i));
            assertEquals(before, readAll().subList(0, before.size()));
        }
    }

    @Test
    void the_head_never_goes_back() {
        long head = 0;
        for (int i = 0; i < 20; i++) {
            long last = append(numbered(1 + i % 3)).last();
            if (i % 5 == 4) {
                reopen();
            }
            assertTrue(last > head, last + " after " + head);
            assertEquals(last, store.info().head());
            head = last;
        }
    }

    @Test
    void a_refused_append_uses_up_no_sequence() {
        append(event("created"));
        Append refused = Append.of(numbered(3)).when(AppendCondition.noneMatching(Query.all()));
        assertThrows(AppendConditionFailed.class, () -> store.append(refused));

        assertEquals(2, append(event("closed")).first());
    }

    @Test
    void nothing_is_removed_unasked() {
        append(numbered(300));

        reopen();

        assertEquals(0, store.info().floor());
        assertEquals(300, readAll().size());
    }
}
