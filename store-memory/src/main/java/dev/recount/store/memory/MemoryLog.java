package dev.recount.store.memory;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The data behind a memory store. One lock orders the writers; readers look at what is published and take no lock. */
final class MemoryLog {

    private final String logId = UUID.randomUUID().toString();
    private final InstantSource clock;
    private final EventTable table = new EventTable();
    private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Instant lastStoredAt = Instant.MIN;

    /** Nobody waits for an event after a lower sequence; so a waiter is woken only where one of them has what it waits for. */
    private long lowestAwaited = Long.MAX_VALUE;

    MemoryLog(InstantSource clock) {
        this.clock = clock;
    }

    Page read(Query query, ReadOptions options) {
        EventTable.View view = table.view();
        EventsRemoved.check(options.after(), view.floor());
        Page page = PageReader.read(view, query, options);
        // The index knows nothing of events that were removed before anybody asked for their tags.
        return table.view().floor() == view.floor() ? page : read(query, options);
    }

    Retained retain(Retention retention, long floor, Runnable requireOpen) {
        lock.lock();
        try {
            requireOpen.run();
            long before = table.view().floor();
            long after = Math.max(before, floor);
            if (!retention.isDryRun()) {
                table.removeUpTo(after);
            }
            return new Retained(before, after, after - before);
        } finally {
            lock.unlock();
        }
    }

    Optional<Receipt> receipt(String key) {
        return Optional.ofNullable(receipts.get(key));
    }

    LogInfo info() {
        return infoOf(table.view());
    }

    private LogInfo infoOf(EventTable.View view) {
        return new LogInfo(logId, view.head(), view.floor());
    }

    Appended append(Append append, Runnable requireOpen) {
        lock.lock();
        try {
            requireOpen.run();
            Receipt known = append.receiptKey().map(receipts::get).orElse(null);
            return known == null ? appendNew(append) : known.repeat(append);
        } finally {
            lock.unlock();
        }
    }

    boolean awaitAfter(long sequence, Duration timeout, Runnable requireOpen) throws InterruptedException {
        long started = System.nanoTime();
        long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
        requireOpen.run();
        // A writer may hold the lock for longer than the caller wants to wait.
        if (!lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            requireOpen.run();
            return hasAfter(sequence);
        }
        try {
            long nanosLeft = nanos - (System.nanoTime() - started);
            requireOpen.run();
            while (!hasAfter(sequence) && nanosLeft > 0) {
                lowestAwaited = Math.min(lowestAwaited, sequence);
                nanosLeft = changed.awaitNanos(nanosLeft);
                requireOpen.run();
            }
            return hasAfter(sequence);
        } finally {
            lock.unlock();
        }
    }

    void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Appended appendNew(Append append) {
        requireContent(append);
        require(append.condition());
        long before = table.view().head();
        if (!append.events().isEmpty()) {
            lastStoredAt = now();
            table.add(append.events(), lastStoredAt);
        }
        Appended outcome = new Appended(before + 1, table.view().head(), false);
        remember(append, outcome);
        wakeThoseWhoWaitForLess();
        return outcome;
    }

    private void wakeThoseWhoWaitForLess() {
        if (hasAfter(lowestAwaited)) {
            lowestAwaited = Long.MAX_VALUE;
            changed.signalAll();
        }
    }

    private boolean hasAfter(long sequence) {
        return table.view().head() > sequence;
    }

    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(lastStoredAt) ? lastStoredAt : now;
    }

    private static void requireContent(Append append) {
        if (append.events().isEmpty() && append.receiptKey().isEmpty()) {
            throw new IllegalArgumentException(
                    "An append of no events stores nothing. Give an event, or a receipt key to remember the outcome by.");
        }
    }

    private void require(AppendCondition condition) {
        EventTable.View view = table.view();
        if (condition.after() > view.head()) {
            throw new IllegalArgumentException("The condition was made on another log: it reads up to sequence "
                    + condition.after() + ", and the head of this log is " + view.head()
                    + ". Read this log and decide again.");
        }
        if (condition.after() == view.head()) {
            return;
        }
        EventsRemoved.check(condition.after(), view.floor());
        ReadOptions since = ReadOptions.defaults().after(condition.after()).withLimit(1);
        for (StoredEvent conflicting :
                PageReader.read(view, condition.query(), since).events()) {
            throw new AppendConditionFailed(condition, conflicting);
        }
    }

    private void remember(Append append, Appended outcome) {
        append.receiptKey()
                .ifPresent(key ->
                        receipts.put(key, new Receipt(key, append.fingerprint().orElseThrow(), outcome)));
    }

    @Override
    public String toString() {
        return "in memory (log " + logId + ")";
    }
}
