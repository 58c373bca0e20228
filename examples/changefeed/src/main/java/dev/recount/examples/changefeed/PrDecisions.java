package dev.recount.examples.changefeed;

import dev.recount.examples.changefeed.WorkCommand.AddReviewThread;
import dev.recount.examples.changefeed.WorkCommand.ChangePrSession;
import dev.recount.examples.changefeed.WorkCommand.CreatePr;
import dev.recount.examples.changefeed.WorkCommand.PrCommand;
import dev.recount.examples.changefeed.WorkCommand.RecordCheck;
import dev.recount.examples.changefeed.WorkCommand.ResolveReviewThread;
import dev.recount.examples.changefeed.WorkCommand.RestatePr;
import dev.recount.examples.changefeed.WorkCommand.UpdatePr;
import dev.recount.examples.changefeed.WorkEvent.PrCheckRecorded;
import dev.recount.examples.changefeed.WorkEvent.PrCreated;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadAdded;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadResolved;
import dev.recount.examples.changefeed.WorkEvent.PrSessionChanged;
import dev.recount.examples.changefeed.WorkEvent.PrUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of commands about pull requests. */
final class PrDecisions {

    private PrDecisions() {}

    static List<WorkEvent> create(CreatePr command, WorkState work) {
        SessionDecisions.existing(work, command.project());
        requireSession(work, command.project(), command.session());
        if (work.pr(command.project(), command.pr()).isPresent()) {
            throw new WorkRejected.Exists("pr", command.project(), command.pr());
        }
        return List.of(new PrCreated(
                command.project(),
                command.pr(),
                command.session(),
                command.title(),
                command.commit(),
                command.occurredAt()));
    }

    static List<WorkEvent> update(UpdatePr command, WorkState work) {
        PullRequest pr = open(work, command);
        PullRequest updated = pr.updated(command.title(), command.commit(), command.status());
        return updated.equals(pr) ? List.of() : List.of(told(updated, command.occurredAt()));
    }

    static List<WorkEvent> record(RecordCheck command, WorkState work) {
        PullRequest pr = open(work, command);
        return command.check().equals(pr.checks().get(command.check().name()))
                ? List.of()
                : List.of(checked(pr, command.check(), command.occurredAt()));
    }

    static List<WorkEvent> changeSession(ChangePrSession command, WorkState work) {
        PullRequest pr = open(work, command);
        requireSession(work, command.project(), command.session());
        return Objects.equals(pr.session(), command.session())
                ? List.of()
                : List.of(new PrSessionChanged(
                        pr.project(), pr.id(), pr.session(), command.session(), command.occurredAt()));
    }

    static List<WorkEvent> add(AddReviewThread command, WorkState work) {
        PullRequest pr = open(work, command);
        if (pr.threads().containsKey(command.thread())) {
            throw new WorkRejected.Exists("thread", command.project(), command.thread());
        }
        ReviewThread thread = new ReviewThread(
                command.thread(), command.path(), command.line(), command.author(), command.text(), false);
        return List.of(said(pr, thread, command.occurredAt()));
    }

    static List<WorkEvent> resolve(ResolveReviewThread command, WorkState work) {
        PullRequest pr = open(work, command);
        ReviewThread thread = pr.threads().get(command.thread());
        if (thread == null) {
            throw new WorkRejected.NotFound("thread", command.project(), command.thread());
        }
        return thread.resolved()
                ? List.of()
                : List.of(new PrReviewThreadResolved(
                        pr.project(), pr.id(), pr.session(), thread.id(), command.occurredAt()));
    }

    /** All that a pull request is, so that none of the events before is needed any more. */
    static List<WorkEvent> restate(RestatePr command, WorkState work) {
        PullRequest pr = open(work, command);
        List<WorkEvent> events = new ArrayList<>();
        events.add(told(pr, command.occurredAt()));
        pr.checks().values().forEach(check -> events.add(checked(pr, check, command.occurredAt())));
        pr.threads().values().forEach(thread -> events.add(said(pr, thread, command.occurredAt())));
        return events;
    }

    private static PullRequest open(WorkState work, PrCommand command) {
        SessionDecisions.existing(work, command.project());
        PullRequest pr = work.pr(command.project(), command.pr())
                .orElseThrow(() -> new WorkRejected.NotFound("pr", command.project(), command.pr()));
        if (pr.hasEnded()) {
            throw new WorkRejected.Over("pr", command.project(), command.pr());
        }
        return pr;
    }

    private static void requireSession(WorkState work, String project, @Nullable String session) {
        if (session != null) {
            SessionDecisions.open(work, project, session);
        }
    }

    private static PrUpdated told(PullRequest pr, Instant at) {
        return new PrUpdated(pr.project(), pr.id(), pr.session(), pr.title(), pr.commit(), pr.status(), at);
    }

    private static PrCheckRecorded checked(PullRequest pr, Check check, Instant at) {
        return new PrCheckRecorded(pr.project(), pr.id(), pr.session(), check, at);
    }

    private static PrReviewThreadAdded said(PullRequest pr, ReviewThread thread, Instant at) {
        return new PrReviewThreadAdded(pr.project(), pr.id(), pr.session(), thread, at);
    }
}
