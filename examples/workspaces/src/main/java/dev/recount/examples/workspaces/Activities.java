package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.EphemeralEvent.ActivityLogged;
import dev.recount.feed.FeedRefused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes in what agents say that they did, each for itself alone, and keeps and tells it. Thread-safe. */
public final class Activities {

    private final ActivityLog log;
    private final Broadcasts broadcasts;
    private final Supplier<Organisation> organisation;
    private final InstantSource clock;

    Activities(ActivityLog log, Broadcasts broadcasts, Supplier<Organisation> organisation, InstantSource clock) {
        this.log = log;
        this.broadcasts = broadcasts;
        this.organisation = organisation;
        this.clock = clock;
    }

    /**
     * What is said.
     *
     * @param type the word of an {@link ActivityType}
     * @param sourceId the workspace that is said to have done it; null for the one it is sent to
     */
    public record Report(String type, @Nullable String sourceId, String text) {}

    /**
     * Keeps what an agent says that it did in a workspace, and tells those who listen.
     *
     * @throws FeedRefused 400 for a type that is none; 403 where it is another's to say
     * @throws WorkspaceRejected where the workspace is not there
     */
    public void take(Caller caller, String workspaceId, Report report) {
        Workspace workspace = Rules.workspace(organisation.get(), workspaceId);
        ActivityType type = ActivityType.of(report.type()).orElseThrow(() -> unknown(report.type()));
        String agent = requireOwn(caller, workspace, report.sourceId());
        Instant now = clock.instant();
        log.add(new Activity(workspaceId, agent, type, report.text(), now));
        broadcasts.tell(new ActivityLogged(workspaceId, type, report.text(), now));
    }

    /** What is kept of a workspace, oldest first. */
    public List<Activity> of(String workspaceId) {
        return log.of(workspaceId);
    }

    /** Removes what is older than it is kept; tells how many there were. */
    public long sweep() {
        return log.sweep().events();
    }

    private static String requireOwn(Caller caller, Workspace workspace, @Nullable String sourceId) {
        Agent active = workspace.agent();
        boolean isItself = caller instanceof Caller.OfAgent asking
                && active != null
                && active.id().equals(asking.agentId());
        if (active == null || !isItself || (sourceId != null && !sourceId.equals(workspace.id()))) {
            throw FeedRefused.of(
                            403,
                            "SPOOFED_SOURCE",
                            "Only the agent that is active in workspace '" + workspace.id()
                                    + "' can say what it did there, and nothing in the name of another. Send it as that"
                                    + " agent.")
                    .with("workspace_id", workspace.id())
                    .with("source_id", sourceId == null ? workspace.id() : sourceId);
        }
        return active.id();
    }

    private static FeedRefused unknown(String type) {
        return FeedRefused.badRequest(
                        "UNKNOWN_ACTIVITY_TYPE",
                        "'" + type + "' is no type of activity. Give one of "
                                + Arrays.stream(ActivityType.values())
                                        .map(ActivityType::word)
                                        .toList()
                                + ".")
                .with("type", type);
    }
}
