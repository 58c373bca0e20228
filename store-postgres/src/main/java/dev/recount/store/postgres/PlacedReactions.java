package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.reaction.ReactionStore;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.FoundReactions;
import java.time.Duration;
import java.util.function.Function;

/** The progress of a rig's reactors wherever the rig is. A reactor that runs keeps its fence; nobody holds its lease just after a move. Thread-safe. */
final class PlacedReactions extends FoundReactions {

    private static final long PAUSE_NANOS = 20_000_000;

    private final String rig;
    private final Homes homes;
    private final Duration busyTimeout;

    PlacedReactions(String rig, Homes homes, Duration busyTimeout) {
        this.rig = rig;
        this.homes = homes;
        this.busyTimeout = busyTimeout;
    }

    @Override
    protected <T> T reading(Function<ReactionStore, T> reading) {
        while (true) {
            Home home = homes.of(rig);
            try {
                T result = reading.apply(PostgresReactions.of(home.store()));
                if (home.isOpen() || homes.lookUp(rig).isSamePlace(home)) {
                    return result;
                }
            } catch (StoreUnavailable away) {
                if (homes.lookUpAfter(away, rig).isSamePlace(home)) {
                    throw away;
                }
            }
        }
    }

    // What is refused since the rig is not open has surely not happened.
    @Override
    protected <T> T writing(Function<ReactionStore, T> writing) {
        Deadline deadline = Deadline.after(busyTimeout);
        Interrupts interrupts = new Interrupts();
        try {
            while (true) {
                Home home = homes.of(rig);
                try {
                    return writing.apply(PostgresReactions.of(home.store()));
                } catch (StoreUnavailable e) {
                    if (!RigNotOpen.isCauseOf(e) || deadline.isOver()) {
                        throw e;
                    }
                    if (homes.lookUp(rig).isSamePlace(home)) {
                        interrupts.pause(PAUSE_NANOS);
                    }
                }
            }
        } finally {
            interrupts.restore();
        }
    }
}
