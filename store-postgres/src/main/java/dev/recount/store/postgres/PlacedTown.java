package dev.recount.store.postgres;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Rigs spread over several PostgreSQL databases, as one town.
 *
 * <p>A directory, a small table in one of the databases or in another, says which rig is where. A new rig goes to the database with the fewest.
 * A rig can be moved while it is written to: whoever appends waits for a moment and goes on at the new place; sequences, times, hashes,
 * receipts and the log's identity stay, and with them all cursors. At any time one database at most takes a rig's appends.
 *
 * <pre>{@code
 * try (PlacedTown town = PlacedTown.open(directory, Map.of("a", first, "b", second))) {
 *     EventStore rig = town.rig("gastown");
 *     rig.append(Append.of(events));
 *     town.move("gastown", "b");
 *     rig.append(Append.of(events));
 * }
 * }</pre>
 *
 * <p>A database that is away makes its rigs broken and harms no other; rigs of new names are not created meanwhile. While the directory is away, rigs that were used before are
 * read and written on, and the town as a whole cannot be read. Every process is to give the same names the same databases; one that holds another
 * log than the directory says is refused. The directory has a schema of its own, named as that of the rigs with {@code _directory} behind it.
 *
 * <p>It never closes a {@code DataSource}. Thread-safe.
 */
public final class PlacedTown implements Town {

    private final Directory directory;
    private final Map<String, Place> places = new TreeMap<>();
    private final Newcomers newcomers;
    private final Homes homes;
    private final PlacedReader reader;
    private final Duration busyTimeout;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PlacedTown(Directory directory, Map<String, DataSource> databases, PostgresOptions options) {
        this.directory = directory;
        databases.forEach((name, source) -> places.put(name, new Place(name, source, options)));
        this.newcomers = new Newcomers(directory, places.values());
        this.homes = new Homes(directory, this::place, newcomers::decided);
        this.reader = new PlacedReader(directory, this::place, closed::get);
        this.busyTimeout = options.busyTimeout();
    }

    /**
     * Opens a town with the default options.
     *
     * @param directory where the directory is; created there where there is none
     * @param databases by names that stay: the directory knows them by these
     * @throws IllegalArgumentException where no database is given
     * @throws StoreUnavailable where the directory cannot be reached, or the role may not do what is needed
     */
    public static PlacedTown open(DataSource directory, Map<String, DataSource> databases) {
        return open(directory, databases, PostgresOptions.defaults());
    }

    /**
     * Opens a town. The options hold for each of its rigs. A database that is given for the first time takes new rigs from now on. Rigs that a
     * database has, and that nobody placed, become rigs of this town: those that it had before, and those that a {@link Transfer} brought.
     * Databases that are known and away are waited for together, until the busy timeout is over, and asked for such rigs at the next opening.
     *
     * @param directory where the directory is; created there where there is none
     * @param databases by names that stay: the directory knows them by these
     * @throws IllegalArgumentException where no database is given
     * @throws IllegalStateException where a database that is new to the directory has a rig whose name another rig of the town has
     * @throws StoreUnavailable where the directory, or a database that is new to it, cannot be reached, or the role may not do what is needed
     */
    public static PlacedTown open(DataSource directory, Map<String, DataSource> databases, PostgresOptions options) {
        if (databases.isEmpty()) {
            throw new IllegalArgumentException("A town was to be opened without a database. Give one or more.");
        }
        PostgresOptions ofDirectory = options.withSchema(options.schema() + "_directory");
        Directory known = Directory.open(new Database(directory, ofDirectory));
        PlacedTown town = new PlacedTown(known, databases, options);
        try {
            town.newcomers.adoptAll();
            return town;
        } catch (RuntimeException | Error e) {
            town.close();
            throw e;
        }
    }

    private Place place(String name) {
        requireOpen();
        Place place = places.get(name);
        if (place == null) {
            throw new StoreUnavailable(
                    "Database '" + name + "' was not given to this town, which has " + places.keySet()
                            + ". Open it with the DataSource of '" + name + "', too.",
                    null);
        }
        return place;
    }

    @Override
    public List<String> rigs() {
        requireOpen();
        return directory.all().stream().map(Entry::rig).toList();
    }

    /** Where each rig is, by the names of the rigs. */
    public List<Placement> placements() {
        requireOpen();
        return directory.all().stream().map(Entry::placement).toList();
    }

    /**
     * The rig of that name; where there is none, it is created in the database that has the fewest rigs. Before that, each database is asked
     * whether it has got one by a {@link Transfer} that began before the name was taken here, which is taken over then. The store stays usable, also after the rig was moved, until it or the
     * town is closed.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name
     * @throws StoreUnavailable where it cannot be found or created now, or no database takes new rigs; also where the name is new and one of the
     *     databases is away, since that may have a rig of this name
     */
    public EventStore rig(String name) {
        return rig(name, places.keySet());
    }

    /**
     * The same for a host that places rigs by a rule of its own: a new one, which none of the databases has, is created in that database.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name
     * @throws StoreUnavailable where it cannot be found or created now, or the database is none of this town's, or takes no new rigs
     */
    public EventStore rig(String name, String database) {
        place(database);
        return rig(name, Set.of(database));
    }

