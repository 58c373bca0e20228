package dev.recount.store.jdbc;

import dev.recount.sql.SqlReadModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a read model declares in its schema, by the names that it gives. Immutable. */
public final class OwnNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String model;
    private final Map<String, SchemaStatement> byLowerName = new LinkedHashMap<>();

    private OwnNames(String model) {
        this.model = model;
    }

    /**
     * What a model declares.
     *
     * @throws IllegalArgumentException where its schema has a statement that does not belong there
     */
    public static OwnNames of(SqlReadModel model) {
        OwnNames own = new OwnNames(model.name());
        model.schema().forEach(own::declare);
        own.statements().forEach(own::check);
        return own;
    }

    private void declare(String sql) {
        SchemaStatement statement = SchemaStatement.of(sql);
        String lower = lower(statement.name());
        if (!NAME.matcher(statement.name()).matches() || lower.startsWith("sqlite_")) {
            throw new IllegalArgumentException("Name '" + statement.name() + "' of read model '" + model
                    + "' is not usable. Give a letter, then letters, digits and _, and not sqlite_ first.");
        }
        if (byLowerName.putIfAbsent(lower, statement) != null) {
            throw new IllegalArgumentException("Read model '" + model + "' creates {" + statement.name()
                    + "} twice. Give each of its tables, views, indexes and triggers a name of its own.");
        }
    }

    private void check(SchemaStatement statement) {
        requireRenamable(statement);
        requireBraces(statement.text(), true);
        statement.text().with(name -> require(statement.text(), name, declared -> true));
    }

    // What is written so stays as it is when the built table gets the name of the live one.
    private void requireRenamable(SchemaStatement statement) {
        boolean isVirtual = statement.text().word(1).equals("virtual");
        if (isVirtual && statement.text().countBraced() > 1) {
            throw new IllegalArgumentException("Statement '" + statement.text() + "' of read model '" + model
                    + "' names another table inside a virtual one, which cannot be renamed with it."
                    + " Let the virtual table keep its own content.");
        }
        boolean isStored = statement.kind().equals("table") || statement.kind().equals("index");
        if (isStored && statement.text().hasQualifiedColumn()) {
            throw new IllegalArgumentException("Statement '" + statement.text() + "' of read model '" + model
                    + "' names a column by its table, which cannot be renamed then. Write the column's name alone.");
        }
    }

    /** Its statements, in their order. */
    public List<SchemaStatement> statements() {
        return List.copyOf(byLowerName.values());
    }

    /** The names of a kind, in their order. */
    public List<String> names(String kind) {
        return statements().stream()
                .filter(statement -> statement.kind().equals(kind))
                .map(SchemaStatement::name)
                .toList();
    }

    /** Refuses names that the model does not declare, and tables of its own that are named without braces. */
    public void requireOwn(SqlText text) {
        requireOneStatement(text);
        requireBraces(text, false);
        text.with(name -> require(text, name, SchemaStatement::isRead));
    }

    /**
     * Refuses a text that names a table of another model.
     *
     * @param others the tables by their names in lower case, with the model that each belongs to
     */
    public void requireNoneOf(Map<String, String> others, SqlText text) {
        for (String name : text.unbraced(others.keySet(), false)) {
            throw new IllegalArgumentException("Statement '" + text + "' of read model '" + model + "' names '" + name
                    + "', which belongs to read model '" + others.get(lower(name))
                    + "' and is built and replaced with that one alone. Keep what it needs in tables of its own.");
        }
    }

    /** The model that they belong to. */
    public String model() {
        return model;
    }

    /** Refuses a text of which only the first statement would be run. */
    public static void requireOneStatement(SqlText text) {
        if (text.goesOnAfterItsEnd()) {
            throw new IllegalArgumentException("Statement '" + text
                    + "' has more than one statement, and only the first would be run. Give each by itself.");
        }
    }

    private String require(SqlText text, String name, Predicate<SchemaStatement> allowed) {
        SchemaStatement declared = byLowerName.get(lower(name));
        if (declared == null || !allowed.test(declared)) {
            throw new IllegalArgumentException("Statement '" + text + "' names {" + name + "}, and read model '" + model
                    + "' declares no such table or view; it has " + readable()
                    + ". Create it in schema(), or correct the name.");
        }
        return name;
    }

    private void requireBraces(SqlText text, boolean inSchema) {
        for (String name : text.unbraced(readable(), inSchema)) {
            throw new IllegalArgumentException("Statement '" + text + "' names '" + name + "' of read model '" + model
                    + "' without braces, which would be the live one even while another version is built. Write {"
                    + name + "}.");
        }
    }

    private Set<String> readable() {
        return byLowerName.entrySet().stream()
                .filter(declared -> declared.getValue().isRead())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Refuses a second model that declares a name of this one. */
    void requireApart(OwnNames other) {
        for (String name : other.byLowerName.keySet()) {
            if (byLowerName.containsKey(name)) {
                throw new IllegalArgumentException("Read models '" + model + "' and '" + other.model + "' both create {"
                        + name + "}. Give it another name in one of them.");
            }
        }
    }

    /** A name as it stands in a statement, whatever it is. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
