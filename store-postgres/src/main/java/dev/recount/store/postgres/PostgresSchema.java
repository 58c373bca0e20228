package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The tables that hold the rigs of a town, and who may do what with them.
 *
 * <p>A town that is opened by a role that may create them does so by itself. Where an application is to be kept from changing what it has
 * stored, a role of its own, the owner, installs the schema and grants the application what it needs:
 *
 * <pre>{@code
 * PostgresSchema schema = PostgresSchema.of(ownersDataSource, PostgresOptions.defaults());
 * schema.install();
 * schema.grantTo("app");
 * }</pre>
 *
 * <p>Then the application can read, append, and keep reactors and snapshots, and can neither change nor remove an event, nor move a floor:
 * {@link PostgresEventStore#retain} takes the owner's {@code DataSource}. Where it keeps SQL read models,
 * it needs {@code GRANT CREATE ON DATABASE} besides, for the schemas of their tables. Triggers refuse to change or remove events to every role, the owner among them.
 * Thread-safe.
 */
public final class PostgresSchema {

    // As CREATE ROLE takes it without quotes.
    private static final Pattern ROLE = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final String MIGRATIONS =
            "CREATE TABLE {s}.migrations (number integer PRIMARY KEY, name text NOT NULL,"
                    + " digest text NOT NULL, applied_at text NOT NULL)";

    private final Database database;
    private final List<Migration> steps;

    private PostgresSchema(Database database, List<Migration> steps) {
        this.database = database;
        this.steps = steps;
    }

    /** The schema that the options name, in the database of that source. */
    public static PostgresSchema of(DataSource owner, PostgresOptions options) {
        return of(new Database(owner, options));
    }

    static PostgresSchema of(Database database) {
        return of(database, SchemaText.MIGRATIONS);
    }

    /** One that these steps make: those of rigs, as this release or another knows them, or those of a directory. */
    static PostgresSchema of(Database database, List<Migration> steps) {
        return new PostgresSchema(database, steps);
    }

    /**
     * Creates the tables, or brings them to this release's format; does nothing where they are there. Several may do so at once.
     *
     * @throws LogCorrupt where the schema holds something else, or steps were applied that are not this library's
     * @throws StoreUnavailable where it was made by a newer release, the database is not in UTF8, the role may not, or the server is away
     */
    public void install() {
        database.write(toString(), session -> {
            session.number("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))", toString());
            if (!isThere(session)) {
                create(session);
            }
            for (Migration step : steps.subList(applied(session), steps.size())) {
                apply(session, step);
            }
            return true;
        });
    }

    /** Installs it where it is not, or not all of it. */
    void require() {
        boolean whole = database.read(toString(), session -> isThere(session) && applied(session) == steps.size());
        if (!whole) {
            requirePrimary();
            installAsAnybody();
        }
    }

    private void installAsAnybody() {
        try {
            install();
        } catch (StoreUnavailable e) {
            if (e.getCause() instanceof SQLException cause && PostgresErrors.isNotAllowed(cause)) {
                throw new StoreUnavailable(
                        this + " is not there, or is older than this release, and this role may not change that: "
                                + cause.getMessage()
                                + ". Let its owner call PostgresSchema.install() with this release.",
                        cause);
            }
            throw e;
        }
    }

    private void requirePrimary() {
        if (database.read(
                toString(),
                session -> session.query("SELECT pg_is_in_recovery()", row -> row.next() && row.getBoolean(1)))) {
            throw new StoreUnavailable(
                    this
                            + " is not there, or is older than this release, and this server is a replica, which cannot change"
                            + " it. Open it on the primary first; it arrives here by itself.",
                    null);
        }
    }

    /**
     * Lets a role open rigs, read, append, and keep consumers, reactors and snapshots. The owner of the schema grants it.
     *
     * @param role lower-case letters (a to z), digits and {@code _}
     * @throws IllegalArgumentException where it is no such name
     * @throws StoreUnavailable where there is no such role, or this one may not grant it
     */
    public void grantTo(String role) {
        if (!ROLE.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "'" + role + "' is no name of a role here. Give 1 to 63 letters (a to z), digits and '_'.");
        }
        database.write(toString(), session -> {
            session.runAll(SchemaText.GRANTS.replace("{r}", role));
            return true;
        });
    }

    private static boolean isThere(Session session) throws SQLException {
        return session.number("SELECT count(*) FROM pg_class WHERE oid = to_regclass('{s}.migrations')") > 0;
    }

    private void create(Session session) throws SQLException {
        requireUtf8(session);
        String schema = database.options().schema();
        String names = " FROM pg_namespace n WHERE n.nspname = ?";
        if (session.number("SELECT count(*)" + names, schema) == 0) {
            session.runAll("CREATE SCHEMA {s}");
        } else if (session.number(
                        "SELECT count(*)" + names + " AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)",
                        schema)
                > 0) {
            throw new LogCorrupt(
                    this
                            + " holds something else than rigs. Give the name of an empty one, or of one that is not there.",
                    null);
        }
        session.runAll(MIGRATIONS);
    }

    // Texts are hashed and handed on as the bytes that they are.
    private void requireUtf8(Session session) throws SQLException {
        String encoding = session.query("SHOW server_encoding", row -> row.next() ? row.getString(1) : "");
        if (!encoding.equals("UTF8")) {
            throw new StoreUnavailable(
                    this + " cannot be made: its database has the encoding " + encoding
                            + ", which cannot hold every text. Create a database with the encoding UTF8.",
                    null);
        }
    }

    private void apply(Session session, Migration step) throws SQLException {
        session.runAll(step.sql());
        session.run(
                "INSERT INTO {s}.migrations (number, name, digest, applied_at) VALUES (?, ?, ?, ?)",
                step.number(),
                step.name(),
                step.digest(),
                TimeText.of(TimeText.within(database.options().clock().instant())));
    }

    /** How many steps were applied: those of this release, from the first on. */
    private int applied(Session session) throws SQLException {
        List<String> found = session.query(
                "SELECT number, name, digest FROM {s}.migrations ORDER BY number", PostgresSchema::identities);
        for (int i = 0; i < found.size(); i++) {
            if (i == steps.size()) {
                throw new StoreUnavailable(
                        this + " was made by a newer release: this one does not know its step " + found.get(i)
                                + ". Open it with a newer release.",
                        null);
            }
            requireSame(steps.get(i), found.get(i));
        }
        return found.size();
    }

    private void requireSame(Migration known, String found) {
        if (!identity(known.number(), known.name(), known.digest()).equals(found)) {
            throw new LogCorrupt(
                    this + " was changed by other hands: its step " + found + " is not this library's "
                            + identity(known.number(), known.name(), known.digest()) + ". Restore it from a backup.",
                    null);
        }
    }

    private static List<String> identities(ResultSet rows) throws SQLException {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            all.add(identity(rows.getInt(1), rows.getString(2), rows.getString(3)));
        }
        return all;
    }

    private static String identity(int number, String name, String digest) {
        return number + " '" + name + "' (" + digest.substring(0, Math.min(12, digest.length())) + ")";
    }

    @Override
    public String toString() {
        return "Schema '" + database.options().schema() + "'";
    }
}
