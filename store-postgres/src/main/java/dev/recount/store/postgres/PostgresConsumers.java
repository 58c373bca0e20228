package dev.recount.store.postgres;

import dev.recount.internal.log.Consumers;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogConsumers;
import dev.recount.store.LogInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The consumers of a rig. Thread-safe. */
final class PostgresConsumers implements LogConsumers {

    private static final String ADVANCE =
            "INSERT INTO {s}.consumers (rig, name, checkpoint, seen_at) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (rig, name) DO UPDATE SET checkpoint = excluded.checkpoint, seen_at = excluded.seen_at";

    // What is pending or parked is made of its event once more when it is performed.
    private static final String LIST = "SELECT 'consumer', name, checkpoint, seen_at FROM {s}.consumers WHERE rig = ?"
            + " UNION ALL SELECT 'reactor', name, least(checkpoint, (SELECT min(sequence) - 1 FROM {s}.reactions a"
            + " WHERE a.rig = r.rig AND a.reactor = r.name AND a.state <> 'rejected')), NULL FROM {s}.reactors r"
            + " WHERE rig = ?";

    private final PostgresEventStore store;
    private final Rig rig;

    PostgresConsumers(PostgresEventStore store, Rig rig) {
        this.store = store;
        this.rig = rig;
    }

    // Under the rig's lock: a retention that runs meanwhile has either gone past it already, or sees it.
    @Override
    public void advance(String name, long checkpoint) {
        requireName(name);
        store.write(session -> {
            LogHead.lock(session, rig, store.busyTimeout());
            LogInfo log = rig.info(session);
            long from = Consumers.usable(checkpoint, log.head(), log.floor(), rig.toString());
            return session.run(ADVANCE, rig.key(), name, from, store.now());
        });
    }

    private static void requireName(String name) {
        Consumers.requireName(name);
        if (!PageQuery.isStorable(name)) {
            throw new IllegalArgumentException(
                    "A consumer's name has a character that PostgreSQL cannot hold. Leave out the character of code 0"
                            + " and halves of surrogate pairs.");
        }
    }

    @Override
    public boolean remove(String name) {
        return PageQuery.isStorable(name)
                && store.write(session -> {
                    LogHead.lock(session, rig, store.busyTimeout());
                    return session.run("DELETE FROM {s}.consumers WHERE rig = ? AND name = ?", rig.key(), name) > 0;
                });
    }

    @Override
    public List<LogConsumer> list() {
        return store.look(session -> list(session, rig));
    }

    static List<LogConsumer> list(Session session, Rig rig) throws SQLException {
        List<LogConsumer> all = session.query(LIST, PostgresConsumers::read, rig.key(), rig.key());
        String models = "{s}_rig_" + rig.key();
        if (session.number(
                        "SELECT count(*) FROM pg_class WHERE oid = to_regclass('" + models + ".recount_read_models')")
                > 0) {
            all.addAll(session.query(
                    "SELECT 'read model', name, checkpoint, NULL::text FROM " + models + ".recount_read_models"
                            + " UNION ALL SELECT 'build of read model', name, checkpoint, NULL FROM " + models
                            + ".recount_read_model_builds",
                    PostgresConsumers::read));
        }
        return Consumers.slowestFirst(all);
    }

    private static List<LogConsumer> read(ResultSet row) throws SQLException {
        List<LogConsumer> all = new ArrayList<>();
        while (row.next()) {
            Optional<String> seen = Optional.ofNullable(row.getString(4));
            all.add(new LogConsumer(
                    row.getString(1), row.getString(2), row.getLong(3), seen.map(TimeText::parseTolerantly)));
        }
        return all;
    }
}
