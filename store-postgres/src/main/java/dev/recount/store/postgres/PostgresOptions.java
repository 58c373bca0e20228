package dev.recount.store.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * How rigs in a database are opened.
 *
 * <p>Defaults: the schema {@code recount}, ten seconds for a busy rig or a server that is away, the system clock.
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

    private static final PostgresOptions DEFAULTS =
            new PostgresOptions("recount", Duration.ofSeconds(10), Clock.systemUTC());

    private final String schema;
    private final Duration busyTimeout;
    private final InstantSource clock;

    private PostgresOptions(String schema, Duration busyTimeout, InstantSource clock) {
        this.schema = schema;
        this.busyTimeout = busyTimeout;
        this.clock = clock;
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
        return new PostgresOptions(name, busyTimeout, clock);
    }

    /**
     * How long a call waits for other writers of the same rig, and for a server that is away, before it gives up and stores nothing.
     *
     * @throws IllegalArgumentException below zero
     */
    public PostgresOptions withBusyTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("Busy timeout " + timeout + " is below zero. Give zero or more.");
        }
        return new PostgresOptions(schema, timeout, clock);
    }

    /** The clock that says when an event is stored. It may go back; {@code storedAt} does not. */
    public PostgresOptions withClock(InstantSource newClock) {
        return new PostgresOptions(schema, busyTimeout, newClock);
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
