package dev.recount.examples.orchestration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Projects, threads, turns, checkpoints and commits: all of them after a replay, those that a decision needs while it is made.
 *
 * <p>Its maps share what did not change with the state before, so the next state costs about the same however much there is. Immutable.
 */
public final class Orchestration {

    private static final Orchestration EMPTY = new Orchestration(
            HashMap.empty(), HashMap.empty(), HashMap.empty(), HashMap.empty(), HashMap.empty(), HashSet.empty());

    private final HashMap<String, Project> projects;
    private final HashMap<String, ProjectThread> threads;
    private final HashMap<String, Turn> turns;
    private final HashMap<String, Checkpoint> checkpoints;
    private final HashMap<String, GitCommit> commits;

    // Also those of what is no more: an id never means two things in the course of a log.
    private final HashSet<String> usedIds;

    Orchestration(
            HashMap<String, Project> projects,
            HashMap<String, ProjectThread> threads,
            HashMap<String, Turn> turns,
            HashMap<String, Checkpoint> checkpoints,
            HashMap<String, GitCommit> commits,
            HashSet<String> usedIds) {
        this.projects = projects;
        this.threads = threads;
        this.turns = turns;
        this.checkpoints = checkpoints;
        this.commits = commits;
        this.usedIds = usedIds;
    }

    /** Nothing at all. */
    public static Orchestration empty() {
        return EMPTY;
    }

    /** The project of that id. */
    public Optional<Project> project(String id) {
        return projects.get(id).toJavaOptional();
    }

    /** The thread of that id. */
    public Optional<ProjectThread> thread(String id) {
        return threads.get(id).toJavaOptional();
    }

    /** The turn of that id. */
    public Optional<Turn> turn(String id) {
        return turns.get(id).toJavaOptional();
    }

    /** The checkpoint of that id. */
    public Optional<Checkpoint> checkpoint(String id) {
        return checkpoints.get(id).toJavaOptional();
    }

    /** The commit that was asked for under that id. */
    public Optional<GitCommit> commit(String id) {
        return commits.get(id).toJavaOptional();
    }

    /** All projects by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Project> projects() {
        return new TreeMap<>(projects.toJavaMap());
    }

    /** All threads by id, as a copy. */
    @JsonProperty
    public SortedMap<String, ProjectThread> threads() {
        return new TreeMap<>(threads.toJavaMap());
    }

    /** All turns by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Turn> turns() {
        return new TreeMap<>(turns.toJavaMap());
    }

    /** All checkpoints by id, as a copy. */
    @JsonProperty
    public SortedMap<String, Checkpoint> checkpoints() {
        return new TreeMap<>(checkpoints.toJavaMap());
    }

    /** All commits by the id that they were asked for under, as a copy. */
    @JsonProperty
    public SortedMap<String, GitCommit> commits() {
        return new TreeMap<>(commits.toJavaMap());
    }

    /** The threads of a project, by id. */
    List<ProjectThread> threadsOf(String project) {
        return threads.values()
                .filter(thread -> thread.project().equals(project))
                .sortBy(ProjectThread::id)
                .asJava();
    }

    /** The project that has a folder. */
    Optional<Project> projectAt(String path) {
        return projects.values().find(project -> project.path().equals(path)).toJavaOptional();
    }

    /** The turn that goes on in a thread. */
    Optional<Turn> activeTurn(ProjectThread thread) {
        return thread.lastTurn()
                .flatMap(this::turn)
                .filter(turn -> !turn.status().isOver());
    }

    /** What has to end before anything else may begin in a thread: a turn, or something that is wanted of git. */
    Optional<Item> work(ProjectThread thread) {
        int size = thread.items().size();
        return size == 0
                ? Optional.empty()
                : Optional.of(thread.items().get(size - 1)).filter(this::isUnfinished);
    }

    boolean isUsed(String kindAndId) {
        return usedIds.contains(kindAndId);
    }

    HashSet<String> usedIds() {
        return usedIds;
    }

    private boolean isUnfinished(Item item) {
        return switch (item.kind()) {
            case TURN -> turn(item.id()).filter(turn -> !turn.status().isOver()).isPresent();
            case CHECKPOINT ->
                checkpoint(item.id())
                        .filter(checkpoint -> checkpoint.outcome() == GitOutcome.REQUESTED)
                        .isPresent();
            case COMMIT ->
                commit(item.id())
                        .filter(commit -> commit.outcome() == GitOutcome.REQUESTED)
                        .isPresent();
        };
    }

    Orchestration with(Project project) {
        return withProjects(projects.put(project.id(), project)).using("project:" + project.id());
    }

    Orchestration withoutProject(String id) {
        return withProjects(projects.remove(id));
    }

    Orchestration with(ProjectThread thread) {
        return withThreads(threads.put(thread.id(), thread)).using("thread:" + thread.id());
    }

    Orchestration withoutThread(String id) {
        return withThreads(threads.remove(id));
    }

    Orchestration with(Turn turn) {
        return new Orchestration(projects, threads, turns.put(turn.id(), turn), checkpoints, commits, usedIds);
    }

    Orchestration with(Checkpoint checkpoint) {
        return new Orchestration(
                projects, threads, turns, checkpoints.put(checkpoint.id(), checkpoint), commits, usedIds);
    }

    Orchestration with(GitCommit commit) {
        return new Orchestration(projects, threads, turns, checkpoints, commits.put(commit.id(), commit), usedIds);
    }

    Orchestration without(Item item) {
        return switch (item.kind()) {
            case TURN -> new Orchestration(projects, threads, turns.remove(item.id()), checkpoints, commits, usedIds);
            case CHECKPOINT ->
                new Orchestration(projects, threads, turns, checkpoints.remove(item.id()), commits, usedIds);
            case COMMIT -> new Orchestration(projects, threads, turns, checkpoints, commits.remove(item.id()), usedIds);
        };
    }

    Orchestration using(String kindAndId) {
        return usedIds.contains(kindAndId)
                ? this
                : new Orchestration(projects, threads, turns, checkpoints, commits, usedIds.add(kindAndId));
    }

    private Orchestration withProjects(HashMap<String, Project> changed) {
        return new Orchestration(changed, threads, turns, checkpoints, commits, usedIds);
    }

    private Orchestration withThreads(HashMap<String, ProjectThread> changed) {
        return new Orchestration(projects, changed, turns, checkpoints, commits, usedIds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Orchestration that
                && projects.equals(that.projects)
                && threads.equals(that.threads)
                && turns.equals(that.turns)
                && checkpoints.equals(that.checkpoints)
                && commits.equals(that.commits)
                && usedIds.equals(that.usedIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(projects, threads, turns, checkpoints, commits, usedIds);
    }

    @Override
    public String toString() {
        return projects() + ", " + threads() + ", " + turns() + ", " + checkpoints() + ", " + commits() + ", ids "
                + usedIds.toSortedSet();
    }
}
