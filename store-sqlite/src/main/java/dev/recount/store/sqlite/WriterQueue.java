package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who writes next. SQLite leaves that to chance, and a process that writes flat out can starve another for many seconds.
 *
 * <p>Within a JVM it is first come, first served. Among processes, one holds the turn and alone asks for SQLite's write lock; as
 * soon as it has it, it hands the turn on. So who has just written queues up behind the one that waits.
 *
 * <p>An interrupt does not end the waiting: it is remembered and restored. Thread-safe.
 */
final class WriterQueue {

    private static final long PAUSE_NANOS = 100_000;
    private static final long LONG_PAUSE_NANOS = 1_000_000;
    private static final long PATIENCE_NANOS = 50_000_000;

    private final SharedFile file;
    private final Duration timeout;

    WriterQueue(SharedFile file, Duration timeout) {
        this.file = file;
        this.timeout = timeout;
    }

    /** A transaction that holds the write lock, and must be ended by whoever asked for it. */
    void begin(Session writer, Deadline deadline, Interrupts interrupts) throws SQLException {
        FileLock turn = takeTurn(deadline, interrupts);
        try {
            beginBefore(deadline, writer, interrupts);
        } finally {
            handOn(turn);
        }
    }

    /** Until when a caller waits that comes now. */
    Deadline deadline() {
        return Deadline.after(timeout);
    }

    /** Runs work while no other writer of this JVM does; an interrupt that comes meanwhile is remembered. */
    <T> T alone(Deadline deadline, Interrupts interrupts, Supplier<T> work) {
        requireOutside();
        queueUp(deadline, interrupts);
        try {
            return work.get();
        } finally {
            file.writers().unlock();
        }
    }

    private void queueUp(Deadline deadline, Interrupts interrupts) {
        boolean first = false;
        while (!first) {
            try {
                first = file.writers().tryLock(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
                if (!first) {
                    throw waitedTooLong();
                }
            } catch (InterruptedException e) {
                interrupts.remember();
            }
        }
    }

    /** Refuses who is called by a transaction that is under way. */
    void requireOutside() {
        if (file.writers().isHeldByCurrentThread()) {
            throw new IllegalStateException("Log " + file.path()
                    + " is written by a read model of its own. A read model writes to its tables only; append after the"
                    + " append that it is part of.");
        }
    }

    private FileLock takeTurn(Deadline deadline, Interrupts interrupts) {
        try {
            FileLock turn = file.tryTurn();
            while (turn == null) {
                if (deadline.isOver()) {
                    throw waitedTooLong();
                }
                interrupts.pause(PAUSE_NANOS);
                turn = file.tryTurn();
            }
            return turn;
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "Log " + file.path() + " cannot be written: its file "
                            + file.path().getFileName() + "-turn cannot be locked. Make its folder writable.",
                    e);
        }
    }

    // IMMEDIATE takes the write lock before the check; a deferred transaction could check, then lose the race.
    private void beginBefore(Deadline deadline, Session writer, Interrupts interrupts) throws SQLException {
        long patientUntil = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                writer.run("BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    throw e;
                }
                if (deadline.isOver()) {
                    throw waitedTooLong(e);
                }
                interrupts.pause(System.nanoTime() < patientUntil ? PAUSE_NANOS : LONG_PAUSE_NANOS);
            }
        }
    }

    private static void handOn(FileLock turn) {
        try {
            turn.release();
        } catch (IOException nothingIsHeldThen) {
            return;
        }
    }

    /** What a caller gets whose time is over. */
    StoreUnavailable waitedTooLong() {
        return waitedTooLong(null);
    }

    private StoreUnavailable waitedTooLong(@Nullable Throwable cause) {
        return new StoreUnavailable(
                "Log " + file.path() + " was busy for " + timeout.toMillis()
                        + " ms, and nothing was stored. Another writer holds it: end that one, wait longer with"
                        + " withBusyTimeout, or try again.",
                cause);
    }
}
