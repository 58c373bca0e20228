package dev.recount.store.sqlite;

import static java.util.Objects.requireNonNull;

import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registered read models at the head of the log, always inside a transaction that holds the write lock. */
final class InlineModels {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);
    private static final int PAGE = 1_000;

    private final List<SqliteReadModel> models;
    private final Map<String, SqlNames> names = new HashMap<>();
    private final Path file;

    InlineModels(List<SqliteReadModel> models, Path file) {
        this.models = models;
        this.file = file;
        List<OwnNames> declared = new ArrayList<>();
        for (SqliteReadModel model : models) {
            OwnNames own = OwnNames.of(model);
            declared.forEach(own::requireApart);
            declared.add(own);
            names.put(model.name(), SqlNames.live(own));
        }
    }

    private SqlStatements statements(Session writer, SqliteReadModel model) {
        return new SqlStatements(writer, file, requireNonNull(names.get(model.name())));
    }

    private record Stored(int version, long checkpoint) {}

    /** In the order in which they were registered. */
    List<SqliteReadModel> all() {
        return models;
    }

    boolean isEmpty() {
        return models.isEmpty();
    }

    /** Builds what is missing or of another version, and takes in what was appended without these models. */
    void bringUpToDate(Session writer) throws SQLException {
        long head = LogRow.head(writer);
        for (SqliteReadModel model : models) {
            Optional<Stored> stored = find(writer, model);
            if (stored.isEmpty() || stored.get().version() != model.version()) {
                LOG.debug("Building read model {} version {} of {}", model.name(), model.version(), file);
                create(writer, model);
                catchUp(writer, model, 0, head);
            } else {
                catchUp(writer, model, stored.get().checkpoint(), head);
            }
        }
    }

    /** Takes new events in, which come directly after {@code before}. */
    void apply(Session writer, long before, List<StoredEvent> events) throws SQLException {
        for (SqliteReadModel model : models) {
            catchUp(writer, model, requireSame(writer, model).checkpoint(), before);
            SqlStatements sql = statements(writer, model);
            for (StoredEvent event : events) {
                model.apply(event, sql);
            }
            sql.requireTransaction();
            saveCheckpoint(writer, model, before + events.size());
        }
    }

    private Stored requireSame(Session writer, SqliteReadModel model) throws SQLException {
        Optional<Stored> stored = find(writer, model);
        if (stored.isEmpty() || stored.get().version() != model.version()) {
            throw new StoreUnavailable(
                    "Read model '" + model.name() + "' of log " + file + " has version "
                            + stored.map(Stored::version).orElse(0) + " by now, and this program has version "
                            + model.version() + ". Nothing was stored. Restart with one version everywhere.",
                    null);
        }
        return stored.get();
    }

    private void catchUp(Session writer, SqliteReadModel model, long checkpoint, long head) throws SQLException {
        if (checkpoint >= head) {
            return;
        }
        SqlStatements sql = statements(writer, model);
        long done = checkpoint;
        boolean complete = false;
        while (!complete) {
            Page page = PageReader.read(writer, Query.all(), new Window(done, head, PAGE, false));
            page.events().forEach(event -> model.apply(event, sql));
            sql.requireTransaction();
            done = page.upTo();
            complete = page.complete();
        }
        saveCheckpoint(writer, model, head);
    }

    private static Optional<Stored> find(Session writer, SqliteReadModel model) throws SQLException {
        String sql = "SELECT version, checkpoint FROM recount_read_models WHERE name = ?";
        try (ResultSet row = writer.prepare(sql, model.name()).executeQuery()) {
            return row.next() ? Optional.of(new Stored(row.getInt(1), row.getLong(2))) : Optional.empty();
        }
    }

    private static void saveCheckpoint(Session writer, SqliteReadModel model, long checkpoint) throws SQLException {
        writer.run("UPDATE recount_read_models SET checkpoint = ? WHERE name = ?", checkpoint, model.name());
    }

    private void create(Session writer, SqliteReadModel model) throws SQLException {
        drop(writer, model);
        Set<String> before = new HashSet<>(writer.texts("SELECT name FROM sqlite_master"));
        for (SchemaStatement statement : OwnNames.of(model).statements()) {
            createOne(writer, model, statement);
        }
        // SQLite's own tables, as AUTOINCREMENT makes one, belong to nobody and cannot be dropped.
        String made = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'";
        for (String name : writer.texts(made)) {
            if (!before.contains(name)) {
                writer.run(
                        "INSERT INTO recount_read_model_tables (name, kind, model)"
                                + " SELECT name, type, ? FROM sqlite_master WHERE name = ?",
                        model.name(),
                        name);
            }
        }
        writer.run("INSERT OR REPLACE INTO recount_read_models VALUES (?, ?, 0)", model.name(), model.version());
    }

    private void createOne(Session writer, SqliteReadModel model, SchemaStatement statement) throws SQLException {
        try {
            writer.run(requireNonNull(names.get(model.name())).create(statement));
        } catch (SQLException e) {
            throw SqlStatements.failed(statement.text().toString(), e, file);
        }
    }

    private static void drop(Session writer, SqliteReadModel model) throws SQLException {
        for (String kind : List.of("view", "table")) {
            String sql = "SELECT name FROM recount_read_model_tables WHERE model = ? AND kind = ?";
            for (String name : writer.texts(sql, model.name(), kind)) {
                writer.run("DROP " + kind + " IF EXISTS \"" + name.replace("\"", "\"\"") + '"');
            }
        }
        writer.run("DELETE FROM recount_read_model_tables WHERE model = ?", model.name());
    }
}
