package dev.recount.store.postgres;

import dev.recount.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/** Why an append was refused, and surely stored nothing: the rig's rows here are a copy that is left behind, or not yet whole. */
final class RigNotOpen extends RuntimeException {

    private RigNotOpen(RigState state) {
        super("The rig is " + state.text(), null, false, false);
    }

    /** What a caller gets. */
    static StoreUnavailable refusal(Rig rig, RigState state) {
        String why = state == RigState.SEALED
                ? " is sealed here, since it has moved to another database or is about to."
                : " is still being moved to this database.";
        return new StoreUnavailable(
                rig + why + " Nothing was stored. Append to it where it is now, or through the town that places it.",
                new RigNotOpen(state));
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
