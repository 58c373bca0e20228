package dev.recount.feed;

import dev.recount.feed.TownReset.Reason;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.Town;
import dev.recount.town.TownPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads on in a town from a place, and keeps the place. Not thread-safe: use from one thread at a time. */
final class TownWalk {

    private final Town town;
    private final TownPlace place;
    private TownRead last = TownRead.NONE;
    private Map<String, EventStoreException> broken = Map.of();

    TownWalk(Town town, Map<String, RigPlace> places) {
        this.town = town;
        this.place = new TownPlace(town::rigs, places);
    }

    TownPlace place() {
        return place;
    }

    /** Reads what comes next, to be passed as a whole. */
    TownPage read(Query query, int most) {
        return take(TownRead.of(town, place, query, most));
    }

    /** Reads what comes next, to be passed event by event. */
    TownPage readEach(Query query, int most) {
        return take(TownRead.ofEach(town, place, query, most));
    }

    private TownPage take(TownRead read) {
        last = read;
        broken = new TreeMap<>(read.page().broken());
        return read.page();
    }

    /** The rigs that could not be read, and why. */
    Map<String, EventStoreException> broken() {
        return broken;
    }

    /** Moves behind an event of the last page, or stays where it was if it throws; gives the cursor there. */
    String pass(RigEvent found) {
        String rig = found.rig();
        RigPlace before = place.of(rig);
        place.put(rig, last.behind(found));
        try {
            return place.name();
        } catch (RuntimeException e) {
            // The cursor of a rig that is new asks for all names, and the event is not sent yet.
            place.restore(rig, before);
            throw e;
        }
    }

    /** Moves behind all that the last page has looked through. */
    void passAll() {
        last.moved().keySet().forEach(rig -> place.put(rig, last.end(rig)));
        // Who waits keeps nothing of a page.
        last = TownRead.NONE;
    }

    /**
     * Looks whether the rigs that the last page could not read can be read all the same, since they are another log, or under another id.
     * Those are broken no longer: they are read on next.
     *
     * @return those of them in which nobody can go on where the client is; they are at their heads now
     */
    List<TownReset> resets() {
        List<TownReset> resets = new ArrayList<>();
        broken.keySet().removeIf(rig -> isReadable(rig, resets));
        return resets;
    }

    /** Goes on without the rigs that are not there any more. */
    List<TownReset> leave(List<String> gone) {
        gone.forEach(place::remove);
        return gone.stream()
                .map(rig -> TownReset.of(TownReset.Reason.RIG_GONE, rig))
                .toList();
    }

    private boolean isReadable(String rig, List<TownReset> resets) {
        RigPlace before = place.of(rig);
        if (before == null) {
            return false;
        }
        try {
            town.existingRig(rig)
                    .flatMap(store -> reasonToReset(rig, before, store))
                    .ifPresent(reason -> resets.add(TownReset.of(reason, rig)));
        } catch (EventStoreException stillBroken) {
            return false;
        }
        return !before.equals(place.of(rig));
    }

    private Optional<Reason> reasonToReset(String rig, RigPlace at, EventStore store) {
        LogInfo info = store.info();
        Optional<Reason> reason = reason(at, store, info);
        if (reason.isPresent()) {
            String chain = store.chainAt(info.head()).orElse("");
            place.put(rig, new RigPlace(info.logId(), info.head(), chain));
        } else if (!info.logId().equals(at.checkpoint().logId())) {
            // The same history under another id, or one that could not be read when the client came.
            place.put(rig, new RigPlace(new Checkpoint(info.logId(), at.sequence()), at.mark()));
        }
        return reason;
    }

    private static Optional<Reason> reason(RigPlace at, EventStore store, LogInfo info) {
        if (at.sequence() > info.head() && store.chainAt(at.sequence()).isEmpty()) {
            return Optional.of(Reason.AHEAD_OF_HEAD);
        }
        if (at.sequence() < info.floor()) {
            return Optional.of(Reason.BELOW_FLOOR);
        }
        boolean isSame = store.chainAt(at.sequence())
                .filter(chain -> RigPlace.mark(chain) == at.mark())
                .isPresent();
        return isSame ? Optional.empty() : Optional.of(Reason.OTHER_LOG);
    }
}
