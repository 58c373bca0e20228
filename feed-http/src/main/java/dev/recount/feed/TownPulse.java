package dev.recount.feed;

import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What is new in the rigs of a town. Not thread-safe: use from the thread that looks. */
final class TownPulse implements Pulse {

    private static final int MOST = 500;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Checkpoint BEYOND = new Checkpoint("", Long.MAX_VALUE);

    private final Town town;
    private TownCursor cursor = TownCursor.start();
    private Set<String> broken = Set.of();
    private Set<String> announced = Set.of();
    private long lookedAt = System.nanoTime();

    TownPulse(Town town) {
        this.town = town;
    }

    @Override
    public void skip() {
        take(town.newest(Query.all(), 1));
        announced = broken;
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        // A rig that cannot be read would end every wait at once.
        Map<String, Checkpoint> readable = new HashMap<>(cursor.rigs());
        broken.forEach(rig -> readable.put(rig, BEYOND));
        // They are read again from time to time, since nobody tells when they can be read; and so are all, since a log
        // that
        // was put in the place of another ends no wait either.
        return town.awaitAfter(new TownCursor(readable), timeout)
                || !broken.isEmpty()
                || System.nanoTime() - lookedAt >= LOOK_AGAIN_NANOS;
    }

    @Override
    public Part read() {
        TownPage page = town.read(cursor, Query.all(), MOST);
        take(page);
        return new Part("", page.events(), page.complete());
    }

    @Override
    public boolean isSure() {
        return broken.equals(announced);
    }

    private void take(TownPage page) {
        lookedAt = System.nanoTime();
        cursor = page.next();
        broken = page.broken().keySet();
    }
}
