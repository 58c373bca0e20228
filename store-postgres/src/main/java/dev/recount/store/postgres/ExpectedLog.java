package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A log as this store has left it, for appends that need to look at no more than {@link Expectation#answers} has seen to. All are written in
 * one round trip, which changes something only where nobody else has written since. Not thread-safe: use from one thread at a time.
 */
final class ExpectedLog implements AppendLog {

    private final Session session;
    private final Rig rig;
    private final LogHead head;
    private final Recent recent;
    private final Duration timeout;
    private final Consumer<LogHead> sending;
    private List<String> receiptKeys = List.of();
    private AppendCondition required = AppendCondition.none();
    private boolean stored;

    /** With who is told, before it is sent, where the log will be if the server stores it. */
    ExpectedLog(Session session, Rig rig, LogHead head, Recent recent, Duration timeout, Consumer<LogHead> sending) {
        this.session = session;
        this.rig = rig;
        this.head = head;
        this.recent = recent;
        this.timeout = timeout;
        this.sending = sending;
    }

    @Override
    public LogHead head() {
        return head;
    }

    /** None, as far as is known: the server sees to it that there are none, also of an append that the group refuses. */
    @Override
    public Map<String, Receipt> receipts(List<Append> appends) {
        receiptKeys = Receipts.keys(appends);
        return new HashMap<>();
    }

    @Override
    public Recent recent(List<Append> appends) {
        return recent;
    }

    /** None, as far as is known: the server looks. */
    @Override
    public Optional<StoredEvent> first(AppendCondition condition) {
        required = condition;
        return Optional.empty();
    }

    @Override
    public boolean takesParts() {
        return false;
    }

    @Override
    public void write(PendingRows rows, LogHead next) throws SQLException {
        sending.accept(next);
        stored = new ExpectedWrite(rig, head, rows, next, required, receiptKeys).run(session, timeout);
    }

    @Override
    public boolean hasReadModels() {
        return false;
    }

    @Override
    public void finish(List<StoredEvent> events) {}

    /** Whether the server has said that it was. */
    boolean isStored() {
        return stored;
    }
}
