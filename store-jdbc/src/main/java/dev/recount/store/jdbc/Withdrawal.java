package dev.recount.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes a read model that nobody keeps any more out of a file. Not thread-safe: use in a transaction that holds the write lock. */
public final class Withdrawal {

    private final ModelSession writer;
    private final String model;

    private Withdrawal(ModelSession writer, String model) {
        this.writer = writer;
        this.model = model;
    }

    /** Takes everything away that the file has of a model. */
    public static void run(ModelSession writer, String model, ModelLog log) throws SQLException {
        ModelRows.create(writer);
        requireKnown(writer, model, log);
        Withdrawal withdrawal = new Withdrawal(writer, model);
        withdrawal.dropViews();
        withdrawal.dropTables();
        ModelRows.forgetAll(writer, model);
    }

    private static void requireKnown(ModelSession writer, String model, ModelLog log) throws SQLException {
        Set<String> known = new TreeSet<>(ModelRows.names(writer));
        if (!known.contains(model)) {
            throw new IllegalArgumentException(log.title() + " has no read model '" + model + "'; it has " + known
                    + ". Give the name of one that it has.");
        }
    }

    private void dropViews() throws SQLException {
        for (String view : registered("view")) {
            if (writer.dialect().kindOf(writer, view).equals("view")) {
                writer.run("DROP VIEW " + OwnNames.quoted(view));
            }
        }
    }

    // A virtual table takes those with it in which it keeps its rows.
    private void dropTables() throws SQLException {
        for (String table : registered("table")) {
            String kind = writer.dialect().kindOf(writer, table);
            if (writer.dialect().tableKinds().contains(kind)) {
                writer.dialect().drop(writer, table);
            }
        }
    }

    private List<String> registered(String kind) throws SQLException {
        List<String> names = new ArrayList<>(ModelRows.registered(writer, model, kind, true));
        names.addAll(ModelRows.registered(writer, model, kind, false));
        return names;
    }
}
