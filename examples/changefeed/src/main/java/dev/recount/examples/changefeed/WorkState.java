package dev.recount.examples.changefeed;

import io.vavr.collection.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Projects, sessions and pull requests: all of them after a replay, those that a decision needs while it is made.
 *
 * <p>The next state shares with this one what did not change. Immutable.
 */
public final class WorkState {

    private static final WorkState EMPTY = new WorkState(HashMap.empty(), HashMap.empty(), HashMap.empty());

    private final HashMap<String, Project> projects;
    private final HashMap<Ref, Session> sessions;
    private final HashMap<Ref, PullRequest> prs;

    private WorkState(
            HashMap<String, Project> projects, HashMap<Ref, Session> sessions, HashMap<Ref, PullRequest> prs) {
        this.projects = projects;
        this.sessions = sessions;
        this.prs = prs;
    }

    /** Nothing at all. */
    public static WorkState empty() {
        return EMPTY;
    }

    /** The project of that id. */
    public Optional<Project> project(String id) {
        return projects.get(id).toJavaOptional();
    }

    /** The session of that id. */
    public Optional<Session> session(String project, String id) {
        return sessions.get(new Ref(project, id)).toJavaOptional();
    }

    /** The pull request of that id. */
    public Optional<PullRequest> pr(String project, String id) {
        return prs.get(new Ref(project, id)).toJavaOptional();
    }

    /** All projects by id. */
    public List<Project> projects() {
        return projects.values().sortBy(Project::id).asJava();
    }

    /** The sessions of a project by id. */
    public List<Session> sessions(String project) {
        return sessions.values()
                .filter(session -> session.project().equals(project))
                .sortBy(Session::id)
                .asJava();
    }

    /** The pull requests of a project by id. */
    public List<PullRequest> prs(String project) {
        return prs.values()
                .filter(pr -> pr.project().equals(project))
                .sortBy(PullRequest::id)
                .asJava();
    }

    WorkState with(Project project) {
        return new WorkState(projects.put(project.id(), project), sessions, prs);
    }

    WorkState with(Session session) {
        return new WorkState(projects, sessions.put(new Ref(session.project(), session.id()), session), prs);
    }

    WorkState with(PullRequest pr) {
        return new WorkState(projects, sessions, prs.put(new Ref(pr.project(), pr.id()), pr));
    }

    /** With a pull request as it is after a change; this state where it is not known. */
    WorkState withPr(String project, String id, UnaryOperator<PullRequest> change) {
        return pr(project, id).map(change).map(this::with).orElse(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkState that
                && projects.equals(that.projects)
                && sessions.equals(that.sessions)
                && prs.equals(that.prs);
    }

    @Override
    public int hashCode() {
        return projects.hashCode() + 31 * (sessions.hashCode() + 31 * prs.hashCode());
    }

    @Override
    public String toString() {
        return projects.values() + ", " + sessions.values() + ", " + prs.values();
    }
}
