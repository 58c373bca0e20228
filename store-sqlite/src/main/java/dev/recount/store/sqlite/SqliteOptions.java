package dev.recount.store.sqlite;

import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.jdbc.ModelOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How a log file is opened.
 *
 * <p>Defaults: {@link Durability#FULL}, ten seconds for a busy file, the system clock, no read models, and for a town at most
 * 64 open rigs.
 *
 * <pre>{@code
 * SqliteOptions options =
 *         SqliteOptions.defaults().withBusyTimeout(Duration.ofSeconds(5)).withInline(new BeadTable());
 * }</pre>
 *
 * <p>Immutable.
 */
public final class SqliteOptions {

    // Beyond, the arithmetic of clocks overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final SqliteOptions DEFAULTS =
            new SqliteOptions(Durability.FULL, Duration.ofSeconds(10), Clock.systemUTC(), ModelOptions.NONE, 64);

    private final Durability durability;
    private final Duration busyTimeout;
    private final InstantSource clock;
    private final ModelOptions readModels;
    private final int maxOpenRigs;

    private SqliteOptions(
            Durability durability,
            Duration busyTimeout,
            InstantSource clock,
            ModelOptions readModels,
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
     * @throws IllegalArgumentException below zero, or beyond 36,500 days
     */
    public SqliteOptions withBusyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Busy timeout " + timeout + " is below zero. Give zero or more.");
        }
        if (timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Busy timeout " + timeout + " is too long. Give at most " + LONGEST.toDays() + " days.");
        }
        return new SqliteOptions(durability, timeout, clock, readModels, maxOpenRigs);
    }

    /** The clock that says when an event is stored. It may go back; {@code storedAt} does not. */
    public SqliteOptions withClock(InstantSource newClock) {
        return new SqliteOptions(durability, busyTimeout, newClock, readModels, maxOpenRigs);
    }

    /**
     * One more read model that is kept in the log's own file, in one transaction with the events: who has appended reads what was
     * changed. Turning it into an async one and back is a matter of this word alone: it goes on from its checkpoint.
     *
     * @throws IllegalArgumentException where there is one of its name already, where another creates a table of the same name, or
     *     where its schema has a statement that does not belong there
     */
    public SqliteOptions withInline(SqlReadModel readModel) {
        return with(readModels.with(readModel, ReadModelStatus.Mode.INLINE));
    }

    /**
     * One more read model that is kept in the log's own file, in transactions of its own together with its checkpoint: it holds no
     * append up, and is behind for a moment. A daemon thread of the store, {@code recount-model-NAME}, does so until the store is
     * closed; {@link SqliteEventStore#awaitApplied} waits for it.
     *
     * <p>In a town each rig has such a thread for as long as its file is open, which is at most {@link #withMaxOpenRigs} rigs at a
     * time. The model of a rig that nobody uses stays at its checkpoint and goes on when the rig is used again.
     *
     * @throws IllegalArgumentException where there is one of its name already, where another creates a table of the same name, or
     *     where its schema has a statement that does not belong there
     */
    public SqliteOptions withAsync(SqlReadModel readModel) {
        return with(readModels.with(readModel, ReadModelStatus.Mode.ASYNC));
    }

    /**
     * Does not wait, when a log is opened, for read models of another version to be built. Until such a version is put in the place
     * of the old one, readers see the old tables as they are, or none, and appends go on without the model.
     */
    public SqliteOptions buildingInBackground() {
        return with(readModels.buildingInBackground());
    }

    /**
     * Compares each build of a read model with the live tables before it takes their place, and asks whether it may: a new version, or
     * a rebuild of the same. Nobody is asked where there are no live tables yet.
     *
     * <pre>{@code
     * SqliteOptions careful = SqliteOptions.defaults()
     *         .withInline(new BeadTable())
     *         .comparingBeforeSwap(compared -> {
     *             if (!compared.isEqual()) {
     *                 throw new IllegalStateException(compared.report());
     *             }
     *         });
     * }</pre>
     *
     * <p>In what is given, {@code live} are the live tables and {@code replayed} the new ones, both at the same sequence. Rows are compared
     * as {@link SqliteEventStore#verify(SqlReadModel)} compares them, at most 1,000 differences are listed, and for none is the event
     * looked for. Where the versions differ, only the tables and columns that both have are compared: what only one has is no
     * difference. {@code compared()} is 0 where they have nothing in common. Of one version, such a table or column is a difference.
     *
     * <p>Who throws refuses: the build stays beside the live tables, as {@link ReadModelStatus.State#STOPPED stopped}, with what was thrown as
     * the cause; {@link SqliteEventStore#rebuild} throws, while a log opens without the build. The live tables stay, and
     * appends go on. <b>An inline model of the new version does not write into the tables of the old one:</b> these stay at the sequence at
     * which they were, until a program with the old version, which goes on with them, catches up. {@link SqliteEventStore#resume}
     * compares and asks again, and in a store without a comparison takes the build as it is. Opening the log with another
     * version, or with that of the live tables, throws it away. While it is there, retention waits for it.
     *
     * <p>It is asked outside of locks and transactions, on the thread that builds, before the log is open unless it is built
     * {@linkplain #buildingInBackground in the background}; once for each build, and again after {@code resume}, after a kill, or where
     * several stores build the same one: then the first answer counts. An {@link dev.recount.store.EventStoreException} is no
     * refusal and is thrown on. Appends and reads go on while it compares; the file's write-ahead log grows meanwhile. What is appended
     * after the comparison and before the swap is not compared. Every program that builds the model must be
     * opened with this: one without it does not ask.
     */
    public SqliteOptions comparingBeforeSwap(Consumer<? super Verification> judge) {
        return with(readModels.comparingBeforeSwap(judge));
    }

    private SqliteOptions with(ModelOptions newReadModels) {
        return new SqliteOptions(durability, busyTimeout, clock, newReadModels, maxOpenRigs);
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

    ModelOptions readModels() {
        return readModels;
    }

    int maxOpenRigs() {
        return maxOpenRigs;
    }
}
