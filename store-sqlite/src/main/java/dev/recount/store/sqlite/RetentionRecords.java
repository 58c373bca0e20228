package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.store.RetentionRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of retentions, in a table that comes with the first of them. */
final class RetentionRecords {

    private static final String TABLE = "recount_retentions";

    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE IF NOT EXISTS recount_retentions (
              id INTEGER PRIMARY KEY,
              at TEXT NOT NULL,
              requested_by TEXT,
              floor_before INTEGER NOT NULL,
              floor INTEGER NOT NULL,
              events INTEGER NOT NULL
            ) STRICT""", """
            CREATE TRIGGER IF NOT EXISTS recount_retentions_update BEFORE UPDATE ON recount_retentions
              WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.requested_by IS NOT OLD.requested_by
                OR NEW.floor_before IS NOT OLD.floor_before OR NEW.floor < OLD.floor OR NEW.events < OLD.events
              BEGIN SELECT RAISE(ABORT, 'append only: a record of what was removed cannot be changed'); END""", """
            CREATE TRIGGER IF NOT EXISTS recount_retentions_delete BEFORE DELETE ON recount_retentions
              BEGIN SELECT RAISE(ABORT, 'append only: a record of what was removed cannot be removed'); END""");

    private RetentionRecords() {}

    /** Adds a record; returns its id. */
    static long add(Session writer, RetentionRecord begun) throws SQLException {
        for (String statement : SCHEMA) {
            writer.run(statement);
        }
        writer.run(
                "INSERT INTO recount_retentions (at, requested_by, floor_before, floor, events) VALUES (?, ?, ?, ?, ?)",
                begun.at(),
                begun.by().orElse(null),
                begun.floorBefore(),
                begun.floor(),
                begun.events());
        return writer.number("SELECT max(id) FROM recount_retentions");
    }

    /** The retention of a record has gone on. */
    static void extend(Session writer, long id, long floor, int events) throws SQLException {
        writer.run("UPDATE recount_retentions SET floor = ?, events = events + ? WHERE id = ?", floor, events, id);
    }

    static List<RetentionRecord> list(Session session) throws SQLException {
        List<RetentionRecord> records = new ArrayList<>();
        if (session.hasTable(TABLE)) {
            String sql = "SELECT at, requested_by, floor_before, floor, events FROM recount_retentions ORDER BY id";
            try (ResultSet rows = session.prepare(sql).executeQuery()) {
                while (rows.next()) {
                    records.add(new RetentionRecord(
                            TimeText.parseTolerantly(rows.getString(1)),
                            Optional.ofNullable(rows.getString(2)),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getLong(5)));
                }
            }
        }
        return records;
    }
}
