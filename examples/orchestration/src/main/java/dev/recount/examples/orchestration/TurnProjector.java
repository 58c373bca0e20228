package dev.recount.examples.orchestration;

import dev.recount.decider.Projector;
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
import java.util.Optional;
import java.util.function.BiFunction;

/** What events make of one turn. */
final class TurnProjector {

    private static final Projector<Optional<Turn>, TurnEvent> EVENTS =
            Projector.<Optional<Turn>, TurnEvent>startingWith(Optional.empty())
                    .on(
                            TurnStarted.class,
                            (none, e) -> Optional.of(Turn.started(e.turn(), e.thread(), e.prompt(), e.occurredAt())))
                    .on(TextStreamed.class, known((turn, e) -> turn.streamed(Entry.Kind.TEXT, e.text())))
                    .on(ThinkingStreamed.class, known((turn, e) -> turn.streamed(Entry.Kind.THINKING, e.text())))
                    .on(ToolCalled.class, known((turn, e) -> turn.toolCalled(e.toolCall(), e.name(), e.input())))
                    .on(ToolReturned.class, known((turn, e) -> turn.toolReturned(e.toolCall(), e.output(), e.failed())))
                    .on(
                            ApprovalRequested.class,
                            known((turn, e) ->
                                    turn.asked(new Approval(e.approval(), e.toolCall(), e.question(), null))))
                    .on(ApprovalAnswered.class, known((turn, e) -> turn.answered(e.approval(), e.answer())))
                    .on(TurnCompleted.class, known((turn, e) -> turn.ended(TurnStatus.COMPLETED, e.reason())))
                    .on(TurnFailed.class, known((turn, e) -> turn.ended(TurnStatus.FAILED, e.message())))
                    .on(TurnInterrupted.class, known((turn, e) -> turn.ended(TurnStatus.INTERRUPTED, null)));

    private TurnProjector() {}

    static Orchestration project(Orchestration all, TurnEvent event) {
        Optional<Turn> before = all.turn(event.turn());
        Optional<Turn> after = EVENTS.project(before, event);
        if (event instanceof TurnStarted started) {
            return OrchestrationProjector.begun(
                    all, started.thread(), Item.turn(started.turn()), more -> more.with(after.orElseThrow()));
        }
        return after.map(all::with).orElse(all);
    }

    private static <T extends TurnEvent> BiFunction<Optional<Turn>, T, Optional<Turn>> known(
            BiFunction<Turn, T, Turn> change) {
        return (before, event) -> before.map(turn -> change.apply(turn, event));
    }
}
