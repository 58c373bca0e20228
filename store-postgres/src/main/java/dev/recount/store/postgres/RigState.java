package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may write to a rig's rows in this database.
 *
 * <p>Every change comes with a generation, and one that is lower than the row's is refused: so a mover that was thought dead cannot
 * undo what was decided since.
 */
enum RigState {
    /** Whoever appends. */
    OPEN,
    /** Nobody: the rig has moved to another database, or is about to. */
    SEALED,
    /** Who moves it here. */
    ARRIVING,
    /** Who copies it here from its source; others read it. */
    COPY;

    // A log that a transfer moved out of the town is open elsewhere, whatever a directory says; only its return is let
    // in.
    private static final String CHANGE = "UPDATE {s}.rigs SET state = v.state, generation = v.generation,"
            + " moved_to = CASE WHEN v.state = 'arriving' THEN NULL ELSE moved_to END"
            + " FROM (SELECT ?::text AS state, ?::bigint AS generation) v WHERE rig = ? AND rigs.generation <= v.generation"
            + " AND rigs.state = ANY (?)"
            + " AND (v.state = 'arriving' OR rigs.state <> 'sealed' OR moved_to IS NULL)";

    static RigState of(String text) {
        for (RigState state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        throw new LogCorrupt("A rig has the state '" + text + "', which is none. Restore it from a backup.", null);
    }

    static RigState of(Session session, Rig rig) throws SQLException {
        return session.query(
                "SELECT state FROM {s}.rigs WHERE rig = ?",
                row -> of(rig.require(row).getString(1)),
                rig.key());
    }

    /** Where a transfer moved the rig to, in words for people; empty where none did. */
    static Optional<String> transferredTo(Session session, Rig rig) throws SQLException {
        return session.query(
                "SELECT moved_to FROM {s}.rigs WHERE rig = ? AND state = ? AND moved_to IS NOT NULL",
                row -> row.next() ? Optional.of(row.getString(1)) : Optional.empty(),
                rig.key(),
                SEALED.text());
    }

    /** Whether everybody may append, and that was decided by this generation or a newer one. */
    static boolean isOpen(Session session, Rig rig, long generation) throws SQLException {
        return session.number(
                        "SELECT count(*) FROM {s}.rigs WHERE rig = ? AND state = ? AND generation >= ?",
                        rig.key(),
                        OPEN.text(),
                        generation)
                > 0;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Lets everybody append; false where a newer generation has decided otherwise. */
    static boolean open(Session session, Rig rig, long generation) throws SQLException {
        return OPEN.set(session, rig, generation, OPEN, SEALED, ARRIVING);
    }

    /** Refuses appends and what reactors write from now on, once what is under way is over; false where a newer generation has decided otherwise. */
    static boolean seal(Session session, Rig rig, long generation) throws SQLException {
        // Reactors share the rig's key while they write.
        session.number("SELECT rig FROM {s}.rigs WHERE rig = ? FOR UPDATE", rig.key());
        return SEALED.set(session, rig, generation, OPEN, SEALED);
    }

    /** Lets none but a mover write here; false where it is open, or a newer generation has decided otherwise. */
    static boolean awaitArrival(Session session, Rig rig, long generation) throws SQLException {
        return ARRIVING.set(session, rig, generation, SEALED, ARRIVING);
    }

    /** Refuses to bring something to a rig that is open by now, or that another move brings there. */
    static void requireArriving(Session session, Rig rig, LogHead head, long generation) throws SQLException {
        long now = session.number("SELECT generation FROM {s}.rigs WHERE rig = ?", rig.key());
        if (head.state() != ARRIVING || now != generation) {
            throw new StoreUnavailable(
                    rig + " is " + head.state().text() + " by generation " + now + ", and this move is of generation "
                            + generation
                            + ". Another run has gone on: ask where the rig is, and move it again if need be.",
                    null);
        }
    }

    private boolean set(Session session, Rig rig, long generation, RigState... from) throws SQLException {
        String[] states = Stream.of(from).map(RigState::text).toArray(String[]::new);
        return session.run(CHANGE, text(), generation, rig.key(), states) > 0;
    }
}
