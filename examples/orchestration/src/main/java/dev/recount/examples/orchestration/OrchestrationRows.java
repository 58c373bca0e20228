package dev.recount.examples.orchestration;

import dev.recount.replay.StateRows;

/** The state as rows, for comparing two and for following a value: {@code turn:t1}, {@code checkpoint:c1} and so on. */
public final class OrchestrationRows {

    private OrchestrationRows() {}

    /** A row for each project, thread, turn, checkpoint and commit. */
    public static StateRows<Orchestration> all() {
        return StateRows.ofMap(Orchestration::projects, Project.class)
                .prefixed("project:")
                .and(StateRows.ofMap(Orchestration::threads, ProjectThread.class)
                        .prefixed("thread:"))
                .and(StateRows.ofMap(Orchestration::turns, Turn.class).prefixed("turn:"))
                .and(StateRows.ofMap(Orchestration::checkpoints, Checkpoint.class)
                        .prefixed("checkpoint:"))
                .and(StateRows.ofMap(Orchestration::commits, GitCommit.class).prefixed("commit:"));
    }
}
