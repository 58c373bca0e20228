package dev.recount.feed;

import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.town.TownPage;
import java.util.Map;

/** The newest events of a town, newest first; its cursor is where what comes from now on begins. Not thread-safe: made for one answer. */
final class NewestOfTown implements PageSource {

    private final TownLog log;
    private final int limit;
    private TownPlace place;
    private Map<String, EventStoreException> broken = Map.of();

    NewestOfTown(TownLog log, int limit) {
        this.log = log;
        this.limit = limit;
        this.place = new TownPlace(log.town()::rigs, Map.of());
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public Part read(Query query, int most) {
        TownPage page = log.town().newest(query, most);
        place = new TownPlace(log.town()::rigs, log.places(page));
        broken = page.broken();
        // Older ones cannot be asked for, so that there are no more.
        return new Part("", page.events(), true);
    }

    @Override
    public String next() {
        return place.text();
    }

    @Override
    public void describe(StringBuilder json) {
        BrokenRigs.json(json.append(','), broken);
    }
}