    private EventStore rig(String name, Collection<String> databases) {
        Rig.requireName(name);
        requireOpen();
        if (!homes.isKnown(name)) {
            Entry entry = directory
                    .find(name)
                    .or(() -> newcomers.adopt(name))
                    .or(() -> directory.place(name, databases))
                    .orElseThrow(() -> new StoreUnavailable(
                            "Rig '" + name + "' cannot be placed: none of the databases " + databases
                                    + " takes new rigs. Add one, or let one of these take them again.",
                            null));
            homes.settled(entry);
        }
        return store(name);
    }

    /**
     * {@inheritDoc}
     *
     * <p>One that a {@link Transfer} has brought into a database is taken over, as by {@link #rig}.
     *
     * @throws StoreUnavailable where the directory cannot be reached, or does not know the name and one of the databases is away
     */
    @Override
    public Optional<EventStore> existingRig(String name) {
        requireOpen();
        boolean exists = homes.isKnown(name) || (Rig.isName(name) && find(name).isPresent());
        return exists ? Optional.of(store(name)) : Optional.empty();
    }

    /**
     * The progress of the reactors of a rig, which goes with the rig where that is moved. Whoever runs a reactor then takes it over once more.
     *
     * @throws IllegalArgumentException where there is no such rig
     * @throws StoreUnavailable where the directory cannot be reached
     */
    public ReactionStore reactions(String rig) {
        return new PlacedReactions(entry(rig).rig(), homes, busyTimeout);
    }

    private EventStore store(String name) {
        return new PlacedStore(name, homes, busyTimeout, closed::get);
    }

    @Override
    public TownPage newest(Query query, int limit) {
        requireOpen();
        return reader.newest(query, ReadOptions.defaults().withLimit(limit).limit());
    }

    @Override
    public TownPage read(TownCursor cursor, Query query, int limit) {
        requireOpen();
        return reader.read(
                cursor, query, ReadOptions.defaults().withLimit(limit).limit());
    }

    @Override
    public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        requireOpen();
        return reader.awaitAfter(cursor, timeout);
    }

    @Override
    public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        requireOpen();
        return reader.chainsAt(sequences);
    }

    /**
     * Moves a rig to another database, while it is written to; or goes on with such a move that was broken off, whoever began it. Whoever appends
     * waits from when the last of the events are copied until the rig is open at its new place. The copy is compared with the rig before that, by
     * its hashes. Where it fails, the rig stays where it was. The old place keeps a sealed copy, which a move back goes on from.
     *
     * <p>The role must own the schemas. Read models in SQL tables do not go with the rig: build them anew where it is then.
     *
     * @return where the rig is then
     * @throws IllegalArgumentException where there is no such rig
     * @throws IllegalStateException where a move to a third database was broken off: finish it or take it back first; or where the other database
     *     has a copy of the rig, which a {@link Transfer} has begun
     * @throws StoreUnavailable where one of the two databases, or the directory, cannot be reached, or another run has decided otherwise meanwhile
     * @throws LogCorrupt where the rig is damaged, or the other database has something else by its name
     */
    public Placement move(String rig, String database) {
        return mover(step -> {}).move(entry(rig), database).placement();
    }

    /**
     * Has a rig stay where it is, where a move of it was broken off and the other database cannot be had; else does nothing.
     *
     * @return where the rig is
     * @throws IllegalArgumentException where there is no such rig
     * @throws StoreUnavailable where its database, or the directory, cannot be reached, or another run has decided otherwise meanwhile
     */
    public Placement takeBack(String rig) {
        return mover(step -> {}).takeBack(entry(rig)).placement();
    }

    /**
     * Empties a database: it takes no new rigs from now on, and those that it has are moved to the others, each to the one with the fewest then. Once this has
     * returned, nobody needs it any more. Broken off, it goes on when it is called again.
     *
     * @throws StoreUnavailable where no other database takes new rigs, and as {@link #move}
     */
    public void drain(String database) {
        place(database);
        directory.setTakesNew(database, false);
        Set<String> others = new TreeSet<>(places.keySet());
        others.remove(database);
        for (Entry entry : directory.all()) {
            if (entry.database().equals(database) || database.equals(entry.movingTo())) {
                moveAway(entry, database, others);
            }
        }
    }

    private void moveAway(Entry entry, String from, Set<String> others) {
        if (from.equals(entry.movingTo())) {
            takeBack(entry.rig());
            return;
        }
        String target = Optional.ofNullable(entry.movingTo())
                .or(() -> directory.leastOf(others))
                .orElseThrow(() -> new StoreUnavailable(
                        "Database '" + from + "' cannot be drained: none of the others, " + others
                                + ", takes new rigs. Add one, or let one of these take them again.",
                        null));
        move(entry.rig(), target);
    }

    /** Lets a database that was drained take new rigs again. */
    public void refill(String database) {
        place(database);
        directory.setTakesNew(database, true);
    }

    RigMove mover(Consumer<String> afterStep) {
        requireOpen();
        return new RigMove(directory, this::place, homes, afterStep);
    }

    private Optional<Entry> find(String rig) {
        return directory.find(rig).or(() -> newcomers.adoptExisting(rig));
    }

    Entry entry(String rig) {
        requireOpen();
        return Optional.of(rig)
                .filter(Rig::isName)
                .flatMap(this::find)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no rig '" + rig + "' in this town. Give the name of one that there is."));
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreClosed(toString());
        }
    }

    /** Closes all rigs and wakes all who wait for one. Appends under way are completed. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            places.values().forEach(Place::close);
            reader.close();
        }
    }

    @Override
    public String toString() {
        return "Town over " + places.keySet();
    }
}
