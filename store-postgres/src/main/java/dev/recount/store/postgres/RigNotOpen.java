package dev.recount.store.postgres;

import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why an append was refused, and surely stored nothing: the rig's rows here are a copy that is left behind, or not yet whole. */
final class RigNotOpen extends RuntimeException {

    private RigNotOpen(RigState state) {
        super("The rig is " + state.text(), null, false, false);
    }

    /** What a caller gets. */
    static StoreUnavailable refusal(Session session, Rig rig, RigState state) throws SQLException {
        String why = switch (state) {
            case SEALED -> " is sealed here, since it was moved to " + movedTo(session, rig) + ".";
            case COPY -> " is a copy of its source here, and takes events from there only.";
            default -> " is still being moved to this database.";
        };
        return new StoreUnavailable(
                rig + why + " Nothing was stored. Append to it where it is now, or through the town that places it.",
                new RigNotOpen(state));
    }

    private static String movedTo(Session session, Rig rig) throws SQLException {
        return session.query(
                "SELECT coalesce(moved_to, 'another database, or is about to be') FROM {s}.rigs WHERE rig = ?",
                row -> rig.require(row).getString(1),
                rig.key());
    }

    /** Whether a failure comes from this, directly or as that of another append of the same group. */
    static boolean isCauseOf(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RigNotOpen) {
                return true;
            }
        }
        return false;
    }
}
