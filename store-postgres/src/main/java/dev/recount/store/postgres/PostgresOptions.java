package dev.recount.store.postgres;

import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.jdbc.ModelOptions;
import dev.recount.store.jdbc.OwnNames;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How rigs in a database are opened.
 *
 * <p>Defaults: the schema {@code recount}, ten seconds for a busy rig or a server that is away, the system clock, no read models.
 *
 * <pre>{@code
 * PostgresOptions options =
 *         PostgresOptions.defaults().withSchema("town").withBusyTimeout(Duration.ofSeconds(5));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class PostgresOptions {

    // What needs no quotes and leaves room below PostgreSQL's 63 bytes.
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,47}");

    // Beyond, the arithmetic of clocks overflows.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final PostgresOptions DEFAULTS =
            new PostgresOptions("recount", Duration.ofSeconds(10), Clock.systemUTC(), ModelOptions.NONE);

    private final String schema;
    private final Duration busyTimeout;
    private final InstantSource clock;
    private final ModelOptions readModels;

    private PostgresOptions(String schema, Duration busyTimeout, InstantSource clock, ModelOptions readModels) {
        this.schema = schema;
        this.busyTimeout = busyTimeout;
        this.clock = clock;
        this.readModels = readModels;
    }

    /** The defaults. */
    public static PostgresOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The schema that holds the rigs, and nothing else.
     *
     * @param name 1 to 48 lower-case letters (a to z), digits and {@code _}, not a digit first, not {@code pg_} first
     * @throws IllegalArgumentException where it is no such name
     */
    public PostgresOptions withSchema(String name) {
        if (!SCHEMA.matcher(name).matches() || name.startsWith("pg_")) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the schema of rigs. Give 1 to 48 letters (a to z),"
                            + " digits and '_', not a digit first, and not 'pg_' first.");
        }
        return new PostgresOptions(name, busyTimeout, clock, readModels);
    }

    /**
     * How long a call waits for other writers of the same rig, and for a server that is away, before it gives up and stores nothing.
     *
     * @throws IllegalArgumentException below zero, or beyond 36,500 days
     */
    public PostgresOptions withBusyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Busy timeout " + timeout + " is below zero. Give zero or more.");
        }
        if (timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Busy timeout " + timeout + " is too long. Give at most " + LONGEST.toDays() + " days.");
        }
        return new PostgresOptions(schema, timeout, clock, readModels);
    }

    /** The clock that says when an event is stored. It may go back; {@code storedAt} does not. */
    public PostgresOptions withClock(InstantSource newClock) {
        return new PostgresOptions(schema, busyTimeout, newClock, readModels);
    }

    /**
     * One more read model that is kept in the rig's own database, in one transaction with the events: who has appended reads what was
     * changed. Turning it into an async one and back is a matter of this word alone: it goes on from its checkpoint.
     *
     * <p>In a town it holds for each rig. The tables of each rig are in a schema of their own, {@code recount_rig_7} for the rig that
     * {@code recount.rigs} has by the number 7; {@link PostgresEventStore#query} finds them by their plain names. The role must be allowed to create schemas in the
     * database ({@code GRANT CREATE ON DATABASE}), or own a schema of that name.
     *
     * @throws IllegalArgumentException where there is one of its name already, where another creates a table of the same name, or
     *     where its schema has a statement that does not belong there, or is SQLite's own
     */
    public PostgresOptions withInline(SqlReadModel readModel) {
        return with(readModel, ReadModelStatus.Mode.INLINE);
    }

    /**
     * One more read model that is kept in the rig's own database, in transactions of its own together with its checkpoint: it holds no
     * append up, and is behind for a moment. A daemon thread, {@code recount-model-NAME}, does so for each rig that was opened, until the town
     * is closed; {@link PostgresEventStore#awaitApplied} waits for it.
     *
     * @throws IllegalArgumentException where there is one of its name already, where another creates a table of the same name, or
     *     where its schema has a statement that does not belong there, or is SQLite's own
     */
    public PostgresOptions withAsync(SqlReadModel readModel) {
        return with(readModel, ReadModelStatus.Mode.ASYNC);
    }

    private PostgresOptions with(SqlReadModel readModel, ReadModelStatus.Mode mode) {
        ModelDatabase.requireKnown(OwnNames.of(readModel));
        return with(readModels.with(readModel, mode));
    }

    /**
     * Does not wait, when a rig is opened, for read models of another version to be built. Until such a version is put in the place
     * of the old one, readers see the old tables as they are, or none, and appends go on without the model.
     */
    public PostgresOptions buildingInBackground() {
        return with(readModels.buildingInBackground());
    }

    /**
     * Compares each build of a read model with the live tables before it takes their place, and asks whether it may: a new version, or
     * a rebuild of the same. Who throws refuses. Nobody is asked where there are no live tables yet.
     *
     * <p>In what is given, {@code live} are the live tables and {@code replayed} the new ones, both at the same sequence. Where the versions
     * differ, only the tables and columns that both have are compared. A build that was refused stays beside the live tables, as
     * {@link ReadModelStatus.State#STOPPED stopped}; {@link PostgresEventStore#rebuild} throws, while a rig opens without the build. An inline model of the
     * new version does not write into the tables of the old one. {@link PostgresEventStore#resume} compares and asks again. It is asked outside of
     * locks and transactions, on the thread that builds. Every program that builds the model must be opened with this: one without it does
     * not ask.
     */
    public PostgresOptions comparingBeforeSwap(Consumer<? super Verification> judge) {
        return with(readModels.comparingBeforeSwap(judge));
    }

    private PostgresOptions with(ModelOptions newReadModels) {
        return new PostgresOptions(schema, busyTimeout, clock, newReadModels);
    }

    ModelOptions readModels() {
        return readModels;
    }

    String schema() {
        return schema;
    }

    Duration busyTimeout() {
        return busyTimeout;
    }

    InstantSource clock() {
        return clock;
    }
}
