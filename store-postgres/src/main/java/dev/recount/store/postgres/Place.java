package dev.recount.store.postgres;

import dev.recount.internal.log.HashChain;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One of the databases that hold the rigs of a town. It is opened when it is first needed, so that one which is away keeps nobody from
 * the others. Thread-safe.
 */
final class Place {

    private static final String CREATE =
            "INSERT INTO {s}.rigs (name, log_id, created_at, head, head_chain, floor, floor_chain,"
                    + " last_stored_at, generation) VALUES (?, ?, ?, 0, ?, 0, ?, ?, ?) ON CONFLICT (name) DO NOTHING";

    private static final String OPEN = "SELECT name, log_id FROM {s}.rigs WHERE state = 'open' AND generation = 0";

    private static final String COPY = "SELECT name, log_id FROM {s}.rigs WHERE state = 'copy'";

    private final String name;
    private final DataSource source;
    private final PostgresOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final ExecutorService prober;
    private @Nullable PostgresTown town;
    private volatile @Nullable StoreUnavailable away;
    private boolean probing;
    private boolean closed;

    Place(String name, DataSource source, PostgresOptions options) {
        this.name = name;
        this.source = source;
        this.options = options;
        this.prober = Channel.thread("recount-probe-" + name);
    }

    String name() {
        return name;
    }

    /**
     * All of its rigs.
     *
     * @throws StoreUnavailable where it cannot be opened now
     */
    PostgresTown town() {
        lock.lock();
        try {
            if (closed) {
                throw new StoreClosed(toString());
            }
            PostgresTown open = town;
            if (open == null) {
                open = PostgresTown.open(source, options);
                town = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads from it, for who reads from others, too: once it was found to be away, it is refused at once, until it is back.
     *
     * @throws StoreUnavailable where it is away
     */
    <T> T read(Function<PostgresTown, T> reading) {
        StoreUnavailable known = away;
        if (known != null) {
            probe();
            throw new StoreUnavailable(this + " is away: " + known.getMessage(), known);
        }
        try {
            return reading.apply(town());
        } catch (StoreUnavailable e) {
            away = e;
            throw e;
        }
    }

    private void probe() {
        lock.lock();
        try {
            if (!probing && !closed) {
                probing = Channel.start(prober, this::lookWhetherItIsBack);
            }
        } finally {
            lock.unlock();
        }
    }

    private void lookWhetherItIsBack() {
        @Nullable StoreUnavailable now = away;
        try {
            town().rigs();
            now = null;
        } catch (StoreUnavailable e) {
            now = e;
        } catch (StoreClosed over) {
            // Nobody asks any more.
        } finally {
            away = now;
            endProbe();
        }
    }

    private void endProbe() {
        lock.lock();
        try {
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    /** The rig of an entry, where it is here. */
    Optional<PostgresEventStore> find(Entry entry) {
        Optional<PostgresEventStore> found = town().known(entry.rig());
        found.ifPresent(store -> {
            String logId = store.info().logId();
            if (!logId.equals(entry.logId())) {
                throw new LogCorrupt(
                        store + " in " + this + " has the log " + logId + ", and the directory placed the log "
                                + entry.logId() + " there. Give the DataSource that the directory means by that name.",
                        null);
            }
        });
        return found;
    }

    /** The rig of an entry, which must be here. */
    PostgresEventStore require(Entry entry) {
        return find(entry)
                .orElseThrow(() -> new LogCorrupt(
                        "Rig '" + entry.rig() + "' is not in " + this + ", where the directory placed it. Give the"
                                + " DataSource that the directory means by that name, or restore the database from a backup.",
                        null));
    }

    /** Creates the rig of an entry, where it is not here yet, and opens it. */
    PostgresEventStore settle(Entry entry) {
        if (entry.isNew() && find(entry).isEmpty()) {
            String now = TimeText.of(TimeText.within(options.clock().instant()));
            town().database()
                    .write(
                            "Rig '" + entry.rig() + "'",
                            session -> session.run(
                                    CREATE,
                                    entry.rig(),
                                    entry.logId(),
                                    now,
                                    HashChain.start(),
                                    HashChain.start(),
                                    TimeText.EARLIEST_TEXT,
                                    entry.generation()));
        }
        PostgresEventStore store = require(entry);
        if (!store.look(session -> RigState.isOpen(session, store.rig(), entry.generation()))) {
            store.writeAgain(session -> RigState.open(session, store.rig(), entry.generation()));
        }
        return store;
    }

    /** The ids of the logs of rigs that are open here, and that nobody placed, by their names. */
    Map<String, String> unplaced() {
        return town().database().read(toString(), session -> session.query(OPEN, Place::texts));
    }

    /**
     * The same of one rig.
     *
     * @throws StoreUnavailable where it is being copied here, and will be one
     */
    Optional<String> unplaced(String rig) {
        town().database().read(toString(), session -> {
            Map<String, String> copies = session.query(COPY + " AND name = ?", Place::texts, rig);
            if (!copies.isEmpty()) {
                throw new StoreUnavailable(
                        "Rig '" + rig + "' in " + this + " is a copy that takes events from its source only. End the"
                                + " transfer that has begun it, or give the new rig another name.",
                        null);
            }
            return true;
        });
        return openUnplaced(rig);
    }

    /** The same, where nobody asks in order to place another one; refused at once where this was found to be away. */
    Optional<String> openUnplaced(String rig) {
        Map<String, String> open = read(town ->
                town.database().read(toString(), session -> session.query(OPEN + " AND name = ?", Place::texts, rig)));
        return Optional.ofNullable(open.get(rig));
    }

    private static Map<String, String> texts(ResultSet row) throws SQLException {
        Map<String, String> all = new HashMap<>();
        while (row.next()) {
            all.put(row.getString(1), row.getString(2));
        }
        return all;
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            prober.shutdown();
            if (town != null) {
                town.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Database '" + name + "'";
    }
}
