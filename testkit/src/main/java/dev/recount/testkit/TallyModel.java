package dev.recount.testkit;

import dev.recount.event.StoredEvent;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For each bead how many events it has, times the version, in what SQLite and PostgreSQL both understand. It fails at events of type
 * "poison" as its policy says. It has two tables, one without a key, a foreign key, an index and a view, so that a swap meets each of them. Immutable.
 *
 * @param isMended whether it can apply everything
 */
record TallyModel(String name, int version, FailurePolicy onFailure, boolean isMended) implements SqlReadModel {

    static TallyModel of(int version) {
        return of("tally", version);
    }

    static TallyModel of(String name, int version) {
        return new TallyModel(name, version, FailurePolicy.refuse(), false);
    }

    TallyModel with(FailurePolicy policy) {
        return new TallyModel(name, version, policy, isMended);
    }

    TallyModel mended() {
        return new TallyModel(name, version, onFailure, true);
    }

    @Override
    public List<String> schema() {
        return List.of(
                named(
                        "CREATE TABLE {%1$s_bead} (id TEXT PRIMARY KEY NOT NULL, events BIGINT NOT NULL, last_type TEXT)"),
                named("CREATE TABLE {%1$s_change} (sequence BIGINT NOT NULL, bead TEXT REFERENCES {%1$s_bead} (id))"),
                named("CREATE INDEX {%1$s_change_by_bead} ON {%1$s_change} (bead)"),
                named("CREATE VIEW {%1$s_busy} AS SELECT id FROM {%1$s_bead} WHERE events > 1"));
    }

    private String named(String sql) {
        return sql.formatted(name);
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        for (String bead : event.tags().values("bead")) {
            sql.execute(
                    named("INSERT INTO {%1$s_bead} (id, events, last_type) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                            + " SET events = {%1$s_bead}.events + excluded.events, last_type = excluded.last_type"),
                    bead,
                    version,
                    event.type());
            sql.execute(named("INSERT INTO {%1$s_change} (sequence, bead) VALUES (?, ?)"), event.sequence(), bead);
        }
        if (event.type().equals("poison") && !isMended) {
            throw new IllegalStateException("cannot be applied");
        }
    }

    /** What the table of beads says. */
    Map<String, Long> rows(SqlEventStore store) {
        Map<String, Long> rows = new TreeMap<>();
        for (Map<String, ?> row : store.query(named("SELECT id, events FROM %1$s_bead"))) {
            rows.put(String.valueOf(row.get("id")), Long.valueOf(String.valueOf(row.get("events"))));
        }
        return rows;
    }

    /** How many changes its tables have taken in. */
    long changes(SqlEventStore store) {
        return store.query(named("SELECT sequence FROM %1$s_change")).size();
    }
}
