package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused before anything is stored. */
abstract class BadInputSuite extends ContractSuite {

    BadInputSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void an_append_of_nothing_is_refused() {
        refused(Append.of(List.of()));
    }

    @Test
    void a_condition_made_on_another_log_is_refused() {
        append(numbered(2));

        String message = refused(Append.of(numbered(1))
                .when(AppendCondition.noneMatching(Query.all()).after(3)));

        assertTrue(message.contains("made on another log"), message);
        assertTrue(message.contains("3") && message.contains("2"), "both sequences belong into: " + message);
    }

    @Test
    void a_condition_made_on_another_log_is_refused_with_a_receipt_too() {
        refused(Append.of(numbered(1))
                .withReceipt("command-7")
                .when(AppendCondition.noneMatching(Query.tagged("bead", "1")).after(1)));

        assertEquals(Optional.empty(), store.receipt("command-7"));
    }

    @Test
    void a_condition_on_the_head_itself_is_fine() {
        append(numbered(2));

        store.append(Append.of(numbered(1))
                .when(AppendCondition.noneMatching(Query.all()).after(2)));

        assertEquals(3, store.info().head());
    }

    private String refused(Append append) {
        long head = store.info().head();
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> store.append(append));
        assertEquals(head, store.info().head());
        assertEquals(head, readAll().size());
        return String.valueOf(refusal.getMessage());
    }
}
