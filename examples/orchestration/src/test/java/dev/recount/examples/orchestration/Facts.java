package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.CheckpointEvent.CheckpointCreated;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointFailed;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointRequested;
import dev.recount.examples.orchestration.CheckpointEvent.RevertedToCheckpoint;
import dev.recount.examples.orchestration.CommitEvent.ChangesCommitted;
import dev.recount.examples.orchestration.CommitEvent.CommitFailed;
import dev.recount.examples.orchestration.CommitEvent.CommitRequested;
import dev.recount.examples.orchestration.GitCommand.FailCheckpoint;
import dev.recount.examples.orchestration.GitCommand.FailCommit;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.OrchestrationRejected.ApprovalNotPending;
import dev.recount.examples.orchestration.OrchestrationRejected.BlankGitRef;
import dev.recount.examples.orchestration.OrchestrationRejected.CheckpointNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.CommitNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.IdAlreadyExists;
import dev.recount.examples.orchestration.OrchestrationRejected.OutcomeAlreadyRecorded;
import dev.recount.examples.orchestration.OrchestrationRejected.ProjectNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.ProjectPathDuplicate;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadBusy;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadIdle;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.ToolCallNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.TurnNotFound;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProjectCommand.DeleteProject;
import dev.recount.examples.orchestration.ProjectCommand.UpdateProject;
import dev.recount.examples.orchestration.ProjectEvent.ProjectCreated;
import dev.recount.examples.orchestration.ProjectEvent.ProjectDeleted;
import dev.recount.examples.orchestration.ProjectEvent.ProjectUpdated;
import dev.recount.examples.orchestration.ProviderEvent.AwaitingApproval;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.ToolResult;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.ThreadCommand.ArchiveThread;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.DeleteThread;
import dev.recount.examples.orchestration.ThreadCommand.RenameThread;
import dev.recount.examples.orchestration.ThreadCommand.UnarchiveThread;
import dev.recount.examples.orchestration.ThreadEvent.ThreadArchived;
import dev.recount.examples.orchestration.ThreadEvent.ThreadCreated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import dev.recount.examples.orchestration.ThreadEvent.ThreadRenamed;
import dev.recount.examples.orchestration.ThreadEvent.ThreadUnarchived;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.InterruptTurn;
import dev.recount.examples.orchestration.TurnCommand.RespondToApproval;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.examples.orchestration.TurnEvent.ApprovalAnswered;
import dev.recount.examples.orchestration.TurnEvent.ApprovalRequested;
import dev.recount.examples.orchestration.TurnEvent.TextStreamed;
import dev.recount.examples.orchestration.TurnEvent.ThinkingStreamed;
import dev.recount.examples.orchestration.TurnEvent.ToolCalled;
import dev.recount.examples.orchestration.TurnEvent.ToolReturned;
import dev.recount.examples.orchestration.TurnEvent.TurnCompleted;
import dev.recount.examples.orchestration.TurnEvent.TurnFailed;
import dev.recount.examples.orchestration.TurnEvent.TurnInterrupted;
import dev.recount.examples.orchestration.TurnEvent.TurnStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decider as a table: after these events this command leads to those events, or is refused for that reason. Immutable.
 *
 * @param given what happened before
 * @param when the command
 * @param then what it leads to
 * @param refusal why it is refused; null where it is accepted
 * @param words what the refusal's message names
 */
