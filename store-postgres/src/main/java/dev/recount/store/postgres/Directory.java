package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which rig is in which database: a small table of one of them. Each change is one transaction, and nobody overwrites what was not seen. Thread-safe. */
final class Directory {

    private static final String ENTRY =
            "SELECT rig, log_id, database, moving_to, generation, settled FROM {s}.placements";

    private static final String LEAST = "SELECT d.name FROM {s}.databases d WHERE d.takes_new AND d.name = ANY (?)"
            + " ORDER BY (SELECT count(*) FROM {s}.placements p WHERE coalesce(p.moving_to, p.database) = d.name), d.name"
            + " LIMIT 1 FOR SHARE";

    private static final String ADD = "INSERT INTO {s}.placements"
            + " (rig, log_id, database, generation, settled, changed_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String CHANGE =
            "UPDATE {s}.placements SET log_id = ?, database = ?, moving_to = ?, generation = ?,"
                    + " settled = ?, changed_at = ? WHERE rig = ? AND generation = ?";

    private final Database database;

    Directory(Database database) {
        this.database = database;
    }

    /** Opens it; creates it where there is none. */
    static Directory open(Database database) {
        PostgresSchema.of(database, DirectoryText.MIGRATIONS).require();
        return new Directory(database);
    }

    /** The names of the databases that it knows. */
    List<String> databases() {
        return database.read(toString(), session -> session.query("SELECT name FROM {s}.databases", Directory::texts));
    }

    /** Makes a database known, which takes new rigs from now on unless it was said otherwise. */
    void add(String name) {
        database.write(
                toString(),
                session -> session.run("INSERT INTO {s}.databases VALUES (?, true) ON CONFLICT DO NOTHING", name));
    }

    /** Says whether a database takes new rigs; once this has returned, none is on its way there that {@link #all} does not know. */
    void setTakesNew(String name, boolean takesNew) {
        database.write(
                toString(),
                session -> session.run("UPDATE {s}.databases SET takes_new = ? WHERE name = ?", takesNew, name));
    }

    Optional<Entry> find(String rig) {
        return database.read(toString(), session -> find(session, rig));
    }

    private static Optional<Entry> find(Session session, String rig) throws SQLException {
        return session.query(
                ENTRY + " WHERE rig = ?", row -> row.next() ? Optional.of(entry(row)) : Optional.empty(), rig);
    }

    /** All rigs, by name. */
    List<Entry> all() {
        return database.read(toString(), session -> session.query(ENTRY + " ORDER BY rig", Directory::entries));
    }

    /** Grows with every change. */
    long version() {
        return database.read(toString(), session -> session.number("SELECT version FROM {s}.version"));
    }

    /** The database with the fewest rigs of these, if any takes new ones. */
    Optional<String> leastOf(Collection<String> databases) {
        return database.write(toString(), session -> least(session, databases));
    }

    private static Optional<String> least(Session session, Collection<String> databases) throws SQLException {
        return session.query(LEAST, row -> row.next() ? Optional.of(row.getString(1)) : Optional.empty(), (Object)
                databases.toArray(String[]::new));
    }

    /** The entry of a rig; one that reserves its name, in the one with the fewest rigs, where there is none. Empty where none of them takes new ones. */
    Optional<Entry> place(String rig, Collection<String> databases) {
        return database.write(toString(), session -> {
            Optional<String> least = least(session, databases);
            if (least.isPresent()) {
                add(session, rig, UUID.randomUUID().toString(), least.get(), false);
            }
            return find(session, rig);
        });
    }

    /** Takes a rig over that a database has had before the directory knew it; false where a rig of that name is another. */
    boolean adopt(String rig, String logId, String where) {
        return database.write(toString(), session -> {
            add(session, rig, logId, where, true);
            return find(session, rig)
                    .filter(entry -> entry.logId().equals(logId))
                    .isPresent();
        });
    }

    private void add(Session session, String rig, String logId, String where, boolean settled) throws SQLException {
        if (session.run(ADD, rig, logId, where, Entry.FIRST_GENERATION, settled, now()) > 0) {
            grow(session);
        }
    }

    /** Changes an entry, unless it is another by now; false where it is. */
    boolean change(Entry from, Entry to) {
        return database.write(toString(), session -> {
            int changed = session.run(
                    CHANGE,
                    to.logId(),
                    to.database(),
                    to.movingTo(),
                    to.generation(),
                    to.settled(),
                    now(),
                    from.rig(),
                    from.generation());
            if (changed > 0) {
                grow(session);
            }
            return changed > 0;
        });
    }

    /** Notes that the rig is where the entry says, and open, unless it is another by now. */
    void settle(Entry entry) {
        database.write(
                toString(),
                session -> session.run(
                        "UPDATE {s}.placements SET settled = true WHERE rig = ? AND generation = ?",
                        entry.rig(),
                        entry.generation()));
    }

    private static void grow(Session session) throws SQLException {
        session.run("UPDATE {s}.version SET version = version + 1");
    }

    private String now() {
        return TimeText.of(TimeText.within(database.options().clock().instant()));
    }

    private static List<Entry> entries(ResultSet row) throws SQLException {
        List<Entry> all = new ArrayList<>();
        while (row.next()) {
            all.add(entry(row));
        }
        return all;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        @Nullable String movingTo = row.getString(4);
        return new Entry(
                row.getString(1), row.getString(2), row.getString(3), movingTo, row.getLong(5), row.getBoolean(6));
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        List<String> all = new ArrayList<>();
        while (row.next()) {
            all.add(row.getString(1));
        }
        return all;
    }

    @Override
    public String toString() {
        return "Directory '" + database.options().schema() + "'";
    }
}
