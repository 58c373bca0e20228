package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.Receipt;
import dev.recount.store.ReceiptConflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The same receipt key with the same content gives the first outcome again; with other content it is a conflict. */
abstract class IdempotenceSuite extends ContractSuite {

    private static final List<NewEvent> EVENTS = List.of(event("created", "bead:1"), event("hooked", "bead:1"));
    private static final Append COMMAND_7 = Append.of(EVENTS).withReceipt("command-7");

    IdempotenceSuite(EventStoreContract contract) {
        super(contract);
    }

    @Test
    void a_repeated_append_gives_the_first_outcome_and_stores_nothing() {
        append(event("noted"));
        Appended first = store.append(COMMAND_7);
        append(event("noted"));
        List<StoredEvent> before = readAll();

        Appended again = store.append(COMMAND_7);

        assertEquals(new Appended(2, 3, false), first);
        assertEquals(new Appended(2, 3, true), again);
        assertEquals(before, readAll());
    }

    @Test
    void other_content_under_the_same_key_is_a_conflict_and_stores_nothing() {
        store.append(COMMAND_7);
        Append other = Append.of(List.of(event("closed", "bead:1"))).withReceipt("command-7");

        ReceiptConflict conflict = assertThrows(ReceiptConflict.class, () -> store.append(other));

        assertEquals(
                "Receipt key 'command-7' was used before for other content, stored as sequences 1 to 2."
                        + " Give each new command an id of its own.",
                conflict.getMessage());
        assertEquals(new Appended(1, 2, false), conflict.receipt().outcome());
        assertEquals(2, store.info().head());
    }

    @Test
    void a_conflict_with_a_receipt_of_no_events_says_so() {
        store.append(Append.of(List.of()).withReceiptFor("command-8", "hook"));

        ReceiptConflict conflict = assertThrows(ReceiptConflict.class, () -> {
            store.append(Append.of(EVENTS).withReceiptFor("command-8", "close"));
        });

        assertEquals(
                "Receipt key 'command-8' was used before for other content, stored as no event."
                        + " Give each new command an id of its own.",
                conflict.getMessage());
        assertEquals(0, store.info().head());
    }

    @Test
    void metadata_does_not_make_another_content() {
        store.append(COMMAND_7);
        List<NewEvent> traced = EVENTS.stream()
                .map(event -> event.withMetadata(Metadata.empty().withActor("toast")))
                .toList();

        Appended again = store.append(Append.of(traced).withReceipt("command-7"));

        assertEquals(new Appended(1, 2, true), again);
    }

    @Test
    void the_caller_may_define_the_content() {
        store.append(Append.of(EVENTS).withReceiptFor("command-7", "hook bead 1"));

        Append decidedOtherwise = Append.of(List.of()).withReceiptFor("command-7", "hook bead 1");

        assertEquals(new Appended(1, 2, true), store.append(decidedOtherwise));
    }

    @Test
    void the_receipt_is_looked_at_before_the_condition() {
        AppendCondition neverMentioned = AppendCondition.noneMatching(Query.tagged("bead", "1"));
        store.append(COMMAND_7.when(neverMentioned));

        Appended again = store.append(COMMAND_7.when(neverMentioned));

        assertEquals(new Appended(1, 2, true), again);
    }

    @Test
    void a_conflicting_receipt_is_told_before_a_failed_condition() {
        AppendCondition neverMentioned = AppendCondition.noneMatching(Query.tagged("bead", "1"));
        store.append(COMMAND_7.when(neverMentioned));
        Append other =
                Append.of(List.of(event("closed"))).withReceipt("command-7").when(neverMentioned);

        assertThrows(ReceiptConflict.class, () -> store.append(other));
    }

    @Test
    void a_failed_append_leaves_no_receipt() {
        append(event("created", "bead:1"));
        Append refused = COMMAND_7.when(AppendCondition.noneMatching(Query.tagged("bead", "1")));
        assertThrows(AppendConditionFailed.class, () -> store.append(refused));

        assertEquals(Optional.empty(), store.receipt("command-7"));
        assertEquals(new Appended(2, 3, false), store.append(COMMAND_7));
    }

    @Test
    void an_append_of_no_events_stores_its_receipt_only() {
        append(event("noted"));
        Append nothing = Append.of(List.of()).withReceiptFor("command-8", "hook");

        Appended first = store.append(nothing);
        append(event("noted"));

        assertEquals(new Appended(2, 1, false), first);
        assertEquals(0, first.count());
        assertEquals(new Appended(2, 1, true), store.append(nothing));
        assertEquals(2, store.info().head());
    }

    @Test
    void an_append_of_no_events_is_held_to_its_condition_too() {
        append(event("created", "bead:1"));
        Append nothing = Append.of(List.of())
                .withReceiptFor("command-8", "hook")
                .when(AppendCondition.noneMatching(Query.tagged("bead", "1")));

        assertThrows(AppendConditionFailed.class, () -> store.append(nothing));

        assertEquals(Optional.empty(), store.receipt("command-8"));
    }

    @Test
    void a_receipt_can_be_looked_up() {
        store.append(COMMAND_7);

        Receipt expected = new Receipt("command-7", COMMAND_7.fingerprint().orElseThrow(), new Appended(1, 2, false));
        assertEquals(Optional.of(expected), store.receipt("command-7"));
        assertEquals(Optional.empty(), store.receipt("command-8"));
        assertEquals(Optional.empty(), store.receipt(""));
    }

    @Test
    void keys_are_told_apart_to_the_letter() {
        store.append(COMMAND_7);

        for (String key : List.of("Command-7", "command-7 ", "command_7", "command-%", "kömmand-7 \uD83D\uDE80")) {
            assertEquals(Optional.empty(), store.receipt(key));
            assertEquals(false, store.append(Append.of(EVENTS).withReceipt(key)).repeated(), key);
            assertEquals(key, store.receipt(key).orElseThrow().key());
        }
    }

    @Test
    void receipts_survive_reopening() {
        store.append(COMMAND_7);
        store.append(Append.of(List.of()).withReceiptFor("command-8", "hook"));

        reopen();

        assertEquals(new Appended(1, 2, true), store.append(COMMAND_7));
        assertEquals(new Appended(3, 2, true), store.append(Append.of(List.of()).withReceiptFor("command-8", "hook")));
        assertEquals(2, store.info().head());
    }

    @Test
    void the_same_append_from_many_threads_is_stored_once() throws Exception {
        EventStore another = openAnother();
        for (int round = 1; round <= 10; round++) {
            Append append = Append.of(EVENTS).withReceipt("command-" + round);
            List<Callable<Appended>> callers = new ArrayList<>(Collections.nCopies(2, () -> store.append(append)));
            callers.addAll(Collections.nCopies(2, () -> another.append(append)));

            List<Appended> outcomes = Threads.together(callers);

            assertEquals(
                    1, outcomes.stream().filter(outcome -> !outcome.repeated()).count());
            assertEquals(
                    1, outcomes.stream().mapToLong(Appended::first).distinct().count());
            assertEquals(2L * round, store.info().head());
        }
    }
}
