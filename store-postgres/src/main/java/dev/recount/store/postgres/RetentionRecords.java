package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.store.RetentionRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of a rig's retentions. */
final class RetentionRecords {

    private RetentionRecords() {}

    static List<RetentionRecord> list(Session session, Rig rig) throws SQLException {
        return session.query(
                "SELECT at, requested_by, floor_before, floor, events FROM {s}.retentions WHERE rig = ? ORDER BY id",
                RetentionRecords::read,
                rig.key());
    }

    private static List<RetentionRecord> read(ResultSet row) throws SQLException {
        List<RetentionRecord> records = new ArrayList<>();
        while (row.next()) {
            records.add(new RetentionRecord(
                    TimeText.parseTolerantly(row.getString(1)),
                    Optional.ofNullable(row.getString(2)),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)));
        }
        return records;
    }
}
