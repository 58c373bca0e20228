package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.StoreUnavailable;
import dev.recount.transfer.Seal;
import dev.recount.transfer.Standing;
import dev.recount.transfer.TransferRow;
import dev.recount.transfer.TransferSource;
import dev.recount.transfer.TransferState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link TransferSource}, as tests. Whoever writes a store whose logs can be moved writes one subclass.
 *
 * <p>It never skips a test.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class TransferSourceContract {

    private static final Seal SEAL = new Seal("t-1", "rig 'it''s' of \"town\"");

    private EventStore store;
    private TransferSource source;

    /** For subclasses. */
    protected TransferSourceContract() {}

    /** Opens a store: on an empty log when a test calls it for the first time, later one more on the same log. */
    protected abstract EventStore open();

    /** The source of a store that {@link #open} gave. */
    protected abstract TransferSource source(EventStore opened);

    @BeforeEach
    final void openAnEmptyStore() {
        store = open();
        source = source(store);
    }

    @Test
    final void a_log_gives_what_its_store_says_of_it() {
        append(3);

        TransferState state = source.state();

        assertEquals(store.info().logId(), state.logId());
        assertEquals(3, state.head());
        assertEquals(0, state.floor());
        assertEquals(store.chainAt(3), Optional.of(state.headChain()));
        assertEquals(store.chainAt(0), Optional.of(state.floorChain()));
        assertEquals(Standing.OPEN, state.standing());
        assertEquals(Optional.empty(), state.seal());
    }

    @Test
    final void rows_come_in_order_and_none_twice_however_few_at_a_time() {
        append(7);

        List<TransferRow> rows = new ArrayList<>(source.rows(0, 3));
        while (rows.size() < 7) {
            rows.addAll(source.rows(rows.get(rows.size() - 1).sequence(), 3));
        }

        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L),
                rows.stream().map(TransferRow::sequence).toList());
        assertEquals(List.of(), source.rows(7, 3));
        for (TransferRow row : rows) {
            assertEquals(store.chainAt(row.sequence()), Optional.of(row.chain()));
        }
    }

    @Test
    final void large_rows_come_a_few_at_a_time() {
        String large = "\"" + "x".repeat(3_000_000) + "\"";
        for (int i = 0; i < 4; i++) {
            store.append(Append.of(List.of(NewEvent.of("large", large))));
        }

        long after = 0;
        for (List<TransferRow> rows = source.rows(0, 100); !rows.isEmpty(); rows = source.rows(after, 100)) {
            assertTrue(rows.size() < 4, "All at once");
            after = rows.get(rows.size() - 1).sequence();
        }

        assertEquals(4, after);
    }

    @Test
    final void receipts_are_told_by_their_keys_and_from_a_head_on() {
        for (String key : List.of("d", "b", "a", "c")) {
            store.append(Append.of(events(1)).withReceipt(key));
        }
        store.append(Append.of(List.of()).withReceipt("empty"));

        assertEquals(List.of("a", "b"), keys(source.receipts(Optional.empty(), 0, 2)));
        assertEquals(List.of("c", "d", "empty"), keys(source.receipts(Optional.of("b"), 0, 9)));
        assertEquals(List.of("c", "empty"), keys(source.receipts(Optional.empty(), 4, 9)));
        assertEquals(
                store.receipt("a"),
                Optional.of(source.receipts(Optional.empty(), 0, 1).get(0)));
        assertEquals(5, source.marks().receipts());
    }

    @Test
    final void a_log_that_was_sealed_takes_no_append_and_says_where_it_went() {
        append(2);

        TransferState sealed = source.seal(SEAL);

        StoreUnavailable refused = assertThrows(StoreUnavailable.class, () -> append(1));
        requireToldWhere(refused);
        assertThrows(
                StoreUnavailable.class, () -> store.append(Append.of(List.of()).withReceipt("empty")));
        assertEquals(2, sealed.head());
        assertEquals(Optional.of(SEAL), sealed.seal());
        assertEquals(Standing.SEALED, source.state().standing());
        assertEquals(sealed, source.state());
    }

    @Test
    final void a_log_that_was_sealed_takes_no_append_through_another_store_either() {
        append(2);
        EventStore other = open();
        other.append(Append.of(events(1)));

        source.seal(SEAL);

        assertThrows(StoreUnavailable.class, () -> other.append(Append.of(events(1))));
        assertThrows(StoreUnavailable.class, () -> open().append(Append.of(events(1))));
        assertEquals(3, other.info().head());
    }

    @Test
    final void a_log_that_was_sealed_is_read_as_before() throws InterruptedException {
        store.append(Append.of(events(2)).withReceipt("command"));

        source.seal(SEAL);

        assertEquals(2, store.read(Query.all(), ReadOptions.defaults()).events().size());
        assertTrue(store.awaitAfter(1, Duration.ofSeconds(60)));
        assertFalse(store.awaitAfter(2, Duration.ofMillis(1)));
        assertTrue(store.receipt("command").isPresent());
        assertEquals(2, source.rows(0, 10).size());
    }

    @Test
    final void to_seal_for_the_same_transfer_again_changes_nothing_and_for_another_is_refused() {
        append(2);
        TransferState sealed = source.seal(SEAL);

        assertEquals(sealed, source.seal(new Seal("t-1", "elsewhere")));
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> source.seal(new Seal("t-2", "elsewhere")));
        requireToldWhere(refused);
        assertEquals(sealed, source.state());
    }

    @Test
    final void what_was_acknowledged_while_it_was_sealed_is_in_it() throws Exception {
        append(1);
        AtomicLong acknowledged = new AtomicLong();
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> appendUntilRefused(acknowledged)))
                .toList();
        writers.forEach(Thread::start);
        store.awaitAfter(20, Duration.ofSeconds(60));

        TransferState sealed = source.seal(SEAL);

        for (Thread writer : writers) {
            writer.join(60_000);
            assertFalse(writer.isAlive(), "A writer goes on");
        }
        assertTrue(acknowledged.get() <= sealed.head(), acknowledged + " was acknowledged after " + sealed.head());
        assertEquals(sealed.head(), store.info().head());
    }

    private void appendUntilRefused(AtomicLong acknowledged) {
        try {
            while (true) {
                long last = store.append(Append.of(events(1))).last();
                acknowledged.accumulateAndGet(last, Math::max);
            }
        } catch (StoreUnavailable sealed) {
            requireToldWhere(sealed);
        }
    }

    private static void requireToldWhere(RuntimeException refused) {
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(SEAL.movedTo()), message);
    }

    private void append(int events) {
        store.append(Append.of(events(events)));
    }

    private static List<NewEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewEvent.of("counted", "" + i))
                .toList();
    }

    private static List<String> keys(List<Receipt> receipts) {
        return receipts.stream().map(Receipt::key).toList();
    }
}
