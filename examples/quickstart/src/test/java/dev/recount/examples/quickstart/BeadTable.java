package dev.recount.examples.quickstart;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.util.List;

/** The sample of a read model: the status of each bead, as a table beside the events. */
final class BeadTable implements SqlReadModel {

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
        return List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY, status TEXT NOT NULL)");
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
