package dev.recount.store.sqlite;

import dev.recount.sql.SqlReadModel;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far a log and one of its read models are, seen at once. Immutable.
 *
 * @param checkpoint the sequence up to which the read model says it has applied everything
 */
record ModelPosition(long checkpoint, long head, long floor) {

    /** Refuses a read model that the log does not have in this version. */
    static ModelPosition of(Session session, SqlReadModel model, Path file) throws SQLException {
        String sql =
                "SELECT version, checkpoint, head, floor FROM recount_log LEFT JOIN recount_read_models ON name = ?";
        try (ResultSet row = session.prepare(sql, model.name()).executeQuery()) {
            if (!row.next()) {
                throw LogRow.gone(file);
            }
            if (row.getObject(1) != null && row.getInt(1) == model.version()) {
                return new ModelPosition(row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
        throw VersionNotLive.of(session, model, file);
    }

    /** The sequence up to which the read model can have applied everything. */
    long until() {
        return Math.min(checkpoint, head);
    }

    /** Where a replay of the read model begins: no event at or below it is there. */
    long start() {
        return Math.min(floor, until());
    }
}
