package dev.recount.examples.orchestration;

import dev.recount.decider.CommandRejected;

/** Why a command is refused: one class for each reason, with the ids in fields. */
public abstract sealed class OrchestrationRejected extends CommandRejected {

    private OrchestrationRejected(String code, String message) {
        super(code, message);
    }

    /** Another project has that folder. */
    public static final class ProjectPathDuplicate extends OrchestrationRejected {

        private final String path;
        private final String project;

        ProjectPathDuplicate(String path, String project) {
            super(
                    "PROJECT_PATH_DUPLICATE",
                    "Folder " + path + " is that of project " + project + ". Choose another folder.");
            this.path = path;
            this.project = project;
        }

        /** The folder, normalised. */
        public String path() {
            return path;
        }

        /** The project that has it. */
        public String project() {
            return project;
        }
    }

    /** There is no such project. */
    public static final class ProjectNotFound extends OrchestrationRejected {

        private final String project;

        ProjectNotFound(String project) {
            super("PROJECT_NOT_FOUND", "There is no project " + project + ". Create it first.");
            this.project = project;
        }

        /** The project. */
        public String project() {
            return project;
        }
    }

    /** There is no such thread, or no more. */
    public static final class ThreadNotFound extends OrchestrationRejected {

        private final String thread;

        ThreadNotFound(String thread) {
            super("THREAD_NOT_FOUND", "There is no thread " + thread + ". Create it first.");
            this.thread = thread;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }
    }

    /** Something in the thread has to end first. */
    public static final class ThreadBusy extends OrchestrationRejected {

        private final String thread;
        private final String work;

        ThreadBusy(String thread, String work) {
            super("THREAD_BUSY", "Thread " + thread + " is busy with " + work + ". Wait for its end.");
            this.thread = thread;
            this.work = work;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }

        /** What is going on: {@code turn:}, {@code checkpoint:} or {@code commit:} with its id. */
        public String work() {
            return work;
        }
    }

    /** No turn is going on in the thread. */
    public static final class ThreadIdle extends OrchestrationRejected {

        private final String thread;

        ThreadIdle(String thread) {
            super("THREAD_IDLE", "Nothing goes on in thread " + thread + ". Start a turn first.");
            this.thread = thread;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }
    }

    /** The thread was put away. */
    public static final class ThreadArchived extends OrchestrationRejected {

        private final String thread;

        ThreadArchived(String thread) {
            super("THREAD_ARCHIVED", "Thread " + thread + " is archived. Unarchive it first.");
            this.thread = thread;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }
    }

    /** It is not the turn that this can be about: the one that is going on, or the last one. */
    public static final class TurnNotFound extends OrchestrationRejected {

        private final String thread;
        private final String turn;

        TurnNotFound(String thread, String turn) {
            super("TURN_NOT_FOUND", "Turn " + turn + " is not the latest of thread " + thread + ". Name that one.");
            this.thread = thread;
            this.turn = turn;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }

        /** The turn. */
        public String turn() {
            return turn;
        }
    }

    /** Nobody asks for that, or it was answered. */
    public static final class ApprovalNotPending extends OrchestrationRejected {

        private final String turn;
        private final String approval;

        ApprovalNotPending(String turn, String approval) {
            super(
                    "APPROVAL_NOT_PENDING",
                    "Approval " + approval + " of turn " + turn + " waits for no answer. Look at the turn again.");
            this.turn = turn;
            this.approval = approval;
        }

        /** The turn. */
        public String turn() {
            return turn;
        }

        /** The approval. */
        public String approval() {
            return approval;
        }
    }

    /** There is no such checkpoint in the thread, or none that can be gone back to. */
    public static final class CheckpointNotFound extends OrchestrationRejected {

        private final String thread;
        private final String checkpoint;

        CheckpointNotFound(String thread, String checkpoint) {
            super(
                    "CHECKPOINT_NOT_FOUND",
                    "Thread " + thread + " has no checkpoint " + checkpoint + " for this. Look at the thread again.");
            this.thread = thread;
            this.checkpoint = checkpoint;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }

        /** The checkpoint. */
        public String checkpoint() {
            return checkpoint;
        }
    }

    /** There is no such commit in the thread. */
    public static final class CommitNotFound extends OrchestrationRejected {

        private final String thread;
        private final String commit;

        CommitNotFound(String thread, String commit) {
            super("COMMIT_NOT_FOUND", "Thread " + thread + " has no commit " + commit + ". Look at the thread again.");
            this.thread = thread;
            this.commit = commit;
        }

        /** The thread. */
        public String thread() {
            return thread;
        }

        /** The commit. */
        public String commit() {
            return commit;
        }
    }

    /** It has come to another end already. */
    public static final class OutcomeAlreadyRecorded extends OrchestrationRejected {

        private final String id;
        private final String outcome;

        OutcomeAlreadyRecorded(String id, String outcome) {
            super(
                    "OUTCOME_ALREADY_RECORDED",
                    "What became of " + id + " is recorded already: " + outcome + ". It cannot change.");
            this.id = id;
            this.outcome = outcome;
        }

        /** What: {@code checkpoint:} or {@code commit:} with its id. */
        public String id() {
            return id;
        }

        /** The end that it came to. */
        public String outcome() {
            return outcome;
        }
    }

    /** The id is taken, or was once. */
    public static final class IdAlreadyExists extends OrchestrationRejected {

        private final String id;

        IdAlreadyExists(String id) {
            super("ID_ALREADY_EXISTS", "The id " + id + " is taken. Choose another.");
            this.id = id;
        }

        /** What for, and the id, such as {@code thread:t1}. */
        public String id() {
            return id;
        }
    }

    /** The turn has no such use of a tool that waits. */
    public static final class ToolCallNotFound extends OrchestrationRejected {

        private final String turn;
        private final String toolCall;

        ToolCallNotFound(String turn, String toolCall) {
            super(
                    "TOOL_CALL_NOT_FOUND",
                    "Turn " + turn + " has no open tool call " + toolCall + ". Tell of the call before its result.");
            this.turn = turn;
            this.toolCall = toolCall;
        }

        /** The turn. */
        public String turn() {
            return turn;
        }

        /** The use of a tool. */
        public String toolCall() {
            return toolCall;
        }
    }

    /** A reference without a word in it. */
    public static final class BlankGitRef extends OrchestrationRejected {

        private final String id;

        BlankGitRef(String id) {
            super(
                    "BLANK_GIT_REF",
                    "The reference in git of " + id + " is blank. Give the commit, or tell that it failed.");
            this.id = id;
        }

        /** What for: {@code checkpoint:} or {@code commit:} with its id. */
        public String id() {
            return id;
        }
    }
}
