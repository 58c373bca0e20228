package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A read model for tests: for each bead how many events it has, times the version, and which. It has two tables, an index, a foreign key and
 * a view.
 *
 * @param first notes the first event that it is given
 */
record Counts(String name, int version, AtomicLong first) implements SqlReadModel {

    static Counts of(String name, int version) {
        return new Counts(name, version, new AtomicLong());
    }

    private String named(String sql) {
        return sql.formatted(name);
    }

    @Override
    public List<String> schema() {
        return List.of(
                named("CREATE TABLE {%1$s_bead} (id TEXT PRIMARY KEY NOT NULL, events BIGINT NOT NULL)"),
                named("CREATE TABLE {%1$s_change} (sequence BIGINT NOT NULL, bead TEXT REFERENCES {%1$s_bead} (id))"),
                named("CREATE INDEX {%1$s_change_by_bead} ON {%1$s_change} (bead)"),
                named("CREATE VIEW {%1$s_busy} AS SELECT id FROM {%1$s_bead} WHERE events > 1"));
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        first.compareAndSet(0, event.sequence());
        for (String bead : event.tags().values("bead")) {
            sql.execute(
                    named("INSERT INTO {%1$s_bead} VALUES (?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET events = {%1$s_bead}.events + excluded.events"),
                    bead,
                    version);
            sql.execute(named("INSERT INTO {%1$s_change} VALUES (?, ?)"), event.sequence(), bead);
        }
    }

    /** What the table of beads says, and under the empty name how many changes there are; of a build, whose names end with that. */
    Map<String, Long> rows(SqlEventStore store, String suffix) {
        Map<String, Long> rows = new TreeMap<>();
        for (Map<String, ?> row : store.query(named("SELECT id, events FROM \"%1$s_bead" + suffix + "\""))) {
            rows.put(String.valueOf(row.get("id")), Long.valueOf(String.valueOf(row.get("events"))));
        }
        rows.put("", (long) store.query(named("SELECT sequence FROM \"%1$s_change" + suffix + "\""))
                .size());
        return rows;
    }

    /** What it should say of events up to a sequence. */
    Map<String, Long> expected(List<StoredEvent> events, long upTo) {
        Map<String, Long> rows = new TreeMap<>(Map.of("", 0L));
        for (StoredEvent event : events) {
            if (event.sequence() <= upTo) {
                event.tags().values("bead").forEach(bead -> rows.merge(bead, (long) version, Long::sum));
                rows.merge("", (long) event.tags().values("bead").size(), Long::sum);
            }
        }
        return rows;
    }
}
