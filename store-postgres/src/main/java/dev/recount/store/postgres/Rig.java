package dev.recount.store.postgres;

import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.store.LogInfo;
import dev.recount.store.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A rig's place in its database. Immutable.
 *
 * @param key what its rows are found by
 */
record Rig(int key, String name) {

    // As in a town of files, so that a rig can move from one to the other.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private static final String CHAINS_AT =
            "SELECT q.sequence, CASE WHEN r.floor = q.sequence THEN r.floor_chain ELSE e.chain END"
                    + " FROM unnest(?::bigint[]) AS q(sequence) JOIN {s}.rigs r ON r.rig = ?"
                    + " LEFT JOIN {s}.events e ON e.rig = r.rig AND e.sequence = q.sequence"
                    + " WHERE r.floor = q.sequence OR r.floor < e.sequence";

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void requireName(String name) {
        if (!isName(name)) {
            String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
            throw new IllegalArgumentException("Rig name '" + shown
                    + "' cannot be a file's name everywhere. Give 1 to 64 letters (a to z), digits, '_', '-' or '.', not '.'"
                    + " first.");
        }
    }

    static Optional<Rig> find(Session session, String name) throws SQLException {
        return session.query(
                "SELECT rig FROM {s}.rigs WHERE name = ?",
                row -> row.next() ? Optional.of(new Rig(row.getInt(1), name)) : Optional.empty(),
                name);
    }

    /** Adds a rig of that name, where nobody was faster. */
    static int create(Session session, String name, String now) throws SQLException {
        return session.run(
                "INSERT INTO {s}.rigs (name, log_id, created_at, head, head_chain, floor, floor_chain, last_stored_at)"
                        + " VALUES (?, ?, ?, 0, ?, 0, ?, ?) ON CONFLICT (name) DO NOTHING",
                name,
                UUID.randomUUID().toString(),
                now,
                HashChain.start(),
                HashChain.start(),
                TimeText.EARLIEST_TEXT);
    }

    LogInfo info(Session session) throws SQLException {
        return session.query(
                "SELECT log_id, head, floor FROM {s}.rigs WHERE rig = ?",
                row -> new LogInfo(require(row).getString(1), row.getLong(2), row.getLong(3)),
                key);
    }

    long head(Session session) throws SQLException {
        return session.query(
                "SELECT head FROM {s}.rigs WHERE rig = ?", row -> require(row).getLong(1), key);
    }

    /** The hash at a sequence, in hexadecimal; empty below the floor and above the head. */
    Optional<String> chainAt(Session session, long sequence) throws SQLException {
        return Optional.ofNullable(chainsAt(session, List.of(sequence)).get(sequence));
    }

    /** The same at each of these sequences. */
    Map<Long, String> chainsAt(Session session, Collection<Long> sequences) throws SQLException {
        return session.query(CHAINS_AT, Rig::chains, sequences.toArray(Long[]::new), key);
    }

    private static Map<Long, String> chains(ResultSet row) throws SQLException {
        Map<Long, String> chains = new HashMap<>();
        while (row.next()) {
            chains.put(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2)));
        }
        return chains;
    }

    /**
     * The same, where it is known that there is no such sequence.
     *
     * @throws StoreUnavailable where a replica may get it yet
     */
    Optional<String> chainOnceThere(Session session, long sequence) throws SQLException {
        Optional<String> chain = chainAt(session, sequence);
        if (chain.isPresent()) {
            return chain;
        }
        requireArrived(session, sequence);
        // It may have arrived between the two looks.
        return chainAt(session, sequence);
    }

    private void requireArrived(Session session, long sequence) throws SQLException {
        session.query(
                "SELECT head, pg_is_in_recovery() FROM {s}.rigs WHERE rig = ?",
                row -> {
                    long head = require(row).getLong(1);
                    if (row.getBoolean(2) && head < sequence) {
                        throw PostgresErrors.lags(toString(), head, sequence);
                    }
                    return true;
                },
                key);
    }

    /** The row, which must be there. */
    ResultSet require(ResultSet row) throws SQLException {
        if (!row.next()) {
            throw new LogCorrupt(
                    this + " is damaged: the row that identifies it is gone. Restore it from a backup.", null);
        }
        return row;
    }

    @Override
    public String toString() {
        return "Rig '" + name + "'";
    }
}
