package dev.recount.internal.log;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's append on its way, and how it ends. The caller waits for it; whoever leads the group writes it. Thread-safe where
 * the leader writes before {@link #wake} and the caller reads after it.
 */
public final class AppendRequest {

    private static final long UNTIL_WOKEN = Long.MAX_VALUE;

    private final Append append;
    private final Deadline deadline;
    private final Thread caller = Thread.currentThread();
    private @Nullable Appended outcome;
    private @Nullable Throwable failure;
    private boolean settled;
    private volatile Turn turn = Turn.NOT_YET;

    private enum Turn {
        NOT_YET,
        LEADS,
        OVER
    }

    /** An append of the current thread, which waits for its turn until the deadline. */
    public AppendRequest(Append append, Deadline deadline) {
        this.append = append;
        this.deadline = deadline;
    }

    /** What is to be stored. */
    public Append append() {
        return append;
    }

    /** Until when its caller waits. */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * Waits until another thread has written it or hands leadership over; an interrupt is remembered. Once a leader has taken it
     * from the queue there is no way back, however long the leader takes.
     *
     * @return whether the caller leads now
     */
    public boolean awaitTurn(AppendQueue queue, Interrupts interrupts, Supplier<? extends RuntimeException> whenLate) {
        boolean queued = true;
        while (turn == Turn.NOT_YET) {
            long nanos = queued ? deadline.remainingNanos() : UNTIL_WOKEN;
            if (nanos > 0) {
                interrupts.pause(nanos);
            } else if (queue.withdraw(this)) {
                throw whenLate.get();
            } else {
                queued = false;
            }
        }
        return turn == Turn.LEADS;
    }

    /** Notes what its caller is to get once the transaction is committed. */
    public void succeed(Appended newOutcome) {
        outcome = newOutcome;
        failure = null;
    }

    /** Notes what its caller is to get instead. */
    public void fail(Throwable newFailure) {
        outcome = null;
        failure = newFailure;
    }

    /** What was noted stands. */
    public void settle() {
        settled = true;
    }

    /** Whether what was noted stands. */
    public boolean isSettled() {
        return settled;
    }

    /** Lets the caller lead the next group. */
    public void lead() {
        turn = Turn.LEADS;
        LockSupport.unpark(caller);
    }

    /** Lets the caller have what was noted. */
    public void wake() {
        turn = Turn.OVER;
        LockSupport.unpark(caller);
    }

    /** What was noted, for the caller. */
    public Appended result() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (outcome == null || !settled) {
            throw new IllegalStateException("An append was neither stored nor refused.");
        }
        return outcome;
    }
}
