package dev.recount.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is declared. Immutable.
 *
 * @param columns its columns, also generated ones
 */
record ModelTable(String name, List<Column> columns) {

    ModelTable {
        columns = List.copyOf(columns);
    }

    /**
     * A column. Immutable.
     *
     * @param declaration its type and what else is declared of it
     * @param keyPart its place in the primary key, from 1; 0 where it is not in it
     */
    record Column(String name, String declaration, int keyPart) {}

    /** The tables of models in a schema that hold rows; of a virtual table not those in which it keeps them. */
    static List<String> names(Session session, String schema) throws SQLException {
        return session.texts(
                "SELECT name FROM pragma_table_list WHERE schema = ? AND type IN ('table', 'virtual')"
                        + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE ? ESCAPE '\\' ORDER BY name",
                schema, Schema.PREFIX.replace("_", "\\_") + '%');
    }

    static ModelTable load(Session session, String schema, String name) throws SQLException {
        String sql = "SELECT name, type || iif(\"notnull\", ' NOT NULL', '') || iif(pk, ' PRIMARY KEY', '')"
                + " || iif(hidden, ' GENERATED', ''), pk FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1 ORDER BY cid";
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = session.prepare(sql, name, schema).executeQuery()) {
            while (rows.next()) {
                columns.add(new Column(rows.getString(1), rows.getString(2).strip(), rows.getInt(3)));
            }
        }
        return new ModelTable(name, columns);
    }

    /** The names of the columns of the primary key, in its order. */
    List<String> key() {
        return columns.stream()
                .filter(column -> column.keyPart() > 0)
                .sorted(Comparator.comparingInt(Column::keyPart))
                .map(Column::name)
                .toList();
    }

    /** What is declared of a column; empty where there is no such column. */
    Optional<String> declaration(String column) {
        return columns.stream()
                .filter(known -> known.name().equalsIgnoreCase(column))
                .map(Column::declaration)
                .findFirst();
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
