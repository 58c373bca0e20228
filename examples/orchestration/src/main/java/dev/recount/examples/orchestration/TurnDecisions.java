package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.OrchestrationRejected.ApprovalNotPending;
import dev.recount.examples.orchestration.TurnCommand.InterruptTurn;
import dev.recount.examples.orchestration.TurnCommand.RespondToApproval;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.examples.orchestration.TurnEvent.ApprovalAnswered;
import dev.recount.examples.orchestration.TurnEvent.TurnInterrupted;
import dev.recount.examples.orchestration.TurnEvent.TurnStarted;
import java.util.List;

/** What becomes of what people ask about a turn. */
final class TurnDecisions {

    private TurnDecisions() {}

    static List<OrchestrationEvent> start(StartTurn command, Orchestration all) {
        ProjectThread thread = Existing.freeThread(all, command.thread());
        Existing.requireUnused(all, "turn:" + command.turn());
        return List.of(
                new TurnStarted(thread.project(), thread.id(), command.turn(), command.prompt(), command.occurredAt()));
    }

    static List<OrchestrationEvent> interrupt(InterruptTurn command, Orchestration all) {
        Turn turn = Existing.activeTurn(all, command);
        return List.of(interrupted(command, turn, all));
    }

    static List<OrchestrationEvent> respond(RespondToApproval command, Orchestration all) {
        Turn turn = Existing.thread(all, command.thread()).items().contains(Item.turn(command.turn()))
                ? all.turn(command.turn()).orElseThrow()
                : Existing.activeTurn(all, command);
        if (turn.approval(command.approval()).filter(turn::isPending).isEmpty()) {
            throw new ApprovalNotPending(turn.id(), command.approval());
        }
        OrchestrationEvent answered = new ApprovalAnswered(
                project(all, turn),
                turn.thread(),
                turn.id(),
                command.approval(),
                command.answer(),
                command.occurredAt());
        return command.answer() == Answer.CANCEL
                ? List.of(answered, interrupted(command, turn, all))
                : List.of(answered);
    }

    static String project(Orchestration all, Turn turn) {
        return Existing.thread(all, turn.thread()).project();
    }

    private static OrchestrationEvent interrupted(TurnCommand command, Turn turn, Orchestration all) {
        return new TurnInterrupted(project(all, turn), turn.thread(), turn.id(), command.occurredAt());
    }
}
