package dev.recount.store.sqlite;

import dev.recount.store.StoreClosed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What the work on a store's read models needs of the store. Immutable.
 *
 * @param writers makes a writer with a connection of its own
 * @param closing is at zero once the store is closed
 */
record ModelParts(
        SharedFile shared, ModelFile file, Supplier<Writer> writers, LogReader readers, CountDownLatch closing) {

    void requireOpen() {
        if (closing.getCount() == 0) {
            throw closed();
        }
    }

    StoreClosed closed() {
        return new StoreClosed(shared.path().toString());
    }

    /** Waits, unless the store is closed meanwhile. */
    void pause(long millis) throws InterruptedException {
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            throw closed();
        }
    }
}
