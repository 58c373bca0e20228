package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * The rigs of one schema of a PostgreSQL database.
 *
 * <p>Each rig has an order of its own: appends of one rig take turns, over threads and processes, and never wait for those of another. Connections are
 * taken from the host's {@code DataSource} for one call each, so give one that pools; while somebody waits for a rig, one more is in use to
 * listen for all of them.
 *
 * <pre>{@code
 * try (PostgresTown town = PostgresTown.open(dataSource)) {
 *     town.rig("gastown").append(Append.of(events));
 *     rigs = town.rigs();       // [gastown]
 * }
 * }</pre>
 *
 * <p>On the {@code DataSource} of a replica it reads, and refuses what writes. It never closes the {@code DataSource}. Thread-safe.
 */
public final class PostgresTown implements Town {

    private final Database database;
    private final Heads heads = new Heads();
    private final Listener listener;
    private final Announcer announcer;
    private final Map<String, RigParts> known = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresTown(Database database) {
        this.database = database;
        this.listener = new Listener(database, heads);
        this.announcer = new Announcer(database);
    }

    /** What the stores of one rig share. */
    record RigParts(Rig rig, Appends appends, RigModels models) {}

    /**
     * Opens a town with the default options.
     *
     * @throws StoreUnavailable where the server cannot be reached, or the role may not do what is needed
     * @throws LogCorrupt where the schema is something else than a town
     */
    public static PostgresTown open(DataSource dataSource) {
        return open(dataSource, PostgresOptions.defaults());
    }

    /**
     * Opens a town; creates its schema where there is none and the role may. The options hold for each of its rigs.
     *
     * @throws StoreUnavailable where the server cannot be reached, or the role may not do what is needed
     * @throws LogCorrupt where the schema is something else than a town
     */
    public static PostgresTown open(DataSource dataSource, PostgresOptions options) {
        Database database = new Database(dataSource, options);
        PostgresSchema.of(database).require();
        return new PostgresTown(database);
    }

    @Override
    public List<String> rigs() {
        requireOpen();
        return database.read(
                toString(), session -> session.query("SELECT name FROM {s}.rigs ORDER BY name", PostgresTown::names));
    }

    private static List<String> names(ResultSet rows) throws SQLException {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
            names.add(rows.getString(1));
        }
        return names;
    }

    /**
     * The rig of that name; created where there is none. The store stays usable until it or the town is closed.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name
     * @throws StoreUnavailable where it cannot be found or created now
     */
    public PostgresEventStore rig(String name) {
        Rig.requireName(name);
        requireOpen();
        return known(name).orElseGet(() -> {
            String now = TimeText.of(TimeText.within(database.options().clock().instant()));
            database.write("Rig '" + name + "'", session -> Rig.create(session, name, now));
            return known(name).orElseThrow();
        });
    }

    @Override
    public Optional<EventStore> existingRig(String name) {
        requireOpen();
        return Rig.isName(name) ? known(name).map(store -> store) : Optional.empty();
    }

    Optional<PostgresEventStore> known(String name) {
        RigParts parts = known.get(name);
        if (parts == null) {
            Optional<Rig> found = database.read("Rig '" + name + "'", session -> Rig.find(session, name));
            parts = found.map(rig -> known.computeIfAbsent(name, key -> parts(rig)))
                    .orElse(null);
        }
        return Optional.ofNullable(parts).map(this::store);
    }

    private PostgresEventStore store(RigParts parts) {
        // Outside of the map, which would be locked while tables are built.
        parts.models().open();
        return new PostgresEventStore(this, parts);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A few statements, however many rigs there are.
     */
    @Override
    public TownPage newest(Query query, int limit) {
        return newest(any -> true, query, limit);
    }

    /** The same over the rigs of these names. */
    TownPage newest(Predicate<String> rigs, Query query, int limit) {
        requireOpen();
        int most = ReadOptions.defaults().withLimit(limit).limit();
        return database.read(toString(), session -> new TownReader(session, rigs).newest(query, most));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A few statements, however many rigs there are. A page of large events is cut off at some eight megabytes.
     */
    @Override
    public TownPage read(TownCursor cursor, Query query, int limit) {
        return read(any -> true, cursor, query, limit);
    }

    /** The same over the rigs of these names. */
    TownPage read(Predicate<String> rigs, TownCursor cursor, Query query, int limit) {
        requireOpen();
        int most = ReadOptions.defaults().withLimit(limit).limit();
        return database.read(toString(), session -> new TownReader(session, rigs).read(cursor, query, most));
    }

    @Override
    public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        return awaitAfter(any -> true, cursor, timeout);
    }

    /** The same over the rigs of these names. */
    boolean awaitAfter(Predicate<String> rigs, TownCursor cursor, Duration timeout) throws InterruptedException {
        requireOpen();
        boolean found = heads.awaitAny(timeout, () -> isAnyAfter(rigs, cursor), listener::start, closed::get);
        requireOpen();
        return found;
    }

    private boolean isAnyAfter(Predicate<String> rigs, TownCursor cursor) {
        List<RigHead> all = database.read(toString(), session -> RigHead.of(session, rigs));
        return all.stream().anyMatch(rig -> rig.isAfter(cursor.rigs().get(rig.name())));
    }

    @Override
    public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        requireOpen();
        return database.read(toString(), session -> TownChains.at(session, sequences));
    }

    private RigParts parts(Rig rig) {
        RigModels models = new RigModels(database, rig, () -> new PostgresEventStore(this, partsOf(rig)));
        return new RigParts(rig, new Appends(database, rig, models, head -> grown(rig, head)), models);
    }

    private RigParts partsOf(Rig rig) {
        return Objects.requireNonNull(known.get(rig.name()));
    }

    /** Wakes those who wait for a rig, or for any. */
    void grown(Rig rig, long head) {
        heads.publish(rig.key(), head);
        heads.publishAny();
        announcer.announce(rig.key());
    }

    Database database() {
        return database;
    }

    Heads heads() {
        return heads;
    }

    Listener listener() {
        return listener;
    }

    boolean isClosed() {
        return closed.get();
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
            known.values().forEach(parts -> parts.models().beginToClose());
            heads.wakeAll();
            known.values().forEach(parts -> parts.models().close());
            known.values().forEach(parts -> parts.appends().close());
            listener.close();
            announcer.close();
        }
    }

    @Override
    public String toString() {
        return "Town '" + database.options().schema() + "'";
    }
}
