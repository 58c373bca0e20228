package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

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

    private static final String CHANGE =
            "UPDATE {s}.rigs SET state = ?, generation = ? WHERE rig = ? AND generation <= ? AND state = ANY (?)";

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

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Gives a rig this state, once all appends under way are over; false where the row's generation is higher, or its state none of those. */
    boolean set(Session session, Rig rig, long generation, RigState... from) throws SQLException {
        String[] states = List.of(from).stream().map(RigState::text).toArray(String[]::new);
        return session.run(CHANGE, text(), generation, rig.key(), generation, states) > 0;
    }
}
