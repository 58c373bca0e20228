package dev.recount.feed;

import dev.recount.store.Query;
import dev.recount.town.TownPage;

/** A page of a town, oldest first. Not thread-safe: made for one answer. */
final class TownPageSource implements PageSource {

    private final TownWalk walk;
    private final int limit;

    TownPageSource(TownLog log, Resumed resumed, int limit) {
        resumed.resets().stream().findFirst().ifPresent(reset -> {
            throw reset.refusal();
        });
        this.walk = new TownWalk(log.town(), resumed.places());
        this.limit = limit;
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public Part read(Query query, int most) {
        TownPage page = walk.read(query, most);
        walk.passAll();
        walk.resets().stream().findFirst().ifPresent(reset -> {
            throw reset.refusal();
        });
        boolean isAnyReadable = walk.broken().size() < page.broken().size();
        return new Part("", page.events(), page.complete() && !isAnyReadable);
    }

    @Override
    public String next() {
        return walk.place().text();
    }

    @Override
    public void describe(StringBuilder json) {
        BrokenRigs.json(json.append(','), walk.broken());
    }
}
