package dev.recount.internal.log;

import java.util.concurrent.locks.LockSupport;

/** Keeps a caller's interrupt aside while something must not be broken off. Not thread-safe: use from one thread at a time. */
public final class Interrupts {

    private boolean interrupted = Thread.interrupted();

    /** An interrupt came by exception. */
    public void remember() {
        interrupted = true;
    }

    /** Lets some time go by; a set interrupt flag would end every pause at once. */
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
        interrupted |= Thread.interrupted();
    }

    /** Gives the caller its interrupt back. */
    public void restore() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
