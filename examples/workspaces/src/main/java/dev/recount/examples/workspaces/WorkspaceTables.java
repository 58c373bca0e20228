package dev.recount.examples.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.Workspace.Health;
import dev.recount.examples.workspaces.Workspace.Profile;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.sqlite.SqliteEventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code workspaces}, written in the transaction of each append, for whoever asks with SQL.
 *
 * <p>It knows no rules of its own: the rows that an event touches are read, given to the {@link OrganisationProjector}, and written back.
 * Events that cannot be decoded change nothing. Immutable.
 */
public final class WorkspaceTables implements SqlReadModel {

    private static final String WORKSPACES = """
            CREATE TABLE {workspaces} (id TEXT PRIMARY KEY, parent_id TEXT, name TEXT NOT NULL, role TEXT, tier INTEGER NOT NULL,
            url TEXT, agent_card TEXT, status TEXT NOT NULL, error_rate REAL NOT NULL, problem TEXT, agent_id TEXT, model TEXT,
            expanded INTEGER NOT NULL, forwarded_to TEXT, since TEXT NOT NULL) STRICT""";

    private static final JsonMapper JSON = new JsonMapper();
    private static final OrganisationProjector PROJECTOR = new OrganisationProjector();

    /** The table of every organisation. */
    public WorkspaceTables() {}

    @Override
    public String name() {
        return "workspaces";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> schema() {
        return List.of(WORKSPACES);
    }

    @Override
    public void apply(StoredEvent stored, SqlStatements sql) {
        List<StructuralEvent> events;
        try {
            events = WorkspaceLog.codec().decode(stored);
        } catch (UndecodableEvent e) {
            return;
        }
        for (StructuralEvent event : events) {
            apply(event, sql);
        }
    }

    /** What the table of a log says now. */
    public static Organisation read(SqliteEventStore store) {
        return Organisation.of(store.query("SELECT * FROM workspaces").stream()
                .map(WorkspaceTables::workspace)
                .toList());
    }

    private static void apply(StructuralEvent event, SqlStatements sql) {
        List<Workspace> before = new ArrayList<>();
        for (String id : touched(event)) {
            sql.query("SELECT * FROM {workspaces} WHERE id = ?", id).forEach(row -> before.add(workspace(row)));
        }
        Organisation after = PROJECTOR.project(Organisation.of(before), event);
        for (String id : touched(event)) {
            after.workspace(id).ifPresent(workspace -> write(workspace, sql));
        }
    }

    private static List<String> touched(StructuralEvent event) {
        return event instanceof AgentMoved moved
                ? List.of(moved.fromWorkspaceId(), moved.toWorkspaceId())
                : List.of(event.workspaceId());
    }

    private static void write(Workspace workspace, SqlStatements sql) {
        Profile profile = workspace.profile();
        Optional<Agent> agent = Optional.ofNullable(workspace.agent());
        sql.execute(
                "INSERT OR REPLACE INTO {workspaces} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                workspace.id(),
                workspace.parentId(),
                profile.name(),
                profile.role(),
                profile.tier(),
                profile.url(),
                json(profile.card()),
                workspace.status().word(),
                workspace.health().errorRate(),
                workspace.health().problem(),
                agent.map(Agent::id).orElse(null),
                agent.map(Agent::model).orElse(null),
                workspace.expanded() ? 1 : 0,
                workspace.forwardedTo(),
                workspace.since().toString());
    }

    private static Workspace workspace(Map<String, @Nullable Object> row) {
        String agent = optional(row, "agent_id");
        return new Workspace(
                required(row, "id"),
                optional(row, "parent_id"),
                new Profile(
                        required(row, "name"),
                        optional(row, "role"),
                        Integer.parseInt(required(row, "tier")),
                        optional(row, "url"),
                        card(optional(row, "agent_card"))),
                Status.of(required(row, "status")),
                new Health(Double.parseDouble(required(row, "error_rate")), optional(row, "problem")),
                agent == null ? null : new Agent(agent, required(row, "model")),
                required(row, "expanded").equals("1"),
                optional(row, "forwarded_to"),
                Instant.parse(required(row, "since")));
    }

    private static String required(Map<String, @Nullable Object> row, String column) {
        return Objects.toString(row.get(column));
    }

    private static @Nullable String optional(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static @Nullable String json(@Nullable AgentCard card) {
        try {
            return card == null ? null : JSON.writeValueAsString(card);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can be written as JSON", e);
        }
    }

    private static @Nullable AgentCard card(@Nullable String json) {
        try {
            return json == null ? null : JSON.readValue(json, AgentCard.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Column '" + json + "' is not what was written there. Rebuild the table.", e);
        }
    }
}
