package dev.recount.store.sqlite;

import dev.recount.store.StoreClosed;
import dev.recount.store.jdbc.ModelSignal;
import dev.recount.store.jdbc.ModelStore;
import dev.recount.store.jdbc.ModelWork;
import dev.recount.store.jdbc.ModelWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the work on a store's read models needs of the store. Immutable.
 *
 * @param writers makes a writer with a connection of its own
 * @param closing is at zero once the store is closed
 * @param files how the log is waited for
 */
record ModelParts(
        SharedFile shared,
        ModelFile log,
        Supplier<Writer> writers,
        LogReader readers,
        CountDownLatch closing,
        CommitSignal.Watch files)
        implements ModelStore {

    @Override
    public ModelFile log() {
        return log;
    }

    @Override
    public <T> T read(ModelWork<T> work) {
        return readers.read(work::run);
    }

    @Override
    public ModelWriter writer() {
        Writer writer = writers.get();
        return new ModelWriter() {

            @Override
            public <T> T inTransaction(ModelWork<T> work, Then<? super T> then) {
                return writer.inTransaction(work::run, then::run, ModelParts.this::closed);
            }

            @Override
            public void tidy() {
                writer.checkpoint();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public boolean othersWait() {
        return shared.writers().hasQueuedThreads();
    }

    @Override
    public void awaitAfter(long head) throws InterruptedException {
        shared.signal().awaitAfter(head, Duration.ofDays(1), files);
    }

    @Override
    public ModelSignal signal() {
        return new Signal(new CommitSignal());
    }

    /** How far one model is, as the file tells it. */
    private final class Signal implements ModelSignal {

        private final CommitSignal signal;

        Signal(CommitSignal signal) {
            this.signal = signal;
        }

        @Override
        public void publish(long checkpoint) {
            signal.publish(checkpoint);
            // Who waits for a model that stopped is to see it.
            signal.changed(shared.path().toString());
        }

        @Override
        public void wakeAll() {
            signal.wakeAll();
        }

        @Override
        public boolean awaitAfter(long sequence, Duration timeout, LongSupplier look) throws InterruptedException {
            CommitSignal.Watch watch =
                    new CommitSignal.Watch(files.store(), look, files.closed(), files.every(), files.files());
            return signal.awaitAfter(sequence, timeout, watch);
        }
    }

    @Override
    public void requireOpen() {
        if (closing.getCount() == 0) {
            throw closed();
        }
    }

    private StoreClosed closed() {
        return new StoreClosed(shared.path().toString());
    }

    @Override
    public void pause(long millis) throws InterruptedException {
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            throw closed();
        }
    }
}
