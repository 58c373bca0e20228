package dev.recount.store.jdbc;

import dev.recount.sql.SqlReadModel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The real names of a read model's tables: the live ones, or those of a build beside them. It keeps the statements that it was
 * given in their real form. Not thread-safe: use from one thread at a time.
 */
final class SqlNames {

    // Values that stand in the texts would make ever new ones.
    private static final int MAX_TEXTS = 500;
    private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH");

    private final OwnNames own;
    private final String suffix;
    private final Map<String, String> toWrite = new HashMap<>();
    private final Map<String, String> toQuery = new HashMap<>();

    private SqlNames(OwnNames own, String suffix) {
        this.own = own;
        this.suffix = suffix;
    }

    /** The live tables of a model. */
    static SqlNames live(SqlReadModel model) {
        return live(OwnNames.of(model));
    }

    static SqlNames live(OwnNames own) {
        return new SqlNames(own, "");
    }

    /** Those of a build. */
    static SqlNames numbered(OwnNames own, long number) {
        return new SqlNames(own, suffix(number));
    }

    /** What the names of a build end with; the number is free again once nothing has it. */
    static String suffix(long number) {
        return "@" + number;
    }

    /** The real name of a name. */
    String real(String name) {
        return name + suffix;
    }

    /** The real form of what creates something. */
    String create(SchemaStatement statement, ModelDialect dialect) {
        return statement.text().with(this::quoted, dialect.keepsReferencedNames());
    }

    /** Tells the tables of other models in the file, in lower case, with the model that each belongs to. */
    interface Others {
        Map<String, String> tables(String model);
    }

    /** The real form of an INSERT, UPDATE, DELETE or REPLACE. */
    String writing(String sql, Others others) {
        String known = toWrite.get(sql);
        if (known != null) {
            return known;
        }
        ModelStatements.requireFirstWord(sql, WRITING);
        return keep(toWrite, sql, others);
    }

    /** The real form of a query. */
    String querying(String sql, Others others) {
        String known = toQuery.get(sql);
        if (known != null) {
            return known;
        }
        ModelStatements.requireQuery(sql);
        return keep(toQuery, sql, others);
    }

    private String keep(Map<String, String> texts, String sql, Others others) {
        requireNoneOfTheLogs(sql);
        SqlText text = SqlText.of(sql);
        own.requireOwn(text);
        own.requireNoneOf(others.tables(own.model()), text);
        String real = text.with(this::quoted);
        if (texts.size() == MAX_TEXTS) {
            texts.clear();
        }
        texts.put(sql, real);
        return real;
    }

    private String quoted(String name) {
        return OwnNames.quoted(real(name));
    }

    private static void requireNoneOfTheLogs(String sql) {
        if (sql.toLowerCase(Locale.ROOT).contains(ModelDialect.PREFIX)) {
            throw new IllegalArgumentException(
                    "Statement '" + sql + "' touches the log's own tables, whose names begin with "
                            + ModelDialect.PREFIX + ". Use the read model's tables only.");
        }
    }
}
