package dev.recount.feed;

import dev.recount.store.Query;
import dev.recount.town.Town;
import dev.recount.town.TownPage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rigs of a town as a feed shows them. Thread-safe. */
record TownLog(Town town) implements Subject {

    private static final List<String> OF_A_RIG = List.of("before", "since", "until");

    @Override
    public Optional<String> rig() {
        return Optional.empty();
    }

    @Override
    public Subject ofRig(String name) {
        return town.existingRig(name).map(store -> new RigLog(name, store)).orElseThrow(() -> Subject.noRig(name));
    }

    @Override
    public PageSource page(FeedRequest request) {
        OF_A_RIG.forEach(name -> requireNo(name, request));
        int limit = PageRequest.limit(request);
        Optional<GivenCursor> given = GivenCursor.of(request);
        if (!PageRequest.isNewestFirst(request)) {
            return new TownPageSource(this, resumed(given.orElse(GivenCursor.BEGINNING)), limit);
        }
        given.ifPresent(TownLog::refuseBoundOfNewest);
        return new NewestOfTown(this, limit);
    }

    private static void requireNo(String name, FeedRequest request) {
        if (!request.parameters(name).isEmpty()) {
            throw FeedRefused.badRequest(
                            "INVALID_" + name.toUpperCase(Locale.ROOT),
                            "Parameter " + name
                                    + " is for one rig, since a town has no order of its own. Leave it out, or ask"
                                    + " the rig.")
                    .with("parameter", name);
        }
    }

    private static void refuseBoundOfNewest(GivenCursor given) {
        throw FeedRefused.badRequest(
                        "INVALID_AFTER",
                        "newest=true gives the newest of a town whatever was read before. Leave the cursor out, or newest.")
                .with("parameter", given.name())
                .with("value", given.text());
    }

    @Override
    public StreamSource stream(FeedRequest request) {
        Optional<GivenCursor> given = GivenCursor.of(request);
        Resumed resumed = given.map(this::resumed).orElseGet(() -> new Resumed(heads(), List.of()));
        return new TownStream(this, resumed, given.map(GivenCursor::text).orElse(""));
    }

    @Override
    public Pulse pulse() {
        return new TownPulse(town);
    }

    private Resumed resumed(GivenCursor given) {
        return given.text().equals("0") ? new Resumed(Map.of(), List.of()) : CursorProof.of(this, given);
    }

    /** The ends of all rigs that can be read now. */
    Map<String, RigPlace> heads() {
        return places(town.newest(Query.all(), 1));
    }

    /** The places of a page's cursor, with the marks there; without the rigs that cannot be read any more. */
    Map<String, RigPlace> places(TownPage page) {
        TownMarks marks = TownMarks.at(town, page.next());
        Map<String, RigPlace> places = new HashMap<>();
        page.next()
                .rigs()
                .forEach((rig, checkpoint) -> marks.of(rig, checkpoint.sequence())
                        .ifPresent(mark -> places.put(rig, new RigPlace(checkpoint, mark))));
        return places;
    }
}
