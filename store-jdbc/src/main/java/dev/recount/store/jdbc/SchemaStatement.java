package dev.recount.store.jdbc;

import java.util.Locale;
import java.util.Set;

/**
 * A statement that creates something of a read model. Immutable.
 *
 * @param kind {@code table}, {@code view}, {@code index} or {@code trigger}
 * @param name the name that it is declared by
 */
public record SchemaStatement(String kind, String name, SqlText text) {

    private static final Set<String> KINDS = Set.of("table", "view", "index", "trigger");

    public static SchemaStatement of(String sql) {
        SqlText text = SqlText.of(sql);
        if (!text.word(0).equals("create") || sql.toLowerCase(Locale.ROOT).contains(ModelDialect.PREFIX)) {
            throw new IllegalArgumentException("Statement '" + sql + "' is not for a read model's schema. Give CREATE"
                    + " statements only, and no name that begins with " + ModelDialect.PREFIX + ".");
        }
        int place = text.word(1).equals("unique") || text.word(1).equals("virtual") ? 2 : 1;
        String kind = text.word(place++);
        place += text.word(place).equals("if") ? 3 : 0;
        if (!KINDS.contains(kind) || text.braced(place).isEmpty()) {
            throw new IllegalArgumentException("Statement '" + sql
                    + "' creates something that is not named in braces. Create tables, views, indexes and triggers as"
                    + " {name}: CREATE TABLE {bead} (id TEXT PRIMARY KEY).");
        }
        if (!kind.equals("trigger")) {
            OwnNames.requireOneStatement(text);
        }
        return new SchemaStatement(kind, text.braced(place), text);
    }

    /** Whether statements may name it. */
    public boolean isRead() {
        return kind.equals("table") || kind.equals("view");
    }
}
