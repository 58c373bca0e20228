package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.CollapseWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ExpandWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.FailProvisioning;
import dev.recount.examples.workspaces.WorkspaceCommand.MarkOffline;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.NewChild;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ReplaceAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.ReportHealth;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateAgentCard;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Commands at random, of which the rules refuse many. Ids do not come back, so the ids that are spoken of move on slowly. Not thread-safe.
 */
final class RandomCommands {

    private static final int COMMANDS_PER_ID = 8;

    private final int window;
    private int count;

    RandomCommands(int window) {
        this.window = window;
    }

    WorkspaceCommand next(RandomGenerator random) {
        count++;
        String id = id(random);
        Instant at = Samples.AT.plusMillis(count);
        return switch (random.nextInt(5)) {
            case 0 -> ofTree(id, random, at);
            case 1 -> ofAgents(id, random, at);
            case 2 -> ofHealth(id, random, at);
            case 3 -> new ReportHealth(id, random.nextInt(11) / 10.0, "timeout", at);
            default -> new ProvisionWorkspace(id, "The " + id, 1 + random.nextInt(4), idOrNull(random), at);
        };
    }

    private WorkspaceCommand ofTree(String id, RandomGenerator random, Instant at) {
        return switch (random.nextInt(8)) {
            case 0 -> new RemoveWorkspace(id, random.nextInt(4) == 0 ? id(random) : null, at);
            case 1 ->
                new ExpandWorkspace(
                        id, List.of(new NewChild(id(random), "Child", 1), new NewChild(id(random), "Child", 2)), at);
            case 2 -> new CollapseWorkspace(id, at);
            case 3, 4 ->
                new UpdateWorkspace(
                        id,
                        random.nextBoolean() ? "Name " + count : null,
                        random.nextBoolean() ? "role-" + random.nextInt(3) : null,
                        random.nextBoolean() ? random.nextInt(6) : null,
                        at);
            default -> new MoveWorkspace(id, idOrNull(random), at);
        };
    }

    private WorkspaceCommand ofAgents(String id, RandomGenerator random, Instant at) {
        String agent = "agent-" + random.nextInt(window);
        return switch (random.nextInt(6)) {
            case 0 -> new RemoveAgent(id, random.nextInt(9) == 0 ? "" : "tired", at);
            case 1 -> new ReplaceAgent(id, agent, "model-" + random.nextInt(3), at);
            case 2 -> new MoveAgent(id, id(random), at);
            case 3 -> new UpdateAgentCard(id, card(random), at);
            default -> new AssignAgent(id, agent, "model-" + random.nextInt(3), at);
        };
    }

    private WorkspaceCommand ofHealth(String id, RandomGenerator random, Instant at) {
        return switch (random.nextInt(5)) {
            case 0 -> new MarkOffline(id, at);
            case 1 -> new FailProvisioning(id, "no quota", at);
            default -> new RegisterWorkspace(id, "http://" + id + ".test", card(random), at);
        };
    }

    private static AgentCard card(RandomGenerator random) {
        return new AgentCard("Scout", List.of("skill-" + random.nextInt(3)));
    }

    private @Nullable String idOrNull(RandomGenerator random) {
        return random.nextInt(6) == 0 ? null : id(random);
    }

    private String id(RandomGenerator random) {
        return "w" + (count / COMMANDS_PER_ID + random.nextInt(window));
    }
}
