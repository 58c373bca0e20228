package dev.recount.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts built tables in the place of the live ones, in one transaction, whose time does not grow with the rows: tables get other
 * names, and what they replace is dropped later.
 *
 * <p>Not thread-safe: use from one thread at a time.
 */
final class Swap {

    private final ModelSession writer;
    private final KeptModel kept;

    Swap(ModelSession writer, KeptModel kept) {
        this.writer = writer;
        this.kept = kept;
    }

    /** Swaps; false where readers hold the tables for now. */
    boolean run(ModelRows.Tables build) throws SQLException {
        List<String> live = new ArrayList<>(ModelRows.registered(writer, kept.name(), "table", true));
        live.addAll(ModelRows.registered(writer, kept.name(), "view", true));
        Optional<ModelDialect.Rest> rest = writer.dialect().beginSwap(writer, live);
        if (rest.isEmpty()) {
            return false;
        }
        replace(build);
        rest.get().run(writer);
        return true;
    }

    private void replace(ModelRows.Tables build) throws SQLException {
        SqlNames built = SqlNames.numbered(kept.own(), build.number());
        setAside(SqlNames.suffix(StagedTables.nextNumber(writer)));
        for (String view : kept.own().names("view")) {
            dropView(built.real(view));
        }
        for (String table : kept.own().names("table")) {
            writer.dialect().dropTriggers(writer, built.real(table));
            rename(built.real(table), table);
        }
        SqlNames names = SqlNames.live(kept.own());
        for (SchemaStatement statement : kept.own().statements()) {
            if (statement.kind().equals("view") || statement.kind().equals("trigger")) {
                writer.run(names.create(statement, writer.dialect()));
            }
            if (statement.kind().equals("view")) {
                ModelRows.register(writer, kept.name(), "view", statement.name());
            }
        }
        ModelRows.swapped(writer, kept.name(), build);
    }

    private void setAside(String suffix) throws SQLException {
        for (String view : ModelRows.registered(writer, kept.name(), "view", true)) {
            dropView(view);
        }
        for (String table : ModelRows.registered(writer, kept.name(), "table", true)) {
            if (writer.dialect().tableKinds().contains(writer.dialect().kindOf(writer, table))) {
                writer.dialect().dropTriggers(writer, table);
                rename(table, table + suffix);
            } else {
                ModelRows.unregister(writer, table);
            }
        }
    }

    private void rename(String from, String to) throws SQLException {
        writer.run("ALTER TABLE " + OwnNames.quoted(from) + " RENAME TO " + OwnNames.quoted(to));
        writer.run("UPDATE recount_read_model_tables SET name = ? WHERE name = ?", to, from);
    }

    private void dropView(String view) throws SQLException {
        writer.run("DROP VIEW IF EXISTS " + OwnNames.quoted(view));
        ModelRows.unregister(writer, view);
    }
}
