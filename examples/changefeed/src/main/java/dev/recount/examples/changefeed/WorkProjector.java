package dev.recount.examples.changefeed;

import dev.recount.decider.Projector;
import dev.recount.examples.changefeed.WorkEvent.PrCheckRecorded;
import dev.recount.examples.changefeed.WorkEvent.PrCreated;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadAdded;
import dev.recount.examples.changefeed.WorkEvent.PrReviewThreadResolved;
import dev.recount.examples.changefeed.WorkEvent.PrSessionChanged;
import dev.recount.examples.changefeed.WorkEvent.PrUpdated;
import dev.recount.examples.changefeed.WorkEvent.ProjectRegistered;
import dev.recount.examples.changefeed.WorkEvent.SessionCreated;
import dev.recount.examples.changefeed.WorkEvent.SessionUpdated;

/** Computes the projects from the events, in the daemon and in whoever follows its feed. Immutable. */
public final class WorkProjector implements Projector<WorkState, WorkEvent> {

    private static final Projector<WorkState, WorkEvent> EVENTS = Projector.<WorkState, WorkEvent>startingWith(
                    WorkState.empty())
            .on(ProjectRegistered.class, (work, event) -> work.with(new Project(event.project(), event.name())))
            .on(
                    SessionCreated.class,
                    (work, event) ->
                            work.with(new Session(event.project(), event.session(), event.title(), event.status())))
            .on(
                    SessionUpdated.class,
                    (work, event) ->
                            work.with(new Session(event.project(), event.session(), event.title(), event.status())))
            .on(
                    PrCreated.class,
                    (work, event) -> work.with(PullRequest.created(
                            event.project(), event.pr(), event.session(), event.title(), event.commit())))
            .on(PrUpdated.class, WorkProjector::updated)
            .on(
                    PrCheckRecorded.class,
                    (work, event) -> work.withPr(event.project(), event.pr(), pr -> pr.with(event.check())))
            .on(
                    PrSessionChanged.class,
                    (work, event) -> work.withPr(event.project(), event.pr(), pr -> pr.inSession(event.to())))
            .on(
                    PrReviewThreadAdded.class,
                    (work, event) -> work.withPr(event.project(), event.pr(), pr -> pr.with(event.thread())))
            .on(PrReviewThreadResolved.class, WorkProjector::resolved);

    /** The same for everybody. */
    public WorkProjector() {}

    @Override
    public WorkState initialState() {
        return EVENTS.initialState();
    }

    @Override
    public WorkState project(WorkState work, WorkEvent event) {
        return EVENTS.project(work, event);
    }

    // Where retention took its beginning, a pull request begins with what was told of it once more.
    private static WorkState updated(WorkState work, PrUpdated event) {
        PullRequest known = work.pr(event.project(), event.pr())
                .orElseGet(() -> PullRequest.created(
                        event.project(), event.pr(), event.session(), event.title(), event.commit()));
        return work.with(known.inSession(event.session()).updated(event.title(), event.commit(), event.status()));
    }

    private static WorkState resolved(WorkState work, PrReviewThreadResolved event) {
        return work.withPr(event.project(), event.pr(), pr -> {
            ReviewThread thread = pr.threads().get(event.thread());
            return thread == null ? pr : pr.with(thread.settled());
        });
    }
}
