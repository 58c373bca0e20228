package dev.recount.store.sqlite;

import dev.recount.replay.Verification;
import dev.recount.store.StoreClosed;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the work on a store's read models needs of the store. Immutable.
 *
 * @param writers makes a writer with a connection of its own
 * @param closing is at zero once the store is closed
 * @param judge who is asked before a build takes the place of live tables
 */
record ModelParts(
        SharedFile shared,
        ModelFile file,
        Supplier<Writer> writers,
        LogReader readers,
        CountDownLatch closing,
        Optional<Consumer<? super Verification>> judge) {

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
