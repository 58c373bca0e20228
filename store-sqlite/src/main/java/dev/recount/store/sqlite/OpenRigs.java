package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rigs of a town that are open now, at most so many. The one unused for longest is closed for the next; one in use never is.
 *
 * <p>Each use looks whether the rig's file is still the one that was opened. Another that was put in its place is opened instead, once nobody
 * uses the one before. Thread-safe.
 */
final class OpenRigs {

    private final Path directory;
    private final SqliteOptions options;
    private final Tuning tuning;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Handle> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    OpenRigs(Path directory, SqliteOptions options, Tuning tuning) {
        this.directory = directory;
        this.options = options;
        this.tuning = tuning.forRigs(options.maxOpenRigs());
    }

    private interface Opener {
        SqliteEventStore open(Path file);
    }

    private static final class Handle {
        private final Path file;
        private final ReentrantLock opening = new ReentrantLock();
        private volatile @Nullable SqliteEventStore store;
        private boolean closed;
        private int users;

        Handle(Path file) {
            this.file = file;
        }

        SqliteEventStore open(Opener opener) {
            opening.lock();
            try {
                if (closed) {
                    throw new StoreClosed(file.toString());
                }
                SqliteEventStore open = store;
                if (open == null) {
                    open = opener.open(file);
                    store = open;
                }
                return open;
            } finally {
                opening.unlock();
            }
        }

        /** Whether another file was put in the place of the one that it has open. */
        boolean isReplaced() {
            SqliteEventStore open = store;
            return open != null && open.opened().isReplaced();
        }

        void requireOwnWalGone() {
            Optional.ofNullable(store).map(SqliteEventStore::opened).ifPresent(OpenedFile::requireOwnWalGone);
        }

        void close() {
            opening.lock();
            try {
                closed = true;
                SqliteEventStore open = store;
                if (open != null) {
                    open.close();
                }
            } finally {
                opening.unlock();
            }
        }
    }

    /**
     * Runs work on a rig, which is not closed meanwhile.
     *
     * @throws StoreUnavailable where its file is not there; it is not created
     */
    <T> T with(String rig, Function<SqliteEventStore, T> work) {
        return with(rig, file -> Opening.existing(file, options, tuning), work);
    }

    /** Creates a rig where its file is not there. */
    void create(String rig) {
        with(rig, file -> Opening.toWrite(file, options, tuning), SqliteEventStore::logId);
    }

    private <T> T with(String rig, Opener opener, Function<SqliteEventStore, T> work) {
        Handle handle = lease(rig);
        try {
            return work.apply(handle.open(opener));
        } finally {
            giveBack(handle);
        }
    }

    /** Whether that rig is open or being opened. */
    boolean has(String rig) {
        lock.lock();
        try {
            return byUse.containsKey(rig);
        } finally {
            lock.unlock();
        }
    }

    /** How many are open or being opened. */
    int size() {
        lock.lock();
        try {
            return byUse.size();
        } finally {
            lock.unlock();
        }
    }

    private Handle lease(String rig) {
        closeReplaced(rig);
        List<Handle> evicted = new ArrayList<>(1);
        Interrupts interrupts = new Interrupts();
        try {
            return leaseOrEvict(rig, evicted, interrupts);
        } finally {
            interrupts.restore();
            evicted.forEach(Handle::close);
        }
    }

    // Closed before the new file is opened. What is removed stays open: it may be put back, and what SQLite keeps
    // beside
    // it tells
    // a file that is put there instead from one that is.
    private void closeReplaced(String rig) {
        Handle handle = known(rig);
        if (handle != null && handle.isReplaced()) {
            handle.requireOwnWalGone();
            takeOut(rig, handle);
            handle.close();
        }
    }

    private @Nullable Handle known(String rig) {
        lock.lock();
        try {
            return byUse.get(rig);
        } finally {
            lock.unlock();
        }
    }

    private void takeOut(String rig, Handle handle) {
        lock.lock();
        try {
            if (handle.users > 0) {
                throw new StoreUnavailable(
                        "Log " + handle.file + " was replaced while it was in use. Try again.", null);
            }
            byUse.remove(rig, handle);
        } finally {
            lock.unlock();
        }
    }

    private Handle leaseOrEvict(String rig, List<Handle> evicted, Interrupts interrupts) {
        lock.lock();
        try {
            Deadline deadline = Deadline.after(options.busyTimeout());
            while (true) {
                requireOpen();
                Handle known = byUse.get(rig);
                if (known != null || byUse.size() < options.maxOpenRigs() || evictIdle(evicted)) {
                    Handle handle = known != null ? known : new Handle(directory.resolve(RigName.fileName(rig)));
                    byUse.put(rig, handle);
                    handle.users++;
                    return handle;
                }
                awaitFreed(deadline, interrupts);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean evictIdle(List<Handle> evicted) {
        Iterator<Handle> leastUsedFirst = byUse.values().iterator();
        while (leastUsedFirst.hasNext()) {
            Handle handle = leastUsedFirst.next();
            if (handle.users == 0) {
                leastUsedFirst.remove();
                evicted.add(handle);
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller is the loop
    private void awaitFreed(Deadline deadline, Interrupts interrupts) {
        if (deadline.isOver()) {
            throw new StoreUnavailable(
                    "All " + options.maxOpenRigs() + " rigs of " + directory
                            + " that may be open at once were in use for "
                            + options.busyTimeout().toMillis()
                            + " ms. Allow more with withMaxOpenRigs, or use fewer at once.",
                    null);
        }
        try {
            freed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupts.remember();
        }
    }

    private void giveBack(Handle handle) {
        lock.lock();
        try {
            handle.users--;
            if (handle.users == 0 && handle.store == null) {
                byUse.values().remove(handle);
            }
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreClosed(directory.toString());
        }
    }

    /** Closes all; calls that are under way end first. */
    void close() {
        List<Handle> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(byUse.values());
            byUse.clear();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(Handle::close);
    }
}
