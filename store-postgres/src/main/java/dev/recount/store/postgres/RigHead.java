package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import dev.recount.subscription.Checkpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far a rig was when all were asked. Immutable.
 *
 * @param lastStoredAt when the newest event was stored, as it is stored
 */
record RigHead(Rig rig, String logId, long head, long floor, String lastStoredAt) {

    /** Of all rigs of these names, by name. */
    static List<RigHead> of(Session session, Predicate<String> names) throws SQLException {
        return session.query(
                "SELECT rig, name, log_id, head, floor, last_stored_at FROM {s}.rigs ORDER BY name",
                row -> read(row, names));
    }

    private static List<RigHead> read(ResultSet row, Predicate<String> names) throws SQLException {
        List<RigHead> all = new ArrayList<>();
        while (row.next()) {
            Rig rig = new Rig(row.getInt(1), row.getString(2));
            if (!names.test(rig.name())) {
                continue;
            }
            all.add(new RigHead(rig, row.getString(3), row.getLong(4), row.getLong(5), row.getString(6)));
        }
        return all;
    }

    String name() {
        return rig.name();
    }

    /** Whether there is something that a reader at that checkpoint has not seen. */
    boolean isAfter(@Nullable Checkpoint checkpoint) {
        return checkpoint == null
                ? head > 0
                : head > checkpoint.sequence() && checkpoint.logId().equals(logId);
    }

    /** Refuses a checkpoint of another log, of one that went on from an older copy, or of which events were removed unread. */
    void require(Checkpoint checkpoint) {
        if (!checkpoint.logId().equals(logId)) {
            throw unusable("is another than the cursor's: its id was " + checkpoint.logId() + " and is " + logId);
        }
        if (checkpoint.sequence() > head) {
            throw unusable("ends at " + head + ", before the cursor's " + checkpoint.sequence()
                    + ": an older copy was restored");
        }
        if (checkpoint.sequence() < floor) {
            throw unusable(
                    "has lost events up to " + floor + " to retention, and the cursor is at " + checkpoint.sequence());
        }
    }

    private LogCorrupt unusable(String why) {
        return new LogCorrupt(rig + " " + why + ". Read the rig from its start, with a cursor without it.", null);
    }
}
