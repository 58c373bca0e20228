package dev.recount.store.memory;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.StoreClosed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A log in memory, for tests and prototypes: nothing of it outlives the program.
 *
 * <p>It is the strictest store. What it accepts every store accepts: its pages are short (at most 100 events, whatever is asked
 * for), and its times are cut to the microsecond. Reads go on beside an append and never wait for one.
 *
 * <pre>{@code
 * EventStore store = MemoryEventStore.create();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class MemoryEventStore implements EventStore {

    private final MemoryLog log;
    private volatile boolean closed;

    private MemoryEventStore(MemoryLog log) {
        this.log = log;
    }

    /** An empty log that tells the time by the system's clock. */
    public static MemoryEventStore create() {
        return create(InstantSource.system());
    }

    /** An empty log that tells the time by {@code clock}. */
    public static MemoryEventStore create(InstantSource clock) {
        return new MemoryEventStore(new MemoryLog(clock));
    }

    /**
     * A further store on the same log, whether or not this one is closed: what a program finds after a restart, or what a
     * second program sees.
     */
    public MemoryEventStore reopen() {
        return new MemoryEventStore(log);
    }

    @Override
    public Page read(Query query, ReadOptions options) {
        requireOpen();
        return log.read(query, options);
    }

    @Override
    public Appended append(Append append) {
        return log.append(append, this::requireOpen);
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        requireOpen();
        return log.receipt(key);
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        return log.awaitAfter(sequence, timeout, this::requireOpen);
    }

    @Override
    public LogInfo info() {
        requireOpen();
        return log.info();
    }

    /**
     * Removes the oldest events for good, all at once.
     *
     * @throws CancellationException where it was told to stop before it began
     * @throws StoreClosed after {@link #close}
     */
    public Retained retain(Retention retention) {
        long floor = retention.floorIn(this);
        if (retention.isCancelled()) {
            throw new CancellationException("The retention was stopped. Nothing was removed.");
        }
        Retained retained = log.retain(retention, floor, this::requireOpen);
        retention.progress().accept(retained.floor());
        return retained;
    }

    @Override
    public void close() {
        closed = true;
        log.wakeAll();
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreClosed(log.toString());
        }
    }
}
