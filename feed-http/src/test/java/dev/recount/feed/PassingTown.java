package dev.recount.feed;

import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A town that passes everything on to another; tests override what they look at or get in the way of. */
class PassingTown implements Town {

    final Town town;

    PassingTown(Town town) {
        this.town = town;
    }

    @Override
    public List<String> rigs() {
        return town.rigs();
    }

    @Override
    public Optional<EventStore> existingRig(String name) {
        return town.existingRig(name);
    }

    @Override
    public TownPage newest(Query query, int limit) {
        return town.newest(query, limit);
    }

    @Override
    public TownPage read(TownCursor cursor, Query query, int limit) {
        return town.read(cursor, query, limit);
    }

    @Override
    public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        return town.awaitAfter(cursor, timeout);
    }

    @Override
    public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        return town.chainsAt(sequences);
    }

    @Override
    public void close() {
        town.close();
    }
}
