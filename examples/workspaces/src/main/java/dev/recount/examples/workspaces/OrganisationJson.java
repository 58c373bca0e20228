package dev.recount.examples.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recount.replay.RowChange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The organisation and its workspaces as clients see them. */
final class OrganisationJson {

    private static final JsonMapper JSON = new JsonMapper();

    private OrganisationJson() {}

    static ObjectNode of(Workspace workspace) {
        ObjectNode json = JSON.createObjectNode().put("id", workspace.id());
        return json.setAll((ObjectNode) JSON.valueToTree(WorkspaceRows.fields(workspace)));
    }

    /** What stands below a workspace, or at the top. */
    static ArrayNode below(String id, Organisation organisation) {
        ArrayNode nodes = JSON.createArrayNode();
        for (String child : organisation.childrenOf(id)) {
            organisation.workspace(child).ifPresent(workspace -> {
                ObjectNode node = of(workspace);
                node.set("children", below(child, organisation));
                nodes.add(node);
            });
        }
        return nodes;
    }

    static ArrayNode of(List<TreeDiff.Node> diff) {
        ArrayNode nodes = JSON.createArrayNode();
        for (TreeDiff.Node found : diff) {
            ObjectNode node = nodes.addObject()
                    .put("id", found.workspace().id())
                    .put("name", found.workspace().profile().name())
                    .put("what", found.kind().name().toLowerCase(Locale.ROOT));
            ObjectNode changes = node.putObject("changes");
            found.changes().forEach(change -> put(change, changes));
            node.set("children", of(found.below()));
        }
        return nodes;
    }

    static ArrayNode activities(List<Activity> activities) {
        ArrayNode nodes = JSON.createArrayNode();
        for (Activity activity : activities) {
            nodes.addObject()
                    .put("agent_id", activity.agentId())
                    .put("type", activity.type().word())
                    .put("text", activity.text())
                    .put("at", activity.at().toString());
        }
        return nodes;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Reads a value. */
    static <T> T read(byte[] json, Class<T> as) throws JsonProcessingException {
        try {
            return JSON.readValue(json, as);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        }
    }

    private static void put(RowChange.Field change, ObjectNode to) {
        to.putObject(change.name()).putPOJO("before", change.before()).putPOJO("after", change.after());
    }
}
