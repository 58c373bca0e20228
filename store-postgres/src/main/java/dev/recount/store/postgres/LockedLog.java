package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log in a transaction that holds the rig's lock, so that whatever is looked at stays so. Not thread-safe: use from one thread at a time. */
record LockedLog(Session session, Rig rig, LogHead head, RigModels models) implements AppendLog {

    @Override
    public Map<String, Receipt> receipts(List<Append> appends) throws SQLException {
        return Receipts.ofAll(session, rig, appends);
    }

    @Override
    public Recent recent(List<Append> appends) throws SQLException {
        return Recent.of(session, rig, head, appends);
    }

    @Override
    public Optional<StoredEvent> first(AppendCondition condition) throws SQLException {
        ReadOptions first = ReadOptions.defaults()
                .after(condition.after())
                .until(head.sequence())
                .withLimit(1);
        return PageReader.read(session, rig, condition.query(), first).events().stream()
                .findFirst();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public void write(PendingRows rows, LogHead next) throws SQLException {
        rows.write(session, next);
    }

    @Override
    public boolean hasReadModels() {
        return !models.isEmpty();
    }

    @Override
    public void finish(List<StoredEvent> stored) throws SQLException {
        if (hasReadModels() && !stored.isEmpty()) {
            models.apply(session, head.sequence(), stored);
        }
    }
}
