package dev.recount.store.sqlite;

import dev.recount.store.EventsRemoved;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * Those who read a log from elsewhere, each by its name with how far it has read; retention waits for them. Read models in the log's
 * own file need not register.
 *
 * <pre>{@code
 * store.consumers().advance("search-index", subscription.checkpoint().sequence());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class LogConsumers {

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS recount_consumers (
              name TEXT PRIMARY KEY,
              checkpoint INTEGER NOT NULL,
              seen_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""";

    private final SqliteEventStore store;
    private final Path file;
    private final InstantSource clock;

    LogConsumers(SqliteEventStore store, Path file, InstantSource clock) {
        this.store = store;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Notes how far a consumer has read; the first time, it registers it. Do so now and then: each is a transaction of its own.
     *
     * @param name 1 to 500 characters
     * @param checkpoint it needs no event up to here any more; 0 is the first event that is left. It may also go back
     * @throws EventsRemoved where events after the checkpoint were removed already
     * @throws IllegalArgumentException where the name is blank or too long, or the log ends before the checkpoint
     * @throws dev.recount.store.StoreUnavailable where the log was opened to read only, or cannot be written now
     * @throws dev.recount.store.StoreClosed after the store was closed
     */
    public void advance(String name, long checkpoint) {
        requireName(name);
        store.write(session -> {
            long from = requireUsable(session, checkpoint);
            session.run(TABLE);
            session.run("INSERT OR REPLACE INTO recount_consumers VALUES (?, ?, ?)", name, from, clock.instant());
            return from;
        });
    }

    /**
     * Forgets a consumer that is gone for good.
     *
     * @return whether it was registered
     */
    public boolean remove(String name) {
        return store.write(session -> {
            session.run(TABLE);
            return session.run("DELETE FROM recount_consumers WHERE name = ?", name) > 0;
        });
    }

    /** All consumers, the slowest first; read models of this file, too. */
    public List<LogConsumer> list() {
        return store.look(reader -> OneView.of(reader, ConsumerSource::list));
    }

    private long requireUsable(Session session, long checkpoint) throws SQLException {
        LogRow.Position log = LogRow.position(session);
        EventsRemoved.check(checkpoint, log.floor());
        if (checkpoint < 0 || checkpoint > log.head()) {
            throw new IllegalArgumentException("Checkpoint " + checkpoint + " is not one of log " + file
                    + ", which ends at " + log.head() + ". Give a sequence from 0 to there.");
        }
        return Math.max(checkpoint, log.floor());
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > 500) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a consumer. Give 1 to 500 characters that are not all blank.");
        }
    }
}
