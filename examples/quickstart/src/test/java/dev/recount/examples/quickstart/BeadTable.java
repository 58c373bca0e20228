package dev.recount.examples.quickstart;

import dev.recount.event.StoredEvent;
import dev.recount.store.sqlite.SqlStatements;
import dev.recount.store.sqlite.SqliteReadModel;
import java.util.List;

/** The sample of a read model: the status of each bead, as a table beside the events. */
final class BeadTable implements SqliteReadModel {

    @Override
    public String name() {
        return "beads";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> schema() {
        return List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY, status TEXT NOT NULL) STRICT");
    }

    @Override
    public void apply(StoredEvent event, SqlStatements sql) {
        if (event.type().equals("bead.created")) {
            sql.execute(
                    "INSERT INTO {bead} VALUES (?, 'open')",
                    event.tags().value("bead").orElseThrow());
        }
    }
}
