package dev.recount.examples.orchestration;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointCreated;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointFailed;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointRequested;
import dev.recount.examples.orchestration.CheckpointEvent.RevertedToCheckpoint;
import dev.recount.examples.orchestration.CommitEvent.ChangesCommitted;
import dev.recount.examples.orchestration.CommitEvent.CommitFailed;
import dev.recount.examples.orchestration.CommitEvent.CommitRequested;
import dev.recount.examples.orchestration.ProjectEvent.ProjectCreated;
import dev.recount.examples.orchestration.ProjectEvent.ProjectDeleted;
import dev.recount.examples.orchestration.ProjectEvent.ProjectUpdated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadArchived;
import dev.recount.examples.orchestration.ThreadEvent.ThreadCreated;
import dev.recount.examples.orchestration.ThreadEvent.ThreadDeleted;
import dev.recount.examples.orchestration.ThreadEvent.ThreadRenamed;
import dev.recount.examples.orchestration.ThreadEvent.ThreadUnarchived;
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
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what happened in a sentence for people, without the time. */
public final class Sentences {

    private static final int LONGEST_QUOTE = 60;
    private static final int SHORT_REFERENCE = 8;

    private static final Projector<String, OrchestrationEvent> OF_PROJECTS_AND_THREADS =
            Projector.<String, OrchestrationEvent>startingWith("")
                    .on(ProjectCreated.class, (none, e) -> "Project " + quoted(e.name()) + " created at " + e.path())
                    .on(ProjectUpdated.class, (none, e) -> "Project is " + quoted(e.name()) + " at " + e.path())
                    .on(ProjectDeleted.class, (none, e) -> "Project deleted")
                    .on(ThreadCreated.class, (none, e) -> "Thread " + quoted(e.title()) + " begun")
                    .on(
                            ThreadRenamed.class,
                            (none, e) -> "Renamed from " + quoted(e.from()) + " to " + quoted(e.title()))
                    .on(ThreadArchived.class, (none, e) -> "Archived")
                    .on(ThreadUnarchived.class, (none, e) -> "Taken out of the archive")
                    .on(ThreadDeleted.class, (none, e) -> "Thread deleted");

    private static final Projector<String, OrchestrationEvent> OF_TURNS =
            Projector.<String, OrchestrationEvent>startingWith("")
                    .on(TurnStarted.class, (none, e) -> "Asked: " + quoted(e.prompt()))
                    .on(TextStreamed.class, (none, e) -> "Said " + quoted(e.text()))
                    .on(ThinkingStreamed.class, (none, e) -> "Thought " + quoted(e.text()))
                    .on(
                            ToolCalled.class,
                            (none, e) -> "Uses " + e.name() + " as " + e.toolCall() + ": " + quoted(e.input()))
                    .on(
                            ToolReturned.class,
                            (none, e) -> e.toolCall() + (e.failed() ? " failed: " : " gave ") + quoted(e.output()))
                    .on(ApprovalRequested.class, (none, e) -> "Waits for an answer: " + quoted(e.question()))
                    .on(ApprovalAnswered.class, (none, e) -> "Answered " + e.approval() + ": " + word(e.answer()))
                    .on(TurnCompleted.class, (none, e) -> "Turn done" + because(e.reason()))
                    .on(TurnFailed.class, (none, e) -> "Turn failed" + because(e.message()))
                    .on(TurnInterrupted.class, (none, e) -> "Turn interrupted");

    private static final Projector<String, OrchestrationEvent> OF_GIT =
            Projector.<String, OrchestrationEvent>startingWith("")
                    .on(CheckpointRequested.class, (none, e) -> "Checkpoint " + e.checkpoint() + " wanted")
                    .on(
                            CheckpointCreated.class,
                            (none, e) -> "Checkpoint " + e.checkpoint() + " kept as " + shortened(e.gitRef()))
                    .on(
                            CheckpointFailed.class,
                            (none, e) -> "Checkpoint " + e.checkpoint() + " failed" + because(e.reason()))
                    .on(
                            RevertedToCheckpoint.class,
                            (none, e) -> "Gone back to checkpoint " + e.checkpoint() + " at " + shortened(e.gitRef())
                                    + ", without "
                                    + (e.removedTurns().isEmpty() ? "any turn" : String.join(", ", e.removedTurns())))
                    .on(CommitRequested.class, (none, e) -> "Commit " + e.commit() + " wanted: " + quoted(e.message()))
                    .on(
                            ChangesCommitted.class,
                            (none, e) -> "Commit " + e.commit() + " made as " + shortened(e.gitRef()))
                    .on(CommitFailed.class, (none, e) -> "Commit " + e.commit() + " failed" + because(e.reason()));

    private Sentences() {}

    /** The sentence for an event. */
    public static String of(OrchestrationEvent event) {
        return OF_GIT.project("", event) + OF_TURNS.project("", event) + OF_PROJECTS_AND_THREADS.project("", event);
    }

    /** The sentence for a stored event; its type and its data where it cannot be decoded. */
    public static String of(StoredEvent stored) {
        try {
            return OrchestrationLog.codec().decode(stored).stream()
                    .map(Sentences::of)
                    .collect(Collectors.joining("; "));
        } catch (UndecodableEvent e) {
            return stored.type() + ' ' + stored.data();
        }
    }

    private static String word(Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String because(String reason) {
        return reason.isBlank() ? "" : ": " + reason.strip();
    }

    private static String shortened(String reference) {
        return reference.length() <= SHORT_REFERENCE ? reference : reference.substring(0, SHORT_REFERENCE);
    }

    private static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_QUOTE) {
            return '"' + line + '"';
        }
        int cut = line.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, line.codePointCount(0, line.length())));
        return '"' + line.substring(0, cut) + "...\"";
    }
}
