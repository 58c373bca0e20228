package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the rigs are, as far as is known. The directory is asked for a rig when it is first used, and when it was not found where it was. Thread-safe. */
final class Homes {

    private static final Logger LOG = LoggerFactory.getLogger(PlacedTown.class);

    private final Directory directory;
    private final Function<String, Place> places;
    private final UnaryOperator<Entry> deciding;
    private final Map<String, Home> known = new ConcurrentHashMap<>();

    /** With what gives the database of a name, and what decides whose name a new one is. */
    Homes(Directory directory, Function<String, Place> places, UnaryOperator<Entry> deciding) {
        this.directory = directory;
        this.places = places;
        this.deciding = deciding;
    }

    /**
     * Where a rig is.
     *
     * @throws StoreUnavailable where the directory or the rig's database cannot be reached, or is none that was given
     * @throws LogCorrupt where the database does not hold what the directory says
     */
    Home of(String rig) {
        Home home = known.get(rig);
        return home == null ? lookUp(rig) : home;
    }

    boolean isKnown(String rig) {
        return known.containsKey(rig);
    }

    /** Where a rig is by now; the directory is asked. */
    Home lookUp(String rig) {
        Entry found = directory
                .find(rig)
                .orElseThrow(() -> new LogCorrupt(
                        "Rig '" + rig + "' is gone from the " + directory + ". Restore that from a backup.", null));
        Entry entry = deciding.apply(found);
        Home home = new Home(entry, entry.isToBeSettled() ? settle(entry) : find(entry));
        known.put(rig, home);
        return home;
    }

    /** The same after it could not be had where it was; throws that failure where the directory cannot be asked either. */
    Home lookUpAfter(StoreUnavailable failure, String rig) {
        try {
            return lookUp(rig);
        } catch (StoreUnavailable notFound) {
            // That a rig was sealed where it was tells less than why it cannot be had where it is.
            boolean moved = RigNotOpen.isCauseOf(failure);
            (moved ? notFound : failure).addSuppressed(moved ? failure : notFound);
            throw moved ? notFound : failure;
        }
    }

    private PostgresEventStore find(Entry entry) {
        return places.apply(entry.database()).require(entry);
    }

    /** Sees to it that a rig is where its entry says, whatever is left to do; gives the entry as it is then. */
    Entry settled(Entry found) {
        Entry entry = deciding.apply(found);
        if (entry.isToBeSettled()) {
            settle(entry);
        }
        return entry;
    }

    private PostgresEventStore settle(Entry entry) {
        Place place = places.apply(entry.database());
        try {
            PostgresEventStore store = place.settle(entry);
            directory.settle(entry);
            return store;
        } catch (StoreUnavailable e) {
            // A role that only appends may not open it; who moves it will.
            Optional<PostgresEventStore> found = place.find(entry);
            LOG.debug("{} is not opened yet: {}", entry.rig(), e.getMessage());
            return found.orElseThrow(() -> e);
        }
    }
}
