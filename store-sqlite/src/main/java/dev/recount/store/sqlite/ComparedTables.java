package dev.recount.store.sqlite;

import java.sql.SQLException;
import java.util.Set;

/**
 * One side of a comparison: tables of a read model, and where they are. Immutable.
 *
 * @param schema the schema of the connection that they are in
 * @param suffix what their real names end with
 * @param names their names without that, in any case of letters
 */
record ComparedTables(String schema, String suffix, Set<String> names) {

    private static final String MAIN = "main";

    /** The live tables of a log. */
    static ComparedTables live(Session session, String schema, String model) throws SQLException {
        // A name with an @ is one of a build beside the live tables.
        String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND instr(name, '@') = 0";
        Set<String> own = ModelComparison.anyCase(session.texts(sql, model));
        own.retainAll(ModelComparison.anyCase(ModelTable.names(session, schema)));
        return new ComparedTables(schema, "", own);
    }

    /** Those of a build beside them. */
    static ComparedTables built(KeptModel kept, long number) {
        Set<String> own = ModelComparison.anyCase(kept.own().names("table"));
        return new ComparedTables(MAIN, SqlNames.suffix(number), own);
    }

    /** Those of a shadow, which has no others. */
    static ComparedTables ofShadow(Session session) throws SQLException {
        return new ComparedTables(MAIN, "", ModelComparison.anyCase(ModelTable.names(session, MAIN)));
    }

    ModelTable load(Session session, String name) throws SQLException {
        return ModelTable.load(session, schema, name + suffix);
    }

    /** The real name of one of them, as it stands in a statement. */
    String inSql(String name) {
        return schema + "." + ComparedTable.quoted(name + suffix);
    }
}
