package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;
import java.util.function.BiConsumer;

/** A read model in one line. */
record TableModel(String name, int version, List<String> schema, BiConsumer<StoredEvent, SqlStatements> rules)
        implements SqlReadModel {

    static TableModel of(BiConsumer<StoredEvent, SqlStatements> rules, String... schema) {
        return new TableModel("model", 1, List.of(schema), rules);
    }

    /** Takes the data of each event as its statement. */
    static TableModel told(String... schema) {
        return of(
                (event, sql) -> sql.execute(
                        event.data().substring(1, event.data().length() - 1).replace("\\\"", "\"")),
                schema);
    }

    /** The status of each bead is the type of its last event, unless that is "deleted". */
    static TableModel beads() {
        return of(
                (event, sql) -> {
                    String bead = event.tags().value("bead").orElseThrow();
                    if (event.type().equals("deleted")) {
                        sql.execute("DELETE FROM {bead} WHERE id = ?", bead);
                    } else {
                        sql.execute(
                                "INSERT INTO {bead} VALUES (?, ?, 1) ON CONFLICT (id)"
                                        + " DO UPDATE SET status = excluded.status, events = events + 1",
                                bead,
                                event.type());
                    }
                },
                "CREATE TABLE {bead} (id TEXT PRIMARY KEY, status TEXT NOT NULL, events INTEGER NOT NULL) STRICT");
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        rules.accept(event, sql);
    }
}
