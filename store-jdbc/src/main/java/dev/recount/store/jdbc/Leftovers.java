package dev.recount.store.jdbc;

import dev.recount.internal.log.Deadline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables that nothing needs any more: those that a swap set aside, and those of a build that was given up. They are emptied a
 * few rows at a time, and dropped when that is quick. Not thread-safe: use in transactions that hold the write lock.
 */
final class Leftovers {

    private final String model;

    Leftovers(String model) {
        this.model = model;
    }

    boolean isEmpty(ModelSession session) throws SQLException {
        return names(session, "view").isEmpty() && names(session, "table").isEmpty();
    }

    private List<String> names(ModelSession session, String kind) throws SQLException {
        Optional<ModelRows.Tables> build = ModelRows.build(session, model);
        List<String> names = new ArrayList<>(ModelRows.registered(session, model, kind, false));
        names.removeIf(name ->
                build.isPresent() && name.endsWith(SqlNames.suffix(build.get().number())));
        return names;
    }

    /** Takes some away; true where there is more. */
    boolean step(ModelSession writer, Deadline deadline) throws SQLException {
        for (String view : names(writer, "view")) {
            writer.run("DROP VIEW IF EXISTS " + OwnNames.quoted(view));
            ModelRows.unregister(writer, view);
        }
        for (String table : names(writer, "table")) {
            if (writer.dialect().mayDrop(writer, table)) {
                drop(writer, table, deadline);
                return true;
            }
        }
        return false;
    }

    private static void drop(ModelSession writer, String table, Deadline deadline) throws SQLException {
        writer.dialect().dropTriggers(writer, table);
        if (writer.dialect().empty(writer, table, deadline)) {
            writer.dialect().drop(writer, table);
            ModelRows.unregister(writer, table);
        }
    }
}
