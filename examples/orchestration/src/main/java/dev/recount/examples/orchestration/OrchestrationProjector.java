package dev.recount.examples.orchestration;

import dev.recount.decider.Projector;
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
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Computes what there is from what happened. Immutable.
 *
 * <p>What an event is about may be missing: a decision reads the events of its boundary alone, and an event that cannot be decoded is left
 * out of a replay. Then there is nothing to change.
 */
public final class OrchestrationProjector implements Projector<Orchestration, OrchestrationEvent> {

    private static final Projector<Orchestration, OrchestrationEvent> EVENTS =
            Projector.<Orchestration, OrchestrationEvent>startingWith(Orchestration.empty())
                    .on(ProjectCreated.class, (all, e) -> all.with(new Project(e.project(), e.name(), e.path())))
                    .on(ProjectUpdated.class, (all, e) -> all.with(new Project(e.project(), e.name(), e.path())))
                    .on(ProjectDeleted.class, (all, e) -> all.withoutProject(e.project()))
                    .on(
                            ThreadCreated.class,
                            (all, e) -> all.with(new ProjectThread(
                                    e.thread(), e.project(), e.title(), false, List.of(), e.occurredAt())))
                    .on(ThreadRenamed.class, (all, e) -> changed(all, e, thread -> thread.withTitle(e.title())))
                    .on(ThreadArchived.class, (all, e) -> changed(all, e, thread -> thread.archived(true)))
                    .on(ThreadUnarchived.class, (all, e) -> changed(all, e, thread -> thread.archived(false)))
                    .on(ThreadDeleted.class, OrchestrationProjector::deleted)
                    .on(TurnEvent.class, TurnProjector::project)
                    .on(CheckpointRequested.class, OrchestrationProjector::requested)
                    .on(
                            CheckpointCreated.class,
                            (all, e) -> all.checkpoint(e.checkpoint())
                                    .map(known -> all.with(known.done(e.gitRef(), e.occurredAt())))
                                    .orElse(all))
                    .on(
                            CheckpointFailed.class,
                            (all, e) -> all.checkpoint(e.checkpoint())
                                    .map(known -> all.with(known.failed(e.reason(), e.occurredAt())))
                                    .orElse(all))
                    .on(RevertedToCheckpoint.class, OrchestrationProjector::reverted)
                    .on(CommitRequested.class, OrchestrationProjector::requested)
                    .on(
                            ChangesCommitted.class,
                            (all, e) -> all.commit(e.commit())
                                    .map(known -> all.with(known.done(e.gitRef(), e.occurredAt())))
                                    .orElse(all))
                    .on(
                            CommitFailed.class,
                            (all, e) -> all.commit(e.commit())
                                    .map(known -> all.with(known.failed(e.reason(), e.occurredAt())))
                                    .orElse(all));

    /** The same for every log. */
    public OrchestrationProjector() {}

    @Override
    public Orchestration initialState() {
        return EVENTS.initialState();
    }

    @Override
    public Orchestration project(Orchestration all, OrchestrationEvent event) {
        return EVENTS.project(all, event);
    }

    /** The same with something more in a thread, whose id is used from now on. */
    static Orchestration begun(Orchestration all, String thread, Item item, UnaryOperator<Orchestration> begin) {
        Orchestration used = all.using(item.toString());
        return used.thread(thread)
                .map(known -> begin.apply(used.with(known.with(item))))
                .orElse(used);
    }

    private static Orchestration changed(Orchestration all, ThreadEvent event, UnaryOperator<ProjectThread> change) {
        return all.thread(event.thread())
                .map(thread -> all.with(change.apply(thread)))
                .orElse(all);
    }

    private static Orchestration deleted(Orchestration all, ThreadDeleted event) {
        return all.thread(event.thread())
                .map(thread -> without(all, thread.items()).withoutThread(thread.id()))
                .orElse(all);
    }

    private static Orchestration requested(Orchestration all, CheckpointRequested event) {
        return begun(
                all,
                event.thread(),
                Item.checkpoint(event.checkpoint()),
                more -> more.with(
                        Checkpoint.requested(event.checkpoint(), event.thread(), event.turn(), event.occurredAt())));
    }

    private static Orchestration requested(Orchestration all, CommitRequested event) {
        return begun(
                all,
                event.thread(),
                Item.commit(event.commit()),
                more -> more.with(GitCommit.requested(
                        event.commit(), event.thread(), event.turn(), event.message(), event.occurredAt())));
    }

    private static Orchestration reverted(Orchestration all, RevertedToCheckpoint event) {
        return all.thread(event.thread())
                .map(thread -> back(all, thread, Item.checkpoint(event.checkpoint())))
                .orElse(all);
    }

    private static Orchestration back(Orchestration all, ProjectThread thread, Item checkpoint) {
        List<Item> gone = thread.after(checkpoint);
        List<Item> kept = thread.items().subList(0, thread.items().size() - gone.size());
        return without(all, gone).with(thread.withItems(kept));
    }

    private static Orchestration without(Orchestration all, List<Item> items) {
        Orchestration left = all;
        for (Item item : items) {
            left = left.without(item);
        }
        return left;
    }
}
