package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.OrchestrationRejected.IdAlreadyExists;
import dev.recount.examples.orchestration.OrchestrationRejected.ToolCallNotFound;
import dev.recount.examples.orchestration.ProviderEvent.AwaitingApproval;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.ToolResult;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnEvent.ApprovalAnswered;
import dev.recount.examples.orchestration.TurnEvent.ApprovalRequested;
import dev.recount.examples.orchestration.TurnEvent.TextStreamed;
import dev.recount.examples.orchestration.TurnEvent.ThinkingStreamed;
import dev.recount.examples.orchestration.TurnEvent.ToolCalled;
import dev.recount.examples.orchestration.TurnEvent.ToolReturned;
import dev.recount.examples.orchestration.TurnEvent.TurnCompleted;
import dev.recount.examples.orchestration.TurnEvent.TurnFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of what a provider tells. Immutable: made for one decision.
 *
 * @param project the project of the turn
 * @param thread its thread
 * @param turn the turn that goes on
 * @param at when the provider told it
 * @param all what there is
 */
record StreamDecisions(String project, String thread, Turn turn, Instant at, Orchestration all) {

    static List<OrchestrationEvent> ingest(IngestProviderEvent command, Orchestration all) {
        Turn turn = Existing.activeTurn(all, command);
        String project = TurnDecisions.project(all, turn);
        return new StreamDecisions(project, turn.thread(), turn, command.occurredAt(), all).of(command.event());
    }

    private List<OrchestrationEvent> of(ProviderEvent event) {
        if (event instanceof TextDelta delta) {
            return delta.text().isEmpty()
                    ? List.of()
                    : List.of(new TextStreamed(project, thread, turn.id(), delta.text(), at));
        }
        if (event instanceof ThinkingDelta delta) {
            return delta.text().isEmpty()
                    ? List.of()
                    : List.of(new ThinkingStreamed(project, thread, turn.id(), delta.text(), at));
        }
        if (event instanceof TurnComplete complete) {
            return List.of(new TurnCompleted(project, thread, turn.id(), complete.reason(), at));
        }
        if (event instanceof ProviderEvent.Error error) {
            return List.of(new TurnFailed(project, thread, turn.id(), error.message(), at));
        }
        return ofTool(event);
    }

    private List<OrchestrationEvent> ofTool(ProviderEvent event) {
        if (event instanceof ToolCall call) {
            return called(call);
        }
        if (event instanceof ToolResult result) {
            return returned(result);
        }
        return asked((AwaitingApproval) event);
    }

    private List<OrchestrationEvent> called(ToolCall call) {
        if (turn.toolUse(call.id()).isPresent()) {
            throw new IdAlreadyExists("toolCall:" + call.id());
        }
        return List.of(new ToolCalled(project, thread, turn.id(), call.id(), call.name(), call.input(), at));
    }

    private List<OrchestrationEvent> returned(ToolResult result) {
        openUse(result.id());
        return List.of(new ToolReturned(project, thread, turn.id(), result.id(), result.output(), result.failed(), at));
    }

    private List<OrchestrationEvent> asked(AwaitingApproval asked) {
        if (turn.approval(asked.approval()).isPresent()) {
            throw new IdAlreadyExists("approval:" + asked.approval());
        }
        Entry.ToolUse use = openUse(asked.toolCall());
        List<OrchestrationEvent> events = new ArrayList<>();
        events.add(new ApprovalRequested(
                project, thread, turn.id(), asked.approval(), asked.toolCall(), asked.question(), at));
        if (isAllowed(use.name())) {
            events.add(new ApprovalAnswered(project, thread, turn.id(), asked.approval(), Answer.ACCEPT, at));
        }
        return events;
    }

    private Entry.ToolUse openUse(String toolCall) {
        return turn.toolUse(toolCall)
                .filter(use -> use.output() == null)
                .orElseThrow(() -> new ToolCallNotFound(turn.id(), toolCall));
    }

    private boolean isAllowed(String tool) {
        return Existing.thread(all, thread).items().stream()
                .filter(item -> item.kind() == Item.Kind.TURN)
                .flatMap(item -> all.turn(item.id()).stream())
                .anyMatch(earlier -> earlier.allowsForSession(tool));
    }
}
