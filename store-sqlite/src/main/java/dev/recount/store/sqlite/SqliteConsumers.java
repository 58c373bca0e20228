package dev.recount.store.sqlite;

import dev.recount.internal.log.Consumers;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogConsumers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** The consumers of a file, in a table that comes with the first of them. Thread-safe. */
final class SqliteConsumers implements LogConsumers {

    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS recount_consumers (
              name TEXT PRIMARY KEY,
              checkpoint INTEGER NOT NULL,
              seen_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""";

    private final SqliteEventStore store;
    private final Path file;
    private final InstantSource clock;

    SqliteConsumers(SqliteEventStore store, Path file, InstantSource clock) {
        this.store = store;
        this.file = file;
        this.clock = clock;
    }

    @Override
    public void advance(String name, long checkpoint) {
        Consumers.requireName(name);
        store.write(session -> {
            long from = requireUsable(session, checkpoint);
            session.run(TABLE);
            session.run("INSERT OR REPLACE INTO recount_consumers VALUES (?, ?, ?)", name, from, clock.instant());
            return from;
        });
    }

    @Override
    public boolean remove(String name) {
        return store.write(session -> {
            session.run(TABLE);
            return session.run("DELETE FROM recount_consumers WHERE name = ?", name) > 0;
        });
    }

    @Override
    public List<LogConsumer> list() {
        return store.look(reader -> OneView.of(reader, ConsumerSource::list));
    }

    private long requireUsable(Session session, long checkpoint) throws SQLException {
        LogRow.Position log = LogRow.position(session);
        return Consumers.usable(checkpoint, log.head(), log.floor(), "log " + file);
    }
}
