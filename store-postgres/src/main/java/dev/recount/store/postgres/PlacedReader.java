package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reads the rigs of several databases as one town: of each database those that the directory has placed there. Thread-safe. */
final class PlacedReader {

    private static final long LOOK_NANOS = 500_000_000;
    private static final long IDLE_SECONDS = 5;

    private final Directory directory;
    private final Function<String, Place> places;
    private final BooleanSupplier closed;
    private final ExecutorService threads;
    private volatile Placements known = Placements.UNKNOWN;

    PlacedReader(Directory directory, Function<String, Place> places, BooleanSupplier closed) {
        this.directory = directory;
        this.places = places;
        this.closed = closed;
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "recount-wait-for-databases");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private Placements placements() {
        long version = directory.version();
        Placements now = known;
        if (now.version() != version) {
            // Read after its version: at worst it is newer, and is read once more.
            now = Placements.of(version, directory.all());
            known = now;
        }
        return now;
    }

    private interface Reading {
        TownPage of(PostgresTown town, Set<String> rigs);
    }

    /** What each database gave, and of those that gave nothing why, by the names of their rigs. */
    private record Answers(List<TownPage> pages, Map<String, EventStoreException> broken) {}

    TownPage newest(Query query, int limit) {
        Answers answers = ask((town, rigs) -> town.newest(rigs::contains, query, limit));
        return MergedPage.newest(answers.pages(), answers.broken(), limit);
    }

    TownPage read(TownCursor cursor, Query query, int limit) {
        Answers answers = ask((town, rigs) -> town.read(rigs::contains, within(cursor, rigs), query, limit));
        return MergedPage.next(cursor, answers.pages(), answers.broken(), limit);
    }

    private Answers ask(Reading reading) {
        List<TownPage> pages = new ArrayList<>();
        Map<String, EventStoreException> broken = new HashMap<>();
        placements().rigs().forEach((database, rigs) -> {
            try {
                pages.add(places.apply(database).read(town -> reading.of(town, rigs)));
            } catch (StoreUnavailable away) {
                rigs.forEach(rig -> broken.put(rig, away));
            }
        });
        return new Answers(pages, broken);
    }

    private static TownCursor within(TownCursor cursor, Set<String> rigs) {
        Map<String, Checkpoint> some = new HashMap<>(cursor.rigs());
        some.keySet().retainAll(rigs);
        return new TownCursor(some);
    }

    /** The hashes at sequences, of the rigs that can be read. */
    Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        Map<String, Map<Long, String>> chains = new HashMap<>();
        placements().rigs().forEach((database, rigs) -> {
            Map<String, Collection<Long>> some = new HashMap<>(sequences);
            some.keySet().retainAll(rigs);
            try {
                if (!some.isEmpty()) {
                    chains.putAll(places.apply(database).read(town -> town.chainsAt(some)));
                }
            } catch (StoreUnavailable away) {
                // Its rigs are left out, as those that cannot be read.
            }
        });
        return chains;
    }

    /** Waits until any rig has something after the cursor; false when the time is over. */
    boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        while (!isAnyAfter(cursor)) {
            if (deadline.isOver()) {
                return false;
            }
            awaitAny(cursor, Math.max(0, Math.min(LOOK_NANOS, deadline.remainingNanos())));
        }
        return true;
    }

    private boolean isAnyAfter(TownCursor cursor) throws InterruptedException {
        BlockingQueue<Boolean> found = new LinkedBlockingQueue<>();
        placements().rigs().forEach((database, rigs) -> awaitIn(database, rigs, cursor, Duration.ZERO, found));
        if (closed.getAsBoolean()) {
            throw new StoreClosed("town");
        }
        return !found.isEmpty();
    }

    // Rigs may be placed and moved meanwhile, so nobody waits for long in one place.
    private void awaitAny(TownCursor cursor, long nanos) throws InterruptedException {
        BlockingQueue<Boolean> found = new LinkedBlockingQueue<>();
        List<Future<?>> waiting = new ArrayList<>();
        try {
            placements()
                    .rigs()
                    .forEach((database, rigs) -> waiting.add(
                            threads.submit(() -> awaitIn(database, rigs, cursor, Duration.ofNanos(nanos), found))));
            found.poll(nanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting.forEach(task -> task.cancel(true));
        }
    }

    private void awaitIn(
            String database, Set<String> rigs, TownCursor cursor, Duration timeout, BlockingQueue<Boolean> found) {
        try {
            if (places.apply(database).read(town -> awaitIn(town, rigs, within(cursor, rigs), timeout))) {
                found.add(true);
            }
        } catch (StoreUnavailable away) {
            // A database that is away ends no waiting.
        } catch (StoreClosed over) {
            found.add(true);
        }
    }

    private static boolean awaitIn(PostgresTown town, Set<String> rigs, TownCursor cursor, Duration timeout) {
        try {
            return town.awaitAfter(rigs::contains, cursor, timeout);
        } catch (InterruptedException another) {
            // Another database had something.
            return false;
        }
    }

    void close() {
        threads.shutdown();
    }
}
