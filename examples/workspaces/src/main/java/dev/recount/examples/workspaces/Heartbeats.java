package dev.recount.examples.workspaces;

import dev.recount.command.CommandHandler;
import dev.recount.examples.workspaces.EphemeralEvent.TaskUpdated;
import dev.recount.examples.workspaces.EphemeralEvent.WorkspaceHeartbeat;
import dev.recount.examples.workspaces.SignsOfLife.News;
import dev.recount.examples.workspaces.SignsOfLife.Sign;
import dev.recount.examples.workspaces.WorkspaceCommand.ReportHealth;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes in heartbeats. What they change in the structure is stored by the rules; what else is new is told to those who listen, and what is
 * the same as before is told to nobody. Thread-safe.
 */
public final class Heartbeats {

    private final CommandHandler<WorkspaceCommand, StructuralEvent> commands;
    private final SignsOfLife signs;
    private final Broadcasts broadcasts;
    private final InstantSource clock;

    Heartbeats(
            CommandHandler<WorkspaceCommand, StructuralEvent> commands,
            SignsOfLife signs,
            Broadcasts broadcasts,
            InstantSource clock) {
        this.commands = commands;
        this.signs = signs;
        this.broadcasts = broadcasts;
        this.clock = clock;
    }

    /**
     * What a workspace says of itself. Immutable.
     *
     * @param errorRate how much fails, from 0 to 1
     * @param sampleError one of the errors; null where there is none
     * @param currentTask what it works on; null for nothing
     */
    public record Heartbeat(
            String workspaceId,
            double errorRate,
            @Nullable String sampleError,
            @Nullable String currentTask) {}

    /**
     * Takes a heartbeat.
     *
     * @throws WorkspaceRejected where the workspace is not there, or is not up; then nobody hears of it
     */
    public void take(Heartbeat heartbeat) {
        Instant now = clock.instant();
        String id = heartbeat.workspaceId();
        try {
            commands.handle(new ReportHealth(id, heartbeat.errorRate(), heartbeat.sampleError(), now));
        } catch (WorkspaceRejected.WorkspaceRemoved e) {
            signs.forget(id);
            throw e;
        }
        News news = signs.heard(id, new Sign(now, heartbeat.errorRate(), heartbeat.currentTask()));
        if (news.isTask()) {
            broadcasts.tell(new TaskUpdated(id, heartbeat.currentTask(), now));
        }
        if (news.isErrorRate()) {
            broadcasts.tell(new WorkspaceHeartbeat(id, heartbeat.errorRate(), now));
        }
    }
}
