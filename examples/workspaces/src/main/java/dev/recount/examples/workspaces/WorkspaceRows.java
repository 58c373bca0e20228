package dev.recount.examples.workspaces;

import dev.recount.replay.StateRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An organisation as rows that can be compared and blamed, one for each workspace that ever was. Immutable. */
public final class WorkspaceRows implements StateRows<Organisation> {

    /** The same for every organisation. */
    public WorkspaceRows() {}

    @Override
    public Set<String> keys(Organisation organisation) {
        return organisation.ids();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> row(Organisation organisation, String key) {
        return organisation.workspace(key).map(WorkspaceRows::fields);
    }

    /** What can be said of a workspace, by name. */
    static Map<String, @Nullable Object> fields(Workspace workspace) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Workspace.Profile profile = workspace.profile();
        Agent agent = workspace.agent();
        fields.put("name", profile.name());
        fields.put("role", profile.role());
        fields.put("tier", profile.tier());
        fields.put("parent_id", workspace.parentId());
        fields.put("status", workspace.status().word());
        fields.put("error_rate", workspace.health().errorRate());
        fields.put("problem", workspace.health().problem());
        fields.put("agent_id", agent == null ? null : agent.id());
        fields.put("model", agent == null ? null : agent.model());
        fields.put("url", profile.url());
        fields.put("agent_card", profile.card() == null ? null : fields(profile.card()));
        fields.put("expanded", workspace.expanded());
        fields.put("forwarded_to", workspace.forwardedTo());
        fields.put("since", workspace.since().toString());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(AgentCard card) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", card.name());
        fields.put("skills", card.skills());
        return fields;
    }
}
