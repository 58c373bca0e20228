package dev.recount.store.jdbc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is declared. Immutable.
 *
 * @param columns its columns, also generated ones
 */
public record ModelTable(String name, List<Column> columns) {

    /** Copies the columns. */
    public ModelTable {
        columns = List.copyOf(columns);
    }

    /**
     * A column. Immutable.
     *
     * @param declaration its type and what else is declared of it
     * @param keyPart its place in the primary key, from 1; 0 where it is not in it
     */
    public record Column(String name, String declaration, int keyPart) {}

    /** The names of the columns of the primary key, in its order. */
    public List<String> key() {
        return columns.stream()
                .filter(column -> column.keyPart() > 0)
                .sorted(Comparator.comparingInt(Column::keyPart))
                .map(Column::name)
                .toList();
    }

    /** What is declared of a column; empty where there is no such column. */
    public Optional<String> declaration(String column) {
        return columns.stream()
                .filter(known -> known.name().equalsIgnoreCase(column))
                .map(Column::declaration)
                .findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }
}
