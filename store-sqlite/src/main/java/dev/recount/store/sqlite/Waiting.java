package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import java.sql.SQLException;
import java.time.Duration;

/** Tries again while a file is busy, until the time is over. An interrupt is kept for the caller. */
final class Waiting {

    private static final long PAUSE_NANOS = 500_000;

    private final Deadline deadline;

    Waiting(Duration timeout) {
        this.deadline = Deadline.after(timeout);
    }

    /** One try. */
    interface Attempt<T> {
        T run() throws SQLException;
    }

    <T> T on(Attempt<T> attempt) throws SQLException {
        Interrupts interrupts = new Interrupts();
        try {
            while (true) {
                try {
                    return attempt.run();
                } catch (SQLException e) {
                    if (!SqliteErrors.isBusy(e) || deadline.isOver()) {
                        throw e;
                    }
                    interrupts.pause(PAUSE_NANOS);
                }
            }
        } finally {
            interrupts.restore();
        }
    }
}
