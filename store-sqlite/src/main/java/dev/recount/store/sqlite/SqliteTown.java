package dev.recount.store.sqlite;

import dev.recount.reaction.ReactionStore;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.Town;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory of rigs: every {@code NAME.db} in it is one log.
 *
 * <p>Rigs share nothing but the directory; a rig that cannot be read harms no other. At most so many are open at once as
 * {@link SqliteOptions#withMaxOpenRigs} says, however many stores were given out: a store opens its file when it is used, and the
 * one unused for longest is closed for it. A rig whose file is removed while it is open is refused until it is back, and one whose file
 * is replaced is read from the new file.
 *
 * <pre>{@code
 * try (SqliteTown town = SqliteTown.open(directory)) {
 *     town.rig("gastown").append(Append.of(events));
 *     town.rig("beads").append(Append.of(events));
 *     rigs = town.rigs();       // [beads, gastown]
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class SqliteTown implements Town {

    private final RigFolder folder;
    private final OpenRigs open;
    private final RigHeads heads;
    private final TownReader reader;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteTown(Path directory, SqliteOptions options, Tuning tuning) {
        this.folder = new RigFolder(directory);
        this.open = new OpenRigs(directory, options, tuning);
        this.heads = new RigHeads(folder, open, tuning, closed::get);
        this.reader = new TownReader(folder, open, heads);
    }

    /**
     * Opens a town with the default options.
     *
     * @throws StoreUnavailable where the directory does not exist
     */
    public static SqliteTown open(Path directory) {
        return open(directory, SqliteOptions.defaults());
    }

    /**
     * Opens a town; the options hold for each of its rigs.
     *
     * @throws StoreUnavailable where the directory does not exist
     */
    public static SqliteTown open(Path directory, SqliteOptions options) {
        return open(directory, options, Tuning.DEFAULT);
    }

    static SqliteTown open(Path directory, SqliteOptions options, Tuning tuning) {
        if (!Files.isDirectory(directory)) {
            throw new StoreUnavailable("Town " + directory + " is not a directory. Create the directory first.", null);
        }
        return new SqliteTown(directory.toAbsolutePath().normalize(), options, tuning);
    }

    @Override
    public List<String> rigs() {
        return folder.names();
    }

    /**
     * The rig of that name; created where there is none. The store stays usable until it or the town is closed. A rig that this town
     * has given out is not created again where its file is removed: its store refuses until the file is back.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name, or differs from another rig's in upper and lower case only
     * @throws StoreUnavailable where the file cannot be created
     */
    public EventStore rig(String name) {
        RigName.require(name);
        if (!known.contains(name)) {
            requireOwnCase(name);
            if (!Files.exists(folder.fileOf(name))) {
                open.create(name);
            }
            known.add(name);
        }
        return give(name);
    }

    /**
     * Where the reactors of a rig keep their progress: in the rig's own file, as {@link SqliteReactions} of a single log does. So a town's
     * rigs can be reacted to one by one, however few of them may be open at once.
     *
     * @param name a rig that exists
     * @throws IllegalArgumentException where there is no such rig
     */
    public ReactionStore reactions(String name) {
        if (existingRig(name).isEmpty()) {
            throw new IllegalArgumentException("There is no rig '" + name + "' in " + this + " to keep reactions in."
                    + " Create it first, with rig(\"" + name + "\").");
        }
        return new RigReactions(give(name));
    }

    @Override
    public Optional<EventStore> existingRig(String name) {
        boolean exists = RigName.isValid(name) && (known.contains(name) || rigs().contains(name));
        if (!exists) {
            return Optional.empty();
        }
        known.add(name);
        return Optional.of(give(name));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks every rig how far it is, and reads from those only that can have one of the newest.
     */
    @Override
    public TownPage newest(Query query, int limit) {
        requireOpen();
        return reader.newest(query, ReadOptions.defaults().withLimit(limit).limit());
    }

    /**
     * {@inheritDoc}
     *
     * <p>A page costs a look at each rig that has something to read, so ask for large pages to read a whole town.
     */
    @Override
    public TownPage read(TownCursor cursor, Query query, int limit) {
        requireOpen();
        return reader.read(
                cursor, query, ReadOptions.defaults().withLimit(limit).limit());
    }

    @Override
    public boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        requireOpen();
        return heads.awaitAfter(cursor, timeout);
    }

    @Override
    public Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences) {
        requireOpen();
        return reader.chainsAt(sequences);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            heads.wakeAll();
            try {
                known.forEach(name -> give(name).close());
            } finally {
                open.close();
            }
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreClosed(toString());
        }
    }

    int openRigs() {
        return open.size();
    }

    // On a file system that ignores case, the two names would be one file.
    private void requireOwnCase(String name) {
        for (String other : rigs()) {
            if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                throw new IllegalArgumentException("Rig name '" + name + "' differs from the rig '" + other
                        + "' in upper and lower case only. Use '" + other + "', or a name of its own.");
            }
        }
    }

    private RigStore give(String name) {
        return new RigStore(name, folder.fileOf(name), open, heads, closed::get);
    }

    @Override
    public String toString() {
        return folder.directory().toString();
    }
}
