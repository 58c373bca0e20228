package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A read model for tests: for each bead how many events it has, times the version. It fails at events of type "poison" as its policy
 * says. It has a table without a rowid, an index, a view, a trigger and a foreign key, so that a swap meets each of them.
 */
record Counts(String name, int version, FailurePolicy onFailure, boolean isMended) implements SqlReadModel {

    static Counts of(int version) {
        return of("counts", version);
    }

    static Counts of(String name, int version) {
        return new Counts(name, version, FailurePolicy.refuse(), false);
    }

    Counts with(FailurePolicy policy) {
        return new Counts(name, version, policy, isMended);
    }

    /** The same, and it can apply everything. */
    Counts mended() {
        return new Counts(name, version, onFailure, true);
    }

    @Override
    public List<String> schema() {
        return List.of(
                "CREATE TABLE {%s_bead} (id TEXT PRIMARY KEY, events INTEGER NOT NULL) STRICT, WITHOUT ROWID"
                        .formatted(name),
                "CREATE TABLE {%1$s_change} (sequence INTEGER, bead TEXT REFERENCES {%1$s_bead} (id))".formatted(name),
                "CREATE INDEX {%1$s_change_by_bead} ON {%1$s_change} (bead)".formatted(name),
                "CREATE TABLE {%s_sum} (only INTEGER PRIMARY KEY, changes INTEGER NOT NULL)".formatted(name),
                ("CREATE TRIGGER {%1$s_sums} AFTER INSERT ON {%1$s_change} BEGIN"
                                + " INSERT INTO {%1$s_sum} VALUES (1, 1) ON CONFLICT DO UPDATE SET changes = changes + 1; END")
                        .formatted(name),
                "CREATE VIEW {%1$s_busy} AS SELECT id FROM {%1$s_bead} WHERE events > 1".formatted(name));
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        for (String bead : event.tags().values("bead")) {
            sql.execute(
                    "INSERT INTO {%s_bead} VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET events = events + ?"
                            .formatted(name),
                    bead,
                    version,
                    version);
            sql.execute("INSERT INTO {%s_change} VALUES (?, ?)".formatted(name), event.sequence(), bead);
        }
        if (event.type().equals("poison") && !isMended) {
            throw new IllegalStateException("cannot be applied");
        }
    }

    /** What the table of beads says. */
    Map<String, Long> rows(SqliteEventStore store) {
        return rows(store, "");
    }

    /** The same of a build, whose names end with that. */
    Map<String, Long> rows(SqliteEventStore store, String suffix) {
        Map<String, Long> rows = new TreeMap<>();
        for (Map<String, ?> row : store.query("SELECT id, events FROM \"%s_bead%s\"".formatted(name, suffix))) {
            rows.put(String.valueOf(row.get("id")), ((Number) row.get("events")).longValue());
        }
        return rows;
    }

    /** What it should say of events up to a sequence. */
    Map<String, Long> expected(List<StoredEvent> events, long upTo) {
        Map<String, Long> rows = new TreeMap<>();
        for (StoredEvent event : events) {
            if (event.sequence() <= upTo) {
                event.tags().values("bead").forEach(bead -> rows.merge(bead, (long) version, Long::sum));
            }
        }
        return rows;
    }
}
