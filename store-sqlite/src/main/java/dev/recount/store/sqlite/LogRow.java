package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.store.LogInfo;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one row that says how far a log is. Immutable.
 *
 * @param headChain the hash of the newest event ever stored, in hexadecimal
 * @param floorChain the hash of the event at the floor, in hexadecimal
 */
record LogRow(String logId, long head, String headChain, long floor, String floorChain, String lastStoredAt) {

    // Rows at and below the floor may still be on their way out.
    private static final String CHAIN_AT = "SELECT CASE WHEN log.floor = ?1 THEN log.floor_chain ELSE event.chain END"
            + " FROM recount_log log LEFT JOIN recount_events event ON event.sequence = ?1"
            + " WHERE log.floor = ?1 OR log.floor < event.sequence";

    // One value for all, since each row that is fetched costs more than finding it.
    private static final String CHAINS_AT = "SELECT group_concat(wanted.value || '-' || lower(hex(CASE"
            + " WHEN log.floor = wanted.value THEN log.floor_chain ELSE event.chain END)))"
            + " FROM json_each(?1) wanted CROSS JOIN recount_log log"
            + " LEFT JOIN recount_events event ON event.sequence = wanted.value"
            + " WHERE log.floor = wanted.value OR log.floor < event.sequence";

    static LogRow load(Session session, Path file) throws SQLException {
        String sql = "SELECT log_id, head, head_chain, floor, floor_chain, last_stored_at FROM recount_log";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            if (!row.next()) {
                throw gone(file);
            }
            return new LogRow(
                    row.getString(1),
                    row.getLong(2),
                    HexFormat.of().formatHex(row.getBytes(3)),
                    row.getLong(4),
                    HexFormat.of().formatHex(row.getBytes(5)),
                    row.getString(6));
        }
    }

    static LogCorrupt gone(Path file) {
        return new LogCorrupt(
                "Log " + file + " is damaged: the row that identifies it is gone. Restore it from a backup.", null);
    }

    static long head(Session session) throws SQLException {
        return session.number("SELECT head FROM recount_log");
    }

    /** How far a log is. Immutable. */
    record Position(long head, long floor, String lastStoredAt) {}

    static Position position(Session session) throws SQLException {
        String sql = "SELECT head, floor, last_stored_at FROM recount_log";
        try (ResultSet row = session.prepare(sql).executeQuery()) {
            return row.next()
                    ? new Position(row.getLong(1), row.getLong(2), row.getString(3))
                    : new Position(0, 0, TimeText.EARLIEST_TEXT);
        }
    }

    /** The hash at a sequence, in hexadecimal; empty below the floor and above the head. */
    static Optional<String> chainAt(Session session, long sequence) throws SQLException {
        PreparedStatement statement = session.prepare(CHAIN_AT);
        statement.setLong(1, sequence);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(HexFormat.of().formatHex(row.getBytes(1))) : Optional.empty();
        }
    }

    /** The same at each of these sequences. */
    static Map<Long, String> chainsAt(Session session, Collection<Long> sequences) throws SQLException {
        PreparedStatement statement = session.prepare(CHAINS_AT);
        statement.setString(1, List.copyOf(sequences).toString());
        Map<Long, String> chains = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            String found = row.next() ? row.getString(1) : null;
            if (found != null) {
                for (String each : found.split(",", -1)) {
                    int dash = each.indexOf('-');
                    chains.put(Long.parseLong(each.substring(0, dash)), each.substring(dash + 1));
                }
            }
        }
        return chains;
    }

    LogInfo info() {
        return new LogInfo(logId, head, floor);
    }
}
