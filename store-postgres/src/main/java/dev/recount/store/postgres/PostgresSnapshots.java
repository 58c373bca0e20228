package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.snapshot.SnapshotStore;
import dev.recount.store.StoreUnavailable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Snapshots in a table of a database: for one log or for many, wherever these are.
 *
 * <p>All of it is derived: the table {@code snapshots} may be emptied whenever one likes. It never takes a rig's lock.
 *
 * <pre>{@code
 * PostgresSnapshots kept = PostgresSnapshots.open(dataSource, PostgresOptions.defaults());
 * }</pre>
 *
 * <p>Every call may fail with {@link StoreUnavailable}. Thread-safe.
 */
public final class PostgresSnapshots implements SnapshotStore {

    private static final String WHAT = "The table of snapshots";

    private static final String SAVE =
            "INSERT INTO {s}.snapshots AS kept (key, version, sequence, events, fingerprint, state)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key, version) DO UPDATE SET sequence = excluded.sequence,"
                    + " events = excluded.events, fingerprint = excluded.fingerprint, state = excluded.state"
                    + " WHERE excluded.sequence >= kept.sequence";

    private final Database database;

    private PostgresSnapshots(Database database) {
        this.database = database;
    }

    /**
     * The snapshots of a schema, which is created where there is none and the role may.
     *
     * @throws StoreUnavailable where the server cannot be reached, or the role may not do what is needed
     * @throws dev.recount.store.LogCorrupt where the schema holds something else
     */
    public static PostgresSnapshots open(DataSource dataSource, PostgresOptions options) {
        Database database = new Database(dataSource, options);
        PostgresSchema.of(database).require();
        return new PostgresSnapshots(database);
    }

    @Override
    public Optional<Snapshot> newest(SnapshotKey key) {
        return database.read(
                WHAT,
                session -> session.query(
                        "SELECT sequence, events, fingerprint, state FROM {s}.snapshots WHERE key = ? AND version = ?",
                        row -> row.next() ? Optional.of(read(key, row)) : Optional.empty(),
                        digest(key),
                        key.version()));
    }

    private static Snapshot read(SnapshotKey key, ResultSet row) throws SQLException {
        String fingerprint = new String(row.getBytes(3), UTF_8);
        return new Snapshot(key, row.getLong(1), row.getLong(2), fingerprint, new String(row.getBytes(4), UTF_8));
    }

    @Override
    public void save(Snapshot snapshot) {
        SnapshotKey key = snapshot.key();
        database.write(WHAT, session -> {
            session.run("DELETE FROM {s}.snapshots WHERE key = ? AND version < ?", digest(key), key.version());
            return session.run(
                    SAVE,
                    digest(key),
                    key.version(),
                    snapshot.sequence(),
                    snapshot.events(),
                    Session.utf8(snapshot.fingerprint()),
                    Session.utf8(snapshot.state()));
        });
    }

    @Override
    public void remove(Snapshot snapshot) {
        database.write(
                WHAT,
                session -> session.run(
                        "DELETE FROM {s}.snapshots WHERE key = ? AND version = ? AND sequence = ? AND fingerprint = ?",
                        digest(snapshot.key()),
                        snapshot.key().version(),
                        snapshot.sequence(),
                        Session.utf8(snapshot.fingerprint())));
    }

    // A boundary may be longer than an index takes, and hold what PostgreSQL's texts cannot.
    private static byte[] digest(SnapshotKey key) {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {key.logId(), key.projector(), key.boundary()}) {
            text.append(part.length()).append(' ').append(part);
        }
        return Migration.sha256(text.toString());
    }
}
