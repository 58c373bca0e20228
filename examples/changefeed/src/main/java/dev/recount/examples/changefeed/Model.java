package dev.recount.examples.changefeed;

import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import dev.recount.replay.LiveModel;
import dev.recount.replay.Replayed;
import java.time.Duration;
import java.util.List;

/** {@code GET /api/v1/projects} and {@code GET /api/v1/projects/ID}: the projects as they are after everything that is stored. */
final class Model implements JsonEndpoint.Answer {

    static final String PATH = "/api/v1/projects";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LiveModel<WorkState> model;

    Model(LiveModel<WorkState> model) {
        this.model = model;
    }

    /** Everything about one project. Immutable. */
    record OneProject(long seq, Project project, List<Session> sessions, List<PullRequest> prs) {}

    /** All projects. Immutable. */
    record AllProjects(long seq, List<Project> projects) {}

    @Override
    public Object to(HttpExchange exchange) {
        Replayed<WorkState> now = current();
        String id = JsonEndpoint.below(PATH + "/", exchange);
        return id.isEmpty()
                ? new AllProjects(now.sequence(), now.state().projects())
                : oneProject(now.sequence(), now.state(), id);
    }

    static OneProject oneProject(long sequence, WorkState work, String id) {
        Project project = work.project(id).orElseThrow(() -> new WorkRejected.NotFound("project", id, id));
        return new OneProject(sequence, project, work.sessions(id), work.prs(id));
    }

    // Who has just sent a command sees what it did, whichever process carried it out.
    private Replayed<WorkState> current() {
        try {
            if (model.whenCaughtUp(PATIENCE)) {
                return model.current();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FeedRefused.of(503, "NOT_CAUGHT_UP", "The projects are being computed. Try again.");
    }
}
