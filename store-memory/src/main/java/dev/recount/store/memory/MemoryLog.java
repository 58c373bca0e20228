package dev.recount.store.memory;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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

    MemoryLog(InstantSource clock) {
        this.clock = clock;
    }

    Page read(Query query, ReadOptions options) {
        return PageReader.read(table.view(), query, options);
    }

    Optional<Receipt> receipt(String key) {
        return Optional.ofNullable(receipts.get(key));
    }

    LogInfo info() {
        return new LogInfo(logId, table.view().head(), 0);
    }

    Appended append(Append append, Runnable requireOpen) {
        lock.lock();
        try {
            requireOpen.run();
            Optional<Receipt> known = append.receiptKey().flatMap(this::receipt);
            return known.isPresent() ? known.get().repeat(append) : appendNew(append);
        } finally {
            lock.unlock();
        }
    }

    boolean awaitAfter(long sequence, Duration timeout, Runnable requireOpen) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanosLeft = TimeUnit.NANOSECONDS.convert(timeout);
            requireOpen.run();
            while (table.view().head() <= sequence && nanosLeft > 0) {
                nanosLeft = changed.awaitNanos(nanosLeft);
                requireOpen.run();
            }
            return table.view().head() > sequence;
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
        List<StoredEvent> events = stored(append.events());
        table.add(events);
        events.stream().findFirst().ifPresent(first -> lastStoredAt = first.storedAt());
        Appended outcome = new Appended(
                table.view().head() - events.size() + 1, table.view().head(), false);
        remember(append, outcome);
        changed.signalAll();
        return outcome;
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
        ReadOptions since = ReadOptions.defaults().after(condition.after()).withLimit(1);
        for (StoredEvent conflicting :
                PageReader.read(view, condition.query(), since).events()) {
            throw new AppendConditionFailed(condition, conflicting);
        }
    }

    private List<StoredEvent> stored(List<NewEvent> events) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant storedAt = now.isBefore(lastStoredAt) ? lastStoredAt : now;
        long sequence = table.view().head();
        List<StoredEvent> stored = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            stored.add(stored(++sequence, event, storedAt));
        }
        return stored;
    }

    private static StoredEvent stored(long sequence, NewEvent event, Instant storedAt) {
        Instant occurredAt = event.occurredAt().orElse(storedAt);
        return new StoredEvent(
                sequence,
                event.type(),
                event.version(),
                event.tags(),
                event.data(),
                event.metadata(),
                occurredAt,
                storedAt);
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
