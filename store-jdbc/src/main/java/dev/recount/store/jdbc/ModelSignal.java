package dev.recount.store.jdbc;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How far a read model is known to be, and who waits for it. Thread-safe. */
public interface ModelSignal {

    /** Tells how far it is, or that something else about it has changed. */
    void publish(long checkpoint);

    /** Lets all who wait look whether the store was closed. */
    void wakeAll();

    /** Waits until it is beyond a sequence; false when the time is over. */
    boolean awaitAfter(long sequence, Duration timeout, LongSupplier look) throws InterruptedException;
}
