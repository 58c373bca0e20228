package dev.recount.examples.town;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlEventStore;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code beads} and {@code agents} of a rig, written in the transaction of each append.
 *
 * <p>They know no rules of their own: the rows that an event touches are read, given to the {@link TownProjector}, and written
 * back. Events that cannot be decoded change nothing.
 *
 * <p>One class for SQLite and PostgreSQL.
 *
 * <pre>{@code
 * SqliteEventStore.open(path, SqliteOptions.defaults().withInline(new TownTables()));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class TownTables implements SqlReadModel {

    private static final String BEADS = """
            CREATE TABLE {beads} (id TEXT PRIMARY KEY, status TEXT NOT NULL, type TEXT, title TEXT, body TEXT, priority TEXT,
            parent TEXT, dependencies TEXT, metadata TEXT NOT NULL, assignee TEXT, labels TEXT NOT NULL, hooked_by TEXT,
            outcome TEXT, created_at TEXT, updated_at TEXT NOT NULL, closed_at TEXT,
            escalated_at TEXT, raised INTEGER NOT NULL, acknowledged_by TEXT, steps_done INTEGER NOT NULL, landed_at TEXT)""";

    private static final String AGENTS = """
            CREATE TABLE {agents} (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, status TEXT NOT NULL,
            hooked_bead TEXT, checkpoint TEXT, last_activity TEXT NOT NULL)""";

    private static final String PUT_BEAD = put(
            "beads",
            List.of(
                    "id",
                    "status",
                    "type",
                    "title",
                    "body",
                    "priority",
                    "parent",
                    "dependencies",
                    "metadata",
                    "assignee",
                    "labels",
                    "hooked_by",
                    "outcome",
                    "created_at",
                    "updated_at",
                    "closed_at",
                    "escalated_at",
                    "raised",
                    "acknowledged_by",
                    "steps_done",
                    "landed_at"));

    private static final String PUT_AGENT =
            put("agents", List.of("id", "name", "role", "status", "hooked_bead", "checkpoint", "last_activity"));

    private static final JsonMapper JSON = new JsonMapper();
    private static final TownProjector PROJECTOR = new TownProjector();

    /** The tables of every town. */
    public TownTables() {}

    @Override
    public String name() {
        return "town";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<String> schema() {
        return List.of(BEADS, AGENTS);
    }

    @Override
    public void apply(StoredEvent stored, SqlStatements sql) {
        List<TownEvent> events;
        try {
            events = TownLog.codec().decode(stored);
        } catch (UndecodableEvent e) {
            return;
        }
        for (TownEvent event : events) {
            apply(event, sql);
        }
    }

    /** What the tables of a rig say now; without the mailboxes, which have no table. */
    public static TownState read(SqlEventStore rig) {
        TownChanges town = TownState.empty().open();
        rig.query("SELECT * FROM beads").forEach(row -> town.put(bead(row)));
        rig.query("SELECT * FROM agents").forEach(row -> town.put(agent(row)));
        return town.close();
    }

    private static void apply(TownEvent event, SqlStatements sql) {
        Set<String> beads = touched(event);
        TownChanges before = TownState.empty().open();
        for (String bead : beads) {
            sql.query("SELECT * FROM {beads} WHERE id = ?", bead).forEach(row -> before.put(bead(row)));
        }
        String agent = event.agent();
        if (agent != null) {
            sql.query("SELECT * FROM {agents} WHERE id = ?", agent).forEach(row -> before.put(agent(row)));
        }
        TownState after = PROJECTOR.project(before.close(), event);
        for (String bead : beads) {
            write(bead, after, sql);
        }
        if (agent != null) {
            after.agent(agent).ifPresent(changed -> write(changed, sql));
        }
    }

    private static Set<String> touched(TownEvent event) {
        Set<String> beads = new LinkedHashSet<>();
        if (event.bead() != null) {
            beads.add(event.bead());
        }
        if (event instanceof TownEvent.BeadRenamed renamed) {
            beads.add(renamed.from());
        }
        return beads;
    }

    // The first column is the key. SQLite's INSERT OR REPLACE is not known everywhere.
    private static String put(String table, List<String> columns) {
        String changes = columns.stream()
                .skip(1)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        return "INSERT INTO {" + table + "} (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ") ON CONFLICT ("
                + columns.get(0) + ") DO UPDATE SET " + changes;
    }

    private static void write(String id, TownState town, SqlStatements sql) {
        Bead bead = town.bead(id).orElse(null);
        if (bead == null) {
            sql.execute("DELETE FROM {beads} WHERE id = ?", id);
            return;
        }
        BeadDetails details = bead.details();
        BeadProgress progress = bead.progress();
        sql.execute(
                PUT_BEAD,
                bead.id(),
                bead.status().word(),
                details.get("type"),
                details.title(),
                details.body(),
                details.get("priority"),
                details.parent(),
                details.get("dependencies"),
                json(details.metadata()),
                bead.assignee(),
                json(bead.labels()),
                bead.hookedBy(),
                bead.outcome(),
                text(bead.createdAt()),
                text(bead.updatedAt()),
                text(bead.closedAt()),
                text(progress.escalatedAt()),
                progress.raised(),
                progress.acknowledgedBy(),
                progress.stepsDone(),
                text(progress.landedAt()));
    }

    private static void write(Agent agent, SqlStatements sql) {
        sql.execute(
                PUT_AGENT,
                agent.id(),
                agent.name(),
                agent.role().word(),
                agent.status().word(),
                agent.hookedBead(),
                agent.checkpoint(),
                text(agent.lastActivity()));
    }

    private static Bead bead(Map<String, @Nullable Object> row) {
        BeadDetails details =
                BeadDetails.of(read(required(row, "metadata"), new TypeReference<SortedMap<String, String>>() {}));
        for (String field : List.of("type", "title", "body", "priority", "parent", "dependencies")) {
            details = details.with(field, optional(row, field));
        }
        return new Bead(
                required(row, "id"),
                Status.of(required(row, "status")),
                details,
                optional(row, "assignee"),
                read(required(row, "labels"), new TypeReference<SortedSet<String>>() {}),
                optional(row, "hooked_by"),
                optional(row, "outcome"),
                time(row, "created_at"),
                Instant.parse(required(row, "updated_at")),
                time(row, "closed_at"),
                progress(row));
    }

    private static BeadProgress progress(Map<String, @Nullable Object> row) {
        return new BeadProgress(
                time(row, "escalated_at"),
                Integer.parseInt(required(row, "raised")),
                optional(row, "acknowledged_by"),
                Integer.parseInt(required(row, "steps_done")),
                time(row, "landed_at"));
    }

    private static Agent agent(Map<String, @Nullable Object> row) {
        return new Agent(
                required(row, "id"),
                required(row, "name"),
                Role.of(required(row, "role")),
                AgentStatus.of(required(row, "status")),
                optional(row, "hooked_bead"),
                optional(row, "checkpoint"),
                Instant.parse(required(row, "last_activity")));
    }

    private static String required(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static @Nullable String optional(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static @Nullable Instant time(Map<String, @Nullable Object> row, String column) {
        String text = optional(row, column);
        return text == null ? null : Instant.parse(text);
    }

    // As ISO-8601 the time keeps every digit that its event has.
    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written as JSON", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Column '" + json + "' is not what was written there. Rebuild the table.", e);
        }
    }
}
