package dev.recount.store.sqlite;

import java.util.concurrent.locks.LockSupport;

/** Keeps a caller's interrupt aside while something must not be broken off. Not thread-safe: use from one thread at a time. */
final class Interrupts {

    private boolean interrupted = Thread.interrupted();

    /** An interrupt came by exception. */
    void remember() {
        interrupted = true;
    }

    /** Lets some time go by; a set interrupt flag would end every pause at once. */
    void pause(long nanos) {
        LockSupport.parkNanos(nanos);
        interrupted |= Thread.interrupted();
    }

    /** Gives the caller its interrupt back. */
    void restore() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