record Facts(
        List<OrchestrationEvent> given,
        OrchestrationCommand when,
        List<OrchestrationEvent> then,
        @Nullable Class<? extends OrchestrationRejected> refusal,
        List<String> words) {

    static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    static final OrchestrationEvent PROJECT = new ProjectCreated("p1", "Login", "/src/login", AT);
    static final OrchestrationEvent OTHER_PROJECT = new ProjectCreated("p2", "Docs", "/src/docs", AT);
    static final OrchestrationEvent THREAD = new ThreadCreated("p1", "t1", "Fix it", AT);
    static final OrchestrationEvent OTHER_THREAD = new ThreadCreated("p1", "t2", "Mend it", AT);
    static final OrchestrationEvent ARCHIVED = new ThreadArchived("p1", "t1", AT);
    static final OrchestrationEvent TURN = new TurnStarted("p1", "t1", "u1", "Fix the login", AT);
    static final OrchestrationEvent CALL = new ToolCalled("p1", "t1", "u1", "call-1", "shell", "make test", AT);
    static final OrchestrationEvent ASKED = new ApprovalRequested("p1", "t1", "u1", "ask-1", "call-1", "May I?", AT);
    static final OrchestrationEvent DONE = new TurnCompleted("p1", "t1", "u1", "end of turn", AT);
    static final OrchestrationEvent WANTED = new CheckpointRequested("p1", "t1", "u1", "c1", AT);
    static final OrchestrationEvent KEPT = new CheckpointCreated("p1", "t1", "u1", "c1", "abc123", AT);
    static final OrchestrationEvent COMMIT_WANTED = new CommitRequested("p1", "t1", "u1", "m1", "Mend the login", AT);

    @Override
    public String toString() {
        String end = refusal == null ? "leads to " + then.size() + " events" : "is refused: " + refusal.getSimpleName();
        return when.getClass().getSimpleName() + " after " + given.size() + " events " + end;
    }

    static List<Facts> all() {
        List<Facts> all = new ArrayList<>(projects());
        all.addAll(threads());
        all.addAll(turns());
        all.addAll(stream());
        all.addAll(approvals());
        all.addAll(checkpoints());
        all.addAll(commits());
        return all;
    }

    private static List<Facts> projects() {
        return List.of(
                after().when(new CreateProject("p1", "Login", "/src/./old/../login/", AT), PROJECT),
                after(PROJECT).refuses(new CreateProject("p1", "Again", "/x", AT), IdAlreadyExists.class, "project:p1"),
                after(PROJECT)
                        .refuses(
                                new CreateProject("p3", "Same", "/src/login/.", AT),
                                ProjectPathDuplicate.class,
                                "/src/login",
                                "p1"),
                after(PROJECT)
                        .when(
                                new UpdateProject("p1", "Sign-in", "/src//signin", AT),
                                new ProjectUpdated("p1", "Sign-in", "/src/signin", "/src/login", AT)),
                after(PROJECT).when(new UpdateProject("p1", "Login", null, AT)),
                after().refuses(new UpdateProject("p1", "Login", null, AT), ProjectNotFound.class, "p1"),
                after(PROJECT, OTHER_PROJECT)
                        .refuses(
                                new UpdateProject("p2", null, "/src/login", AT),
                                ProjectPathDuplicate.class,
                                "/src/login"),
                after(PROJECT, THREAD, OTHER_THREAD, TURN)
                        .when(
                                new DeleteProject("p1", AT),
                                new ThreadDeleted("p1", "t1", AT),
                                new ThreadDeleted("p1", "t2", AT),
                                new ProjectDeleted("p1", "/src/login", AT)),
                after().refuses(new DeleteProject("p1", AT), ProjectNotFound.class, "p1"));
    }

    private static List<Facts> threads() {
        return List.of(
                after(PROJECT).when(new CreateThread("p1", "t1", "Fix it", AT), THREAD),
                after().refuses(new CreateThread("p1", "t1", "Fix it", AT), ProjectNotFound.class, "p1"),
                after(PROJECT, THREAD)
                        .refuses(new CreateThread("p1", "t1", "Again", AT), IdAlreadyExists.class, "thread:t1"),
                after(PROJECT, THREAD, new ThreadDeleted("p1", "t1", AT))
                        .refuses(new CreateThread("p1", "t1", "Again", AT), IdAlreadyExists.class, "thread:t1"),
                after(PROJECT, THREAD)
                        .when(
                                new RenameThread("t1", "Mend it", AT),
                                new ThreadRenamed("p1", "t1", "Fix it", "Mend it", AT)),
                after(PROJECT, THREAD).when(new RenameThread("t1", "Fix it", AT)),
                after().refuses(new RenameThread("t1", "Mend it", AT), ThreadNotFound.class, "t1"),
                after(PROJECT, THREAD, ARCHIVED)
                        .refuses(
                                new RenameThread("t1", "Mend it", AT),
                                OrchestrationRejected.ThreadArchived.class,
                                "t1"),
                after(PROJECT, THREAD).when(new ArchiveThread("t1", AT), ARCHIVED),
                after(PROJECT, THREAD, ARCHIVED).when(new ArchiveThread("t1", AT)),
                after(PROJECT, THREAD, TURN).refuses(new ArchiveThread("t1", AT), ThreadBusy.class, "t1", "turn:u1"),
                after(PROJECT, THREAD, ARCHIVED)
                        .when(new UnarchiveThread("t1", AT), new ThreadUnarchived("p1", "t1", AT)),
                after(PROJECT, THREAD).when(new UnarchiveThread("t1", AT)),
                after().refuses(new UnarchiveThread("t1", AT), ThreadNotFound.class, "t1"),
                after(PROJECT, THREAD, TURN).when(new DeleteThread("t1", AT), new ThreadDeleted("p1", "t1", AT)),
                after(PROJECT, THREAD, new ThreadDeleted("p1", "t1", AT))
                        .refuses(new DeleteThread("t1", AT), ThreadNotFound.class, "t1"));
    }

    private static List<Facts> turns() {
        StartTurn start = new StartTurn("t1", "u1", "Fix the login", AT);
        return List.of(
                after(PROJECT, THREAD).when(start, TURN),
                after().refuses(start, ThreadNotFound.class, "t1"),
                after(PROJECT, THREAD, ARCHIVED).refuses(start, OrchestrationRejected.ThreadArchived.class, "t1"),
                after(PROJECT, THREAD, TURN)
                        .refuses(new StartTurn("t1", "u2", "More", AT), ThreadBusy.class, "t1", "turn:u1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED)
                        .refuses(new StartTurn("t1", "u2", "More", AT), ThreadBusy.class, "t1", "checkpoint:c1"),
                after(PROJECT, THREAD, TURN, DONE).refuses(start, IdAlreadyExists.class, "turn:u1"),
                after(PROJECT, THREAD, TURN)
                        .when(new InterruptTurn("t1", "u1", AT), new TurnInterrupted("p1", "t1", "u1", AT)),
                after(PROJECT, THREAD).refuses(new InterruptTurn("t1", "u1", AT), ThreadIdle.class, "t1"),
                after(PROJECT, THREAD, TURN)
                        .refuses(new InterruptTurn("t1", "u9", AT), TurnNotFound.class, "t1", "u9"));
    }

    private static List<Facts> stream() {
        Given running = after(PROJECT, THREAD, TURN);
        return List.of(
                running.when(told(new TextDelta("Hel")), new TextStreamed("p1", "t1", "u1", "Hel", AT)),
                running.when(told(new TextDelta(""))),
                running.when(told(new ThinkingDelta("Hm")), new ThinkingStreamed("p1", "t1", "u1", "Hm", AT)),
                running.when(told(new ThinkingDelta(""))),
                running.when(told(new ToolCall("call-1", "shell", "make test")), CALL),
                after(PROJECT, THREAD, TURN, CALL)
                        .refuses(
                                told(new ToolCall("call-1", "shell", "again")),
                                IdAlreadyExists.class,
                                "toolCall:call-1"),
                after(PROJECT, THREAD, TURN, CALL)
                        .when(
                                told(new ToolResult("call-1", "ok", false)),
                                new ToolReturned("p1", "t1", "u1", "call-1", "ok", false, AT)),
                running.refuses(told(new ToolResult("shell", "ok", false)), ToolCallNotFound.class, "u1", "shell"),
                after(PROJECT, THREAD, TURN, CALL, new ToolReturned("p1", "t1", "u1", "call-1", "ok", false, AT))
                        .refuses(told(new ToolResult("call-1", "ok", false)), ToolCallNotFound.class, "call-1"),
                running.when(told(new TurnComplete("end of turn")), DONE),
                running.when(
                        told(new ProviderEvent.Error("no credit")), new TurnFailed("p1", "t1", "u1", "no credit", AT)),
                after(PROJECT, THREAD, TURN, DONE).refuses(told(new TextDelta("late")), ThreadIdle.class, "t1"),
                after().refuses(told(new TextDelta("late")), ThreadNotFound.class, "t1"));
    }

    private static List<Facts> approvals() {
        Given asked = after(PROJECT, THREAD, TURN, CALL, ASKED);
        AwaitingApproval ask = new AwaitingApproval("ask-1", "call-1", "May I?");
        OrchestrationEvent always = new ApprovalAnswered("p1", "t1", "u1", "ask-1", Answer.ACCEPT_FOR_SESSION, AT);
        return List.of(
                after(PROJECT, THREAD, TURN, CALL).when(told(ask), ASKED),
                after(PROJECT, THREAD, TURN).refuses(told(ask), ToolCallNotFound.class, "call-1"),
                asked.refuses(told(ask), IdAlreadyExists.class, "approval:ask-1"),
                asked.when(answer(Answer.ACCEPT), new ApprovalAnswered("p1", "t1", "u1", "ask-1", Answer.ACCEPT, AT)),
                asked.when(answer(Answer.ACCEPT_FOR_SESSION), always),
                asked.when(answer(Answer.DECLINE), new ApprovalAnswered("p1", "t1", "u1", "ask-1", Answer.DECLINE, AT)),
                asked.when(
                        answer(Answer.CANCEL),
                        new ApprovalAnswered("p1", "t1", "u1", "ask-1", Answer.CANCEL, AT),
                        new TurnInterrupted("p1", "t1", "u1", AT)),
                after(PROJECT, THREAD, TURN, CALL, ASKED, always)
                        .refuses(answer(Answer.ACCEPT), ApprovalNotPending.class, "u1", "ask-1"),
                after(PROJECT, THREAD, TURN, CALL, ASKED, DONE)
                        .refuses(answer(Answer.ACCEPT), ApprovalNotPending.class, "u1", "ask-1"),
                after(PROJECT, THREAD, TURN).refuses(answer(Answer.ACCEPT), ApprovalNotPending.class, "ask-1"),
                after(PROJECT, THREAD).refuses(answer(Answer.ACCEPT), ThreadIdle.class, "t1"),
                after(
                                PROJECT,
                                THREAD,
                                TURN,
                                CALL,
                                ASKED,
                                always,
                                new ToolCalled("p1", "t1", "u1", "call-2", "shell", "make", AT))
                        .when(
                                told(new AwaitingApproval("ask-2", "call-2", "May I?")),
                                new ApprovalRequested("p1", "t1", "u1", "ask-2", "call-2", "May I?", AT),
                                new ApprovalAnswered("p1", "t1", "u1", "ask-2", Answer.ACCEPT, AT)));
    }

    private static List<Facts> checkpoints() {
        RequestCheckpoint wanted = new RequestCheckpoint("t1", "u1", "c1", AT);
        RecordCheckpoint made = new RecordCheckpoint("t1", "c1", "abc123", AT);
        FailCheckpoint failed = new FailCheckpoint("t1", "c1", "disk full", AT);
        RevertToCheckpoint back = new RevertToCheckpoint("t1", "c1", AT);
        OrchestrationEvent second = new TurnStarted("p1", "t1", "u2", "More", AT);
        OrchestrationEvent secondDone = new TurnCompleted("p1", "t1", "u2", "", AT);
        return List.of(
                after(PROJECT, THREAD, TURN, DONE).when(wanted, WANTED),
                after(PROJECT, THREAD, TURN).refuses(wanted, ThreadBusy.class, "turn:u1"),
                after(PROJECT, THREAD).refuses(wanted, TurnNotFound.class, "u1"),
                after(PROJECT, THREAD, TURN, DONE, second, secondDone).refuses(wanted, TurnNotFound.class, "u1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT)
                        .refuses(wanted, IdAlreadyExists.class, "checkpoint:c1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED).when(made, KEPT),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT).when(made),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT)
                        .refuses(
                                new RecordCheckpoint("t1", "c1", "def456", AT),
                                OutcomeAlreadyRecorded.class,
                                "checkpoint:c1",
                                "abc123"),
                after(PROJECT, THREAD, TURN, DONE, WANTED)
                        .refuses(new RecordCheckpoint("t1", "c1", " ", AT), BlankGitRef.class, "checkpoint:c1"),
                after(PROJECT, THREAD, TURN, DONE).refuses(made, CheckpointNotFound.class, "t1", "c1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED)
                        .when(failed, new CheckpointFailed("p1", "t1", "u1", "c1", "disk full", AT)),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT)
                        .refuses(failed, OutcomeAlreadyRecorded.class, "checkpoint:c1", "abc123"),
                after(PROJECT, THREAD).refuses(failed, CheckpointNotFound.class, "c1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT, second, secondDone)
                        .when(back, new RevertedToCheckpoint("p1", "t1", "c1", "abc123", List.of("u2"), AT)),
                after(PROJECT, THREAD, TURN, DONE, WANTED).refuses(back, CheckpointNotFound.class, "t1", "c1"),
                after(PROJECT, THREAD, TURN, DONE, WANTED, KEPT, second).refuses(back, ThreadBusy.class, "turn:u2"));
    }

    private static List<Facts> commits() {
        RequestCommit wanted = new RequestCommit("t1", "u1", "m1", "Mend the login", AT);
        RecordCommit made = new RecordCommit("t1", "m1", "abc123", AT);
        FailCommit failed = new FailCommit("t1", "m1", "nothing changed", AT);
        OrchestrationEvent committed = new ChangesCommitted("p1", "t1", "u1", "m1", "abc123", AT);
        return List.of(
                after(PROJECT, THREAD, TURN, DONE).when(wanted, COMMIT_WANTED),
                after(PROJECT, THREAD, TURN).refuses(wanted, ThreadBusy.class, "turn:u1"),
                after(PROJECT, THREAD, TURN, DONE, COMMIT_WANTED).when(made, committed),
                after(PROJECT, THREAD, TURN, DONE, COMMIT_WANTED, committed).when(made),
                after(PROJECT, THREAD, TURN, DONE, COMMIT_WANTED)
                        .refuses(new RecordCommit("t1", "m1", "", AT), BlankGitRef.class, "commit:m1"),
                after(PROJECT, THREAD, TURN, DONE).refuses(made, CommitNotFound.class, "t1", "m1"),
                after(PROJECT, THREAD, TURN, DONE, COMMIT_WANTED)
                        .when(failed, new CommitFailed("p1", "t1", "u1", "m1", "nothing changed", AT)),
                after(PROJECT, THREAD, TURN, DONE, COMMIT_WANTED, committed)
                        .refuses(failed, OutcomeAlreadyRecorded.class, "commit:m1", "abc123"));
    }

    static IngestProviderEvent told(ProviderEvent event) {
        return new IngestProviderEvent("t1", "u1", event, AT);
    }

    private static RespondToApproval answer(Answer answer) {
        return new RespondToApproval("t1", "u1", "ask-1", answer, AT);
    }

    private static Given after(OrchestrationEvent... given) {
        return new Given(Arrays.asList(given));
    }

    /** What happened before. */
    private record Given(List<OrchestrationEvent> events) {

        Facts when(OrchestrationCommand command, OrchestrationEvent... then) {
            return new Facts(events, command, Arrays.asList(then), null, List.of());
        }

        Facts refuses(OrchestrationCommand command, Class<? extends OrchestrationRejected> refusal, String... words) {
            return new Facts(events, command, List.of(), refusal, Arrays.asList(words));
        }
    }
}
