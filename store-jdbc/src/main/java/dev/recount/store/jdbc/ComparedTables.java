package dev.recount.store.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * One side of a comparison: tables of a read model, and where they are. Immutable.
 *
 * @param schema the schema of the connection that they are in
 * @param suffix what their real names end with
 * @param names their names without that, in any case of letters
 */
public record ComparedTables(String schema, String suffix, Set<String> names) {

    /** The live tables of a log. */
    public static ComparedTables live(ModelSession session, String schema, String model) throws SQLException {
        // A name with an @ is one of a build beside the live tables.
        String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND name NOT LIKE '%@%'";
        Set<String> own = ModelComparison.anyCase(session.texts(sql, model));
        own.retainAll(ModelComparison.anyCase(session.dialect().tables(session, schema)));
        return new ComparedTables(schema, "", own);
    }

    /** Those of a build beside them. */
    static ComparedTables built(ModelSession session, KeptModel kept, long number) throws SQLException {
        Set<String> own = ModelComparison.anyCase(kept.own().names("table"));
        return new ComparedTables(session.dialect().liveSchema(session), SqlNames.suffix(number), own);
    }

    /** Those of a shadow, which has no others. */
    public static ComparedTables ofShadow(ModelSession session, String schema) throws SQLException {
        return new ComparedTables(
                schema, "", ModelComparison.anyCase(session.dialect().tables(session, schema)));
    }

    ModelTable load(ModelSession session, String name) throws SQLException {
        return session.dialect().table(session, schema, name + suffix);
    }

    /** The real name of one of them, as it stands in a statement. */
    String inSql(String name) {
        return schema + "." + OwnNames.quoted(name + suffix);
    }
}
