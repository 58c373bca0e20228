package dev.recount.examples.cli;

import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownTables;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What makes a log the rig of a town: the types of its events, and its tables of beads and agents. */
final class TownRig {

    private TownRig() {}

    /** How the rigs of a town are opened for writing. */
    static SqliteOptions options() {
        return SqliteOptions.defaults().withInline(new TownTables());
    }

    /** Whether the log holds an event of a town. */
    static boolean isOne(EventStore log) {
        Query known = Query.ofTypes(TownLog.codec().types(TownEvent.class));
        return !log.read(known, ReadOptions.defaults().withLimit(1)).events().isEmpty();
    }

    /** The sequence up to which its tables are written; empty where it has none. */
    static OptionalLong tablesSequence(SqliteEventStore log) {
        return tablesSequence(log, new TownTables().name());
    }

    /** The sequence up to which the tables of a read model are written; empty where the log has none. */
    static OptionalLong tablesSequence(SqliteEventStore log, String readModel) {
        List<Map<String, @Nullable Object>> rows =
                log.query("SELECT checkpoint FROM recount_read_models WHERE name = ?", readModel);
        return rows.isEmpty() || !(rows.get(0).get("checkpoint") instanceof Number checkpoint)
                ? OptionalLong.empty()
                : OptionalLong.of(checkpoint.longValue());
    }

    /** Writes the tables of a town's rig up to its head; leaves any other log alone. */
    static void bringTablesUpToDate(Path file) {
        boolean behind;
        try (SqliteEventStore log = SqliteEventStore.openReadOnly(file)) {
            behind = isOne(log) && tablesSequence(log).orElse(0) < log.info().head();
        }
        if (behind) {
            SqliteEventStore.open(file, options()).close();
        }
    }
}
