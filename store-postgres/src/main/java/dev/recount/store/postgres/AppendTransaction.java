package dev.recount.store.postgres;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.internal.log.AppendGroup;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Appends after what a log has: receipt and condition of one after the other, then all rows at once. What those
 * before in the group have stored is looked at here, since it is not written yet. Not thread-safe: use from one thread at a time.
 */
final class AppendTransaction implements AppendGroup.Transaction<SQLException> {

    private final AppendLog log;
    private final LogHead before;
    private final Map<String, Receipt> receipts;
    private final Recent recent;
    private final boolean alone;
    private final HashChain chain;
    private final PendingRows pending;
    private final List<StoredEvent> stored = new ArrayList<>();
    private final String storedAt;
    private long head;

    /** Begins to store these appends, and no others. */
    AppendTransaction(AppendLog log, Rig rig, InstantSource clock, List<Append> appends) throws SQLException {
        this.log = log;
        this.before = log.head();
        this.receipts = log.receipts(appends);
        this.recent = log.recent(appends);
        this.alone = appends.size() == 1;
        this.chain = new HashChain(before.chain());
        this.pending = new PendingRows(rig);
        String now = TimeText.of(TimeText.within(clock.instant()));
        this.storedAt = now.compareTo(before.lastStoredAt()) < 0 ? before.lastStoredAt() : now;
        this.head = before.sequence();
    }

    @Override
    public Optional<Appended> check(Append append) throws SQLException {
        Receipt earlier = append.receiptKey().map(receipts::get).orElse(null);
        if (earlier != null) {
            return Optional.of(earlier.repeat(append));
        }
        require(append.condition());
        return Optional.empty();
    }

    private void require(AppendCondition condition) throws SQLException {
        if (condition.after() > head) {
            throw new IllegalArgumentException("The condition was made on another log: it reads up to sequence "
                    + condition.after() + ", and the head of this log is " + head
                    + ". Read this log and decide again.");
        }
        if (condition.isNone()) {
            return;
        }
        EventsRemoved.check(condition.after(), before.floor());
        Optional<StoredEvent> conflicting =
                recent.covers(condition.after()) ? recent.first(condition) : log.first(condition);
        if (conflicting.isPresent()) {
            throw new AppendConditionFailed(condition, conflicting.get());
        }
        requireOfGroup(condition);
    }

    private void requireOfGroup(AppendCondition condition) {
        for (StoredEvent event : stored) {
            if (event.sequence() > condition.after() && condition.query().matches(event)) {
                throw new AppendConditionFailed(condition, event);
            }
        }
    }

    @Override
    public Appended store(Append append) throws SQLException {
        long first = head + 1;
        for (NewEvent event : append.events()) {
            add(event);
        }
        Appended outcome = new Appended(first, head, false);
        if (append.receiptKey().isPresent()) {
            remember(new Receipt(append.receiptKey().get(), append.fingerprint().orElse(""), outcome));
        }
        return outcome;
    }

    private void remember(Receipt receipt) {
        receipts.put(receipt.key(), receipt);
        pending.add(receipt);
    }

    private void add(NewEvent event) throws SQLException {
        EventRow row = EventRow.of(++head, event, storedAt);
        pending.add(row, chain.next(row), event.tags());
        if (!alone || log.hasReadModels()) {
            stored.add(row.toEvent());
        }
        if (pending.isFull() && log.takesParts()) {
            write();
        }
    }

    @Override
    public long finish() throws SQLException {
        write();
        log.finish(stored);
        return head;
    }

    private void write() throws SQLException {
        log.write(pending, next());
    }

    /** Where the log is then. */
    LogHead next() {
        return before.grownTo(head, chain.last(), head == before.sequence() ? before.lastStoredAt() : storedAt);
    }

    /** Has it known what the log is like now. */
    void tell(Expectation expectation) {
        expectation.isNow(next(), recent, stored);
    }

    /** Tells later whether the transaction was committed, from what it would have left. */
    CommitProof proof(Rig rig) {
        return new CommitProof(rig, before.transaction(), head, HexFormat.of().formatHex(chain.last()));
    }
}
