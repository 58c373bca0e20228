package dev.recount.store.jdbc;

import dev.recount.sql.SqlReadModel;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * How far a log and one of its read models are, seen at once. Immutable.
 *
 * @param checkpoint the sequence up to which the read model says it has applied everything
 */
public record ModelPosition(long checkpoint, long head, long floor) {

    /** Refuses a read model that the log does not have in this version. */
    public static ModelPosition of(ModelSession session, SqlReadModel model, ModelLog log) throws SQLException {
        OptionalLong checkpoint = session.hasModels() ? checkpoint(session, model) : OptionalLong.empty();
        if (checkpoint.isEmpty()) {
            throw VersionNotLive.of(session, model, log);
        }
        // In this order, so that the head is not below the checkpoint for what is appended in between.
        ModelSession.Position position = session.position();
        return new ModelPosition(checkpoint.getAsLong(), position.head(), position.floor());
    }

    private static OptionalLong checkpoint(ModelSession session, SqlReadModel model) throws SQLException {
        return session.query(
                "SELECT checkpoint FROM recount_read_models WHERE name = ? AND version = ?",
                row -> row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty(),
                model.name(),
                model.version());
    }

    /** The sequence up to which the read model can have applied everything. */
    public long until() {
        return Math.min(checkpoint, head);
    }

    /** Where a replay of the read model begins: no event at or below it is there. */
    public long start() {
        return Math.min(floor, until());
    }
}
