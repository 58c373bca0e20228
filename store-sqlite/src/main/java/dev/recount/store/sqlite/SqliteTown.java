package dev.recount.store.sqlite;

import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A directory of rigs: every {@code NAME.db} in it is one log.
 *
 * <p>Rigs share nothing but the directory; a rig that cannot be read harms no other. At most so many are open at once as
 * {@link SqliteOptions#withMaxOpenRigs} says, however many stores were given out: a store opens its file when it is used, and the
 * one unused for longest is closed for it.
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
public final class SqliteTown implements AutoCloseable {

    private final Path directory;
    private final OpenRigs open;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteTown(Path directory, SqliteOptions options) {
        this.directory = directory;
        this.open = new OpenRigs(directory, options);
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
        if (!Files.isDirectory(directory)) {
            throw new StoreUnavailable("Town " + directory + " is not a directory. Create the directory first.", null);
        }
        return new SqliteTown(directory.toAbsolutePath().normalize(), options);
    }

    /**
     * The names of all rigs, sorted.
     *
     * @throws StoreUnavailable where the directory cannot be read
     */
    public List<String> rigs() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(RigName::isFileName)
                    .map(RigName::ofFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreUnavailable("Town " + directory + " cannot be read. Check its permissions.", e);
        }
    }

    /**
     * The rig of that name; created where there is none. The store stays usable until it or the town is closed.
     *
     * @param name 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name, or differs from another rig's in upper and lower case only
     * @throws StoreUnavailable where the file cannot be created
     */
    public EventStore rig(String name) {
        RigName.require(name);
        if (!known.contains(name)) {
            requireOwnCase(name);
            if (!Files.exists(fileOf(name))) {
                open.with(name, SqliteEventStore::info);
            }
            known.add(name);
        }
        return give(name);
    }

    /** The rig of that name, where there is one. */
    public Optional<EventStore> existingRig(String name) {
        boolean exists = RigName.isValid(name) && (known.contains(name) || rigs().contains(name));
        if (!exists) {
            return Optional.empty();
        }
        known.add(name);
        return Optional.of(give(name));
    }

    /** Closes all rigs and wakes all who wait for one. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                known.forEach(name -> give(name).close());
            } finally {
                open.close();
            }
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
        return new RigStore(name, fileOf(name), open, closed::get);
    }

    private Path fileOf(String name) {
        return directory.resolve(RigName.fileName(name));
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
