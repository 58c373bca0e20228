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
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Appends inside one transaction that holds the rig's lock: receipt and condition of one after the other, then all rows at once. What those
 * before in the group have stored is looked at here, since it is not written yet. Not thread-safe: use from one thread at a time.
 */
final class AppendTransaction implements AppendGroup.Transaction<SQLException> {

    private final Session session;
    private final Rig rig;
    private final LogHead before;
    private final RigModels models;
    private final Map<String, Receipt> receipts;
    private final Recent recent;
    private final boolean alone;
    private final HashChain chain;
    private final PendingRows pending;
    private final List<StoredEvent> stored = new ArrayList<>();
    private final String storedAt;
    private long head;

    private AppendTransaction(
            Session session, Rig rig, LogHead before, InstantSource clock, List<Append> appends, RigModels models)
            throws SQLException {
        this.session = session;
        this.rig = rig;
        this.before = before;
        this.models = models;
        this.receipts = Receipts.ofAll(session, rig, appends);
        this.recent = Recent.of(session, rig, before, appends);
        this.alone = appends.size() == 1;
        this.chain = new HashChain(before.chain());
        this.pending = new PendingRows(rig);
        String now = TimeText.of(TimeText.within(clock.instant()));
        this.storedAt = now.compareTo(before.lastStoredAt()) < 0 ? before.lastStoredAt() : now;
        this.head = before.sequence();
    }

    /** Begins to store these appends, and no others, after {@code before}. */
    static AppendTransaction begin(
            Session session, Rig rig, LogHead before, InstantSource clock, List<Append> appends, RigModels models)
            throws SQLException {
        return new AppendTransaction(session, rig, before, clock, appends, models);
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
                recent.covers(condition.after()) ? recent.first(condition) : firstOfLog(condition);
        if (conflicting.isPresent()) {
            throw new AppendConditionFailed(condition, conflicting.get());
        }
        requireOfGroup(condition);
    }

    private Optional<StoredEvent> firstOfLog(AppendCondition condition) throws SQLException {
        ReadOptions first = ReadOptions.defaults()
                .after(condition.after())
                .until(before.sequence())
                .withLimit(1);
        return PageReader.read(session, rig, condition.query(), first).events().stream()
                .findFirst();
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
        if (!alone || !models.isEmpty()) {
            stored.add(row.toEvent());
        }
        if (pending.isFull()) {
            write();
        }
    }

    @Override
    public long finish() throws SQLException {
        write();
        if (!models.isEmpty() && !stored.isEmpty()) {
            models.apply(session, before.sequence(), stored);
        }
        return head;
    }

    private void write() throws SQLException {
        String last = head == before.sequence() ? before.lastStoredAt() : storedAt;
        pending.write(session, head, chain.last(), last);
    }

    /** Tells later whether the transaction was committed, from what it would have left. */
    CommitProof proof() {
        return new CommitProof(rig, before.transaction(), head, HexFormat.of().formatHex(chain.last()));
    }
}
