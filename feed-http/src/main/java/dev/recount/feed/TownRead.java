package dev.recount.feed;

import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What was read at once in a town, with the marks of all places that it leads to. Immutable.
 *
 * @param moved where it ends, in the rigs in which it goes on from where it began
 */
record TownRead(TownPage page, Map<String, Checkpoint> moved, TownMarks marks) {

    static final TownRead NONE =
            new TownRead(new TownPage(List.of(), TownCursor.start(), true, Map.of()), Map.of(), TownMarks.NONE);

    /** Reads on, for a client that is given one cursor for all of it. */
    static TownRead of(Town town, TownPlace place, Query query, int most) {
        TownCursor from = place.cursor();
        TownPage page = town.read(from, query, most);
        return of(town, page, new Asked(moved(from, page), List.of(), Map.of()));
    }

    /**
     * Reads on, for a client that stays and is given a cursor with each event. Rigs that do not hold any more what it has read, since another
     * log took over, are left out, too.
     */
    static TownRead ofEach(Town town, TownPlace place, Query query, int most) {
        TownCursor from = place.cursor();
        TownPage page = town.read(from, query, most);
        Map<String, Checkpoint> moved = moved(from, page);
        return of(town, page, new Asked(moved, page.events(), place.begun(moved.keySet())));
    }

    private static Map<String, Checkpoint> moved(TownCursor from, TownPage page) {
        Map<String, Checkpoint> moved = new HashMap<>(page.next().rigs());
        moved.entrySet().removeIf(rig -> rig.getValue().equals(from.rigs().get(rig.getKey())));
        return moved;
    }

    private static TownRead of(Town town, TownPage page, Asked asked) {
        TownMarks marks = asked.marks(town);
        Set<String> lost = asked.without(marks);
        if (lost.isEmpty()) {
            return new TownRead(page, asked.moved, marks);
        }
        Map<String, Checkpoint> moved = new HashMap<>(asked.moved);
        moved.keySet().removeAll(lost);
        return new TownRead(leftOut(page, lost), moved, marks);
    }

    // They are read again once they can be.
    private static TownPage leftOut(TownPage page, Set<String> lost) {
        List<RigEvent> events = page.events().stream()
                .filter(found -> !lost.contains(found.rig()))
                .toList();
        Map<String, EventStoreException> broken = new HashMap<>(page.broken());
        lost.forEach(rig -> broken.put(
                rig,
                new StoreUnavailable("Rig '" + rig + "' was read, and its hashes cannot be asked for now.", null)));
        return new TownPage(events, page.next(), page.complete(), broken);
    }

    /**
     * The places whose marks are needed.
     *
     * @param begun where it begins, with the marks that must still be there
     */
    private record Asked(Map<String, Checkpoint> moved, List<RigEvent> events, Map<String, RigPlace> begun) {

        TownMarks marks(Town town) {
            TownMarks.Request request = new TownMarks.Request();
            moved.forEach(request::add);
            events.forEach(request::add);
            begun.forEach((rig, place) -> request.add(rig, place.sequence()));
            return request.ask(town);
        }

        Set<String> without(TownMarks marks) {
            Set<String> rigs = new HashSet<>();
            moved.forEach((rig, end) -> {
                if (marks.of(rig, end.sequence()).isEmpty()) {
                    rigs.add(rig);
                }
            });
            for (RigEvent found : events) {
                if (marks.of(found.rig(), found.event().sequence()).isEmpty()) {
                    rigs.add(found.rig());
                }
            }
            begun.forEach((rig, place) -> {
                if (!OptionalLong.of(place.mark()).equals(marks.of(rig, place.sequence()))) {
                    rigs.add(rig);
                }
            });
            return rigs;
        }
    }

    /** Behind one of its events. */
    RigPlace behind(RigEvent found) {
        return at(found.rig(), found.event().sequence());
    }

    /** Where it ends in a rig in which it goes on. */
    RigPlace end(String rig) {
        Checkpoint end = moved.getOrDefault(rig, new Checkpoint("", 0));
        return at(rig, end.sequence());
    }

    private RigPlace at(String rig, long sequence) {
        Checkpoint end = moved.getOrDefault(rig, new Checkpoint("", 0));
        return new RigPlace(
                new Checkpoint(end.logId(), sequence), marks.of(rig, sequence).orElseThrow());
    }
}
