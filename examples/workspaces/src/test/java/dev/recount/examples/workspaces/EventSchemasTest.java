package dev.recount.examples.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.testkit.EventSchemas;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventSchemasTest {

    @Test
    void M1_each_type_has_its_payload_as_golden_JSON_and_what_was_stored_still_decodes() {
        EventSchemas.in(Path.of("src/test/golden"), WorkspaceLog.codec())
                .withSamples(Samples.all())
                .coveringTypesOf(StructuralEvent.class)
                .check();

        assertThat(WorkspaceLog.codec().types(StructuralEvent.class))
                .containsExactlyInAnyOrder(
                        "WORKSPACE_PROVISIONING",
                        "WORKSPACE_PROVISION_FAILED",
                        "WORKSPACE_ONLINE",
                        "WORKSPACE_OFFLINE",
                        "WORKSPACE_DEGRADED",
                        "WORKSPACE_REMOVED",
                        "WORKSPACE_MOVED",
                        "WORKSPACE_EXPANDED",
                        "WORKSPACE_COLLAPSED",
                        "WORKSPACE_UPDATED",
                        "AGENT_ASSIGNED",
                        "AGENT_REMOVED",
                        "AGENT_REPLACED",
                        "AGENT_MOVED",
                        "AGENT_CARD_UPDATED");
    }

    @Test
    void M1_workspace_agent_and_target_are_tags() {
        NewEvent agentMoved = WorkspaceLog.codec()
                .encode(new AgentMoved("scout", List.of("research", "/"), "search", "archive", Samples.AT));
        NewEvent moved = WorkspaceLog.codec()
                .encode(new WorkspaceMoved("search", List.of("/", "research"), null, "research", Samples.AT));

        assertThat(agentMoved.tags().asList())
                .containsExactlyInAnyOrder(
                        "agent_id:scout", "workspace_id:search", "workspace_id:archive", "under:research", "under:/");
        assertThat(moved.tags().asList())
                .containsExactlyInAnyOrder("workspace_id:search", "target_id:research", "under:/", "under:research");
        assertThat(moved.occurredAt()).contains(Samples.AT);
    }
}
