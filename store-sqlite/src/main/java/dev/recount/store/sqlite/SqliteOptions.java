package dev.recount.store.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How a log file is opened.
 *
 * <p>Defaults: {@link Durability#FULL}, ten seconds for a busy file, the system clock, no read models, and for a town at most
 * 64 open rigs.
 *
 * <pre>{@code
 * SqliteOptions options =
 *         SqliteOptions.defaults().withBusyTimeout(Duration.ofSeconds(5)).withReadModel(new BeadTable());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class SqliteOptions {

    private static final SqliteOptions DEFAULTS =
            new SqliteOptions(Durability.FULL, Duration.ofSeconds(10), Clock.systemUTC(), List.of(), 64);

    private final Durability durability;
    private final Duration busyTimeout;
    private final InstantSource clock;
    private final List<SqliteReadModel> readModels;
    private final int maxOpenRigs;

    private SqliteOptions(
            Durability durability,
            Duration busyTimeout,
            InstantSource clock,
            List<SqliteReadModel> readModels,
            int maxOpenRigs) {
        this.durability = durability;
        this.busyTimeout = busyTimeout;
        this.clock = clock;
        this.readModels = readModels;
        this.maxOpenRigs = maxOpenRigs;
    }

    /** The defaults. */
    public static SqliteOptions defaults() {
        return DEFAULTS;
    }

    /** What an append survives once it has returned. */
    public SqliteOptions withDurability(Durability newDurability) {
        return new SqliteOptions(newDurability, busyTimeout, clock, readModels, maxOpenRigs);
    }

    /**
     * How long a call waits for other writers of the same file before it gives up and stores nothing.
     *
     * @throws IllegalArgumentException below zero
     */
    public SqliteOptions withBusyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Busy timeout " + timeout + " is below zero. Give zero or more.");
        }
        return new SqliteOptions(durability, timeout, clock, readModels, maxOpenRigs);
    }

    /** The clock that says when an event is stored. It may go back; {@code storedAt} does not. */
    public SqliteOptions withClock(InstantSource newClock) {
        return new SqliteOptions(durability, busyTimeout, newClock, readModels, maxOpenRigs);
    }

    /**
     * One more read model that is kept in the log's own file, in one transaction with the events.
     *
     * @throws IllegalArgumentException where there is one of its name already
     */
    public SqliteOptions withReadModel(SqliteReadModel readModel) {
        if (readModels.stream().anyMatch(known -> known.name().equals(readModel.name()))) {
            throw new IllegalArgumentException(
                    "Read model '" + readModel.name() + "' is registered already; register each name once.");
        }
        List<SqliteReadModel> all = new ArrayList<>(readModels);
        all.add(readModel);
        return new SqliteOptions(durability, busyTimeout, clock, List.copyOf(all), maxOpenRigs);
    }

    /**
     * How many rigs a town keeps open at once.
     *
     * @throws IllegalArgumentException below 1
     */
    public SqliteOptions withMaxOpenRigs(int rigs) {
        if (rigs < 1) {
            throw new IllegalArgumentException("At most " + rigs + " open rigs is too few. Give at least 1.");
        }
        return new SqliteOptions(durability, busyTimeout, clock, readModels, rigs);
    }

    Durability durability() {
        return durability;
    }

    Duration busyTimeout() {
        return busyTimeout;
    }

    InstantSource clock() {
        return clock;
    }

    List<SqliteReadModel> readModels() {
        return readModels;
    }

    int maxOpenRigs() {
        return maxOpenRigs;
    }
}
