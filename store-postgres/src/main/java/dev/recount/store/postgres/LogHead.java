package dev.recount.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Where a rig goes on, and the transaction that held its lock when that was read. Immutable. */
final class LogHead {

    // A client that vanished without a word would hold the rig until the server's network gave it up, after hours.
    private static final String NOT_FOR_EVER = "SET LOCAL idle_in_transaction_session_timeout = '60s'";

    // What is acknowledged is on the disk, also where the host, its role or its database has said that it need not be.
    // What they have said of replicas stays.
    static final String ON_THE_DISK = "CASE current_setting('synchronous_commit')"
            + " WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END";

    private final long sequence;
    private final byte[] chain;
    private final String lastStoredAt;
    private final long floor;
    private final String transaction;
    private final RigState state;

    private LogHead(long sequence, byte[] chain, String lastStoredAt, long floor, String transaction, RigState state) {
        this.sequence = sequence;
        this.chain = chain;
        this.lastStoredAt = lastStoredAt;
        this.floor = floor;
        this.transaction = transaction;
        this.state = state;
    }

    private static LogHead of(ResultSet row) throws SQLException {
        return new LogHead(
                row.getLong(1),
                row.getBytes(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                RigState.of(row.getString(6)));
    }

    /** Where the rig goes on once it has grown to that sequence. */
    LogHead grownTo(long newSequence, byte[] newChain, String newStoredAt) {
        return new LogHead(newSequence, newChain, newStoredAt, floor, transaction, state);
    }

    /**
     * Takes the lock of a rig that is open; it is held until the transaction ends.
     *
     * @throws dev.recount.store.StoreUnavailable where the rig is not open, caused by a {@link RigNotOpen}
     */
    static LogHead lock(Session session, Rig rig, Duration timeout) throws SQLException {
        LogHead head = lockInAnyState(session, rig, timeout);
        head.requireOpen(session, rig);
        return head;
    }

    /**
     * Refuses to go on with a rig that is not open.
     *
     * @throws dev.recount.store.StoreUnavailable caused by a {@link RigNotOpen}
     */
    void requireOpen(Session session, Rig rig) throws SQLException {
        if (state != RigState.OPEN) {
            throw RigNotOpen.refusal(session, rig, state);
        }
    }

    /**
     * The same of a rig in any state.
     *
     * <p>A statement of its own: one that also looked for events would look at the state from before it waited. READ COMMITTED, so that the
     * statements after it see what was committed meanwhile, whatever the host has set.
     */
    static LogHead lockInAnyState(Session session, Rig rig, Duration timeout) throws SQLException {
        String sql = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = " + millis(timeout)
                + "; " + NOT_FOR_EVER
                + "; SELECT head, head_chain, last_stored_at, floor, pg_current_xact_id()::text, state, " + ON_THE_DISK
                + " FROM {s}.rigs WHERE rig = ? FOR NO KEY UPDATE";
        return session.query(sql, row -> of(rig.require(row)), rig.key());
    }

    /** How long the server is told to wait at most; 0 would mean to wait for ever. */
    static long millis(Duration timeout) {
        return Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    /** The sequence of the newest event ever stored. */
    long sequence() {
        return sequence;
    }

    /** Its hash. */
    byte[] chain() {
        return chain;
    }

    /** What the next event's time is not below. */
    String lastStoredAt() {
        return lastStoredAt;
    }

    /** The sequence up to which events were removed. */
    long floor() {
        return floor;
    }

    /** The server's name for the transaction, by which it can be asked later how that ended. */
    String transaction() {
        return transaction;
    }

    /** Who may write here. */
    RigState state() {
        return state;
    }
}
