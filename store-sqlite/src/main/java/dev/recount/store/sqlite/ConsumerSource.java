package dev.recount.store.sqlite;

import dev.recount.internal.log.Consumers;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogConsumer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of the file that says how far somebody has read. Whoever adds such a table adds a line here. */
enum ConsumerSource {
    CONSUMERS("consumer", "recount_consumers", "seen_at"),
    READ_MODELS("read model", "recount_read_models", "NULL"),
    BUILDS("build of read model", "recount_read_model_builds", "NULL"),
    // What is pending or parked is made of its event once more when it is performed.
    REACTORS("reactor", "recount_reactors", "NULL") {
        @Override
        String checkpoint() {
            return "min(checkpoint, coalesce((SELECT min(sequence) - 1 FROM recount_reactions"
                    + " WHERE reactor = name AND state <> 'rejected'), checkpoint))";
        }
    };

    private final String kind;
    private final String table;
    private final String seenAt;

    /**
     * A source.
     *
     * @param table with the columns {@code name} and {@code checkpoint}; it may be missing from a file
     * @param seenAt the expression for when the consumer was last heard of
     */
    ConsumerSource(String kind, String table, String seenAt) {
        this.kind = kind;
        this.table = table;
        this.seenAt = seenAt;
    }

    /** All consumers of a file, the slowest first. */
    static List<LogConsumer> list(Session session) throws SQLException {
        List<LogConsumer> all = new ArrayList<>();
        for (ConsumerSource source : values()) {
            if (session.hasTable(source.table)) {
                source.addTo(all, session);
            }
        }
        return Consumers.slowestFirst(all);
    }

    /**
     * Lets events up to a floor go.
     *
     * @throws dev.recount.store.RetentionRefused where somebody has not read them
     */
    static void requireAllAt(Session session, long floor) throws SQLException {
        Consumers.requireAllAt(floor, list(session));
    }

    String checkpoint() {
        return "checkpoint";
    }

    private void addTo(List<LogConsumer> all, Session session) throws SQLException {
        String sql = "SELECT name, " + checkpoint() + ", " + seenAt + " FROM " + table;
        try (ResultSet rows = session.prepare(sql).executeQuery()) {
            while (rows.next()) {
                Optional<String> seen = Optional.ofNullable(rows.getString(3));
                all.add(new LogConsumer(kind, rows.getString(1), rows.getLong(2), seen.map(TimeText::parseTolerantly)));
            }
        }
    }
}
