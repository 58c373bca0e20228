package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.PackedPage;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Receipt;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A rig wherever it is. What was read counts only where the rig was still open there afterwards, or the directory still says that it is there:
 * a copy that was left behind would hide what was appended since. Thread-safe.
 */
final class PlacedStore implements EventStore {

    private static final long PAUSE_NANOS = 10_000_000;
    // A rig that moves away is not told to who waits for it.
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String rig;
    private final Homes homes;
    private final Duration busyTimeout;
    private final BooleanSupplier townClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    PlacedStore(String rig, Homes homes, Duration busyTimeout, BooleanSupplier townClosed) {
        this.rig = rig;
        this.homes = homes;
        this.busyTimeout = busyTimeout;
        this.townClosed = townClosed;
    }

    @Override
    public Page read(Query query, ReadOptions options) {
        return look(store -> store.read(query, options), page -> !page.complete());
    }

    @Override
    public Optional<PackedPage> readPacked(Query query, ReadOptions options) {
        return look(
                store -> store.readPacked(query, options),
                page -> page.filter(PackedPage::complete).isEmpty());
    }

    @Override
    public Appended append(Append append) {
        Deadline deadline = Deadline.after(busyTimeout);
        Interrupts interrupts = new Interrupts();
        try {
            while (true) {
                Home home = home();
                try {
                    return home.store().append(append);
                } catch (StoreUnavailable e) {
                    awaitAnother(home, append, e, deadline, interrupts);
                }
            }
        } finally {
            interrupts.restore();
        }
    }

    // An append that may have been stored goes to another place only with its receipt, which has gone there, too.
    private void awaitAnother(
            Home home, Append append, StoreUnavailable refusal, Deadline deadline, Interrupts interrupts) {
        boolean surelyNotStored = RigNotOpen.isCauseOf(refusal);
        boolean moved = !homes.lookUpAfter(refusal, rig).isSamePlace(home);
        boolean again = surelyNotStored || (moved && append.receiptKey().isPresent());
        if (!again || deadline.isOver()) {
            throw refusal;
        }
        if (!moved) {
            interrupts.pause(PAUSE_NANOS);
        }
    }

    @Override
    public Optional<Receipt> receipt(String key) {
        return look(store -> store.receipt(key), Optional::isPresent);
    }

    @Override
    public boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        while (true) {
            Home home = home();
            Duration left = Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
            boolean last = left.compareTo(LOOK_EVERY) <= 0;
            if (awaitAt(home, sequence, last ? left : LOOK_EVERY)) {
                return true;
            }
            home();
            if (last) {
                return false;
            }
        }
    }

    private boolean awaitAt(Home home, long sequence, Duration timeout) throws InterruptedException {
        try {
            if (home.store().awaitAfter(sequence, timeout)) {
                return true;
            }
            return !home.isOpen() && homes.lookUp(rig).store().info().head() > sequence;
        } catch (StoreUnavailable e) {
            if (homes.lookUpAfter(e, rig).isSamePlace(home)) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public LogInfo info() {
        return look(EventStore::info, never -> false);
    }

    @Override
    public Optional<String> chainAt(long sequence) {
        return look(store -> store.chainAt(sequence), Optional::isPresent);
    }

    @Override
    public Map<Long, String> chainsAt(Collection<Long> sequences) {
        return look(
                store -> store.chainsAt(sequences), chains -> chains.keySet().containsAll(sequences));
    }

    private <T> T look(Function<EventStore, T> reading, Predicate<T> everTrue) {
        while (true) {
            Home home = home();
            try {
                T result = reading.apply(home.store());
                if (everTrue.test(result) || home.isOpen() || homes.lookUp(rig).isSamePlace(home)) {
                    return result;
                }
            } catch (StoreUnavailable e) {
                if (homes.lookUpAfter(e, rig).isSamePlace(home)) {
                    throw e;
                }
            }
        }
    }

    private Home home() {
        if (closed.get() || townClosed.getAsBoolean()) {
            throw new StoreClosed(rig);
        }
        return homes.of(rig);
    }

    /** Closes this view of the rig, which stays open for others. */
    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public String toString() {
        return "Rig '" + rig + "'";
    }
}
