package dev.recount.store.postgres;

import dev.recount.store.EventStoreException;
import dev.recount.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rigs that came into a town's databases by another way than its directory, such as a transfer, and that become rigs of the town. Thread-safe. */
final class Newcomers {

    private static final Logger LOG = LoggerFactory.getLogger(PlacedTown.class);

    private final Directory directory;
    private final Collection<Place> places;

    /** With all databases that were given. */
    Newcomers(Directory directory, Collection<Place> places) {
        this.directory = directory;
        this.places = places;
    }

    /**
     * Takes over the rigs of all databases. One that the directory knows, and that is away, keeps its newcomers until the next time.
     *
     * @throws IllegalStateException where a database that is new to the directory has a rig whose name another rig of the town has
     * @throws StoreUnavailable where a database that is new to the directory is away
     */
    void adoptAll() {
        Collection<String> known = directory.databases();
        Map<String, String> placed = directory.all().stream().collect(Collectors.toMap(Entry::rig, Entry::logId));
        SideBySide.run(places.stream()
                .filter(place -> known.contains(place.name()))
                .<Runnable>map(place -> () -> adoptWhereItIsThere(place, placed))
                .toList());
        for (Place place : places) {
            if (!known.contains(place.name())) {
                adopt(place, placed);
                directory.add(place.name());
            }
        }
    }

    // Neither a database that is away nor a name that is taken twice in one of them keeps the town from all its other
    // rigs.
    private void adoptWhereItIsThere(Place place, Map<String, String> placed) {
        try {
            adopt(place, placed);
        } catch (EventStoreException | IllegalStateException e) {
            LOG.warn("Not all rigs of {} may be rigs of the town yet: {}", place, e.getMessage());
        }
    }

    private void adopt(Place place, Map<String, String> placed) {
        List<String> refused = new ArrayList<>();
        place.unplaced().forEach((rig, logId) -> {
            boolean isKnown = logId.equals(placed.get(rig));
            if (!isKnown && !directory.adopt(rig, logId, place.name())) {
                refused.add(rig);
            }
        });
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Rig '" + refused.get(0) + "' in " + place
                    + " cannot be a rig of this town, which has another one of that name. Give the two different names,"
                    + " or leave the database out.");
        }
    }

    /**
     * The entry of a rig that one of the databases has, and the directory did not know; empty where none has it, so that it may be created.
     *
     * @throws StoreUnavailable where one cannot be asked, or is just getting such a rig
     */
    Optional<Entry> adopt(String rig) {
        return adopt(rig, place -> ask(place, rig));
    }

    /**
     * The same where nobody will create it. One that is still being copied is not there yet.
     *
     * @throws StoreUnavailable where one cannot be asked, and none of the others has it
     */
    Optional<Entry> adoptExisting(String rig) {
        List<StoreUnavailable> away = new ArrayList<>();
        Optional<Entry> found = adopt(rig, place -> {
            try {
                return place.openUnplaced(rig);
            } catch (StoreUnavailable e) {
                away.add(e);
                return Optional.empty();
            }
        });
        if (found.isEmpty() && !away.isEmpty()) {
            throw new StoreUnavailable(
                    "Whether there is a rig '" + rig + "' cannot be told now. Bring the database back, or open the town"
                            + " without it: " + away.get(0).getMessage(),
                    away.get(0));
        }
        return found;
    }

    private Optional<Entry> adopt(String rig, Function<Place, Optional<String>> asking) {
        for (Place place : places) {
            Optional<String> logId = asking.apply(place);
            if (logId.isPresent() && directory.adopt(rig, logId.get(), place.name())) {
                return directory.find(rig);
            }
        }
        return Optional.empty();
    }

    /**
     * What an entry is once it is decided whose name it has: that of a rig which a transfer brought before the name was taken, or else of a new
     * one. A transfer that begins later brings a rig whose name is taken.
     *
     * @throws StoreUnavailable where a database cannot be asked, or is just getting such a rig
     */
    Entry decided(Entry entry) {
        Entry now = entry;
        while (now.isReserved()) {
            Entry decision = brought(now);
            now = directory.change(now, decision)
                    ? decision
                    : directory.find(now.rig()).orElseThrow();
        }
        return now;
    }

    private Entry brought(Entry reserved) {
        for (Place place : places) {
            Optional<String> logId = ask(place, reserved.rig());
            if (logId.isPresent()) {
                return reserved.broughtTo(place.name(), logId.get());
            }
        }
        return reserved.in(reserved.database());
    }

    private static Optional<String> ask(Place place, String rig) {
        try {
            return place.unplaced(rig);
        } catch (StoreUnavailable e) {
            throw new StoreUnavailable(
                    "Rig '" + rig + "' cannot be placed now: whether " + place + " has one of that name cannot be"
                            + " asked, and there must not be two. Bring that database back, or open the town without it: "
                            + e.getMessage(),
                    e);
        }
    }
}
