package dev.recount.examples.orchestration;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;

/** What happened in a turn. */
public sealed interface TurnEvent extends ThreadEvent {

    /** The turn. */
    String turn();

    /** A turn began. */
    @EventType("turn_started")
    record TurnStarted(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String prompt,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public TurnStarted {
            Required.components(project, thread, turn, prompt, occurredAt);
        }
    }

    /** More of the answer came. Where a piece ends says nothing. */
    @EventType("text_streamed")
    record TextStreamed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String text,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public TextStreamed {
            Required.components(project, thread, turn, text, occurredAt);
        }
    }

    /** More of what the agent thinks came. Where a piece ends says nothing. */
    @EventType("thinking_streamed")
    record ThinkingStreamed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String text,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public ThinkingStreamed {
            Required.components(project, thread, turn, text, occurredAt);
        }
    }

    /** The agent uses a tool. */
    @EventType("tool_called")
    record ToolCalled(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String toolCall,
            String name,
            String input,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public ToolCalled {
            Required.components(project, thread, turn, toolCall, name, input, occurredAt);
        }
    }

    /** A tool gave something, or failed. */
    @EventType("tool_returned")
    record ToolReturned(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String toolCall,
            String output,
            boolean failed,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public ToolReturned {
            Required.components(project, thread, turn, toolCall, output, failed, occurredAt);
        }
    }

    /** It is asked whether a tool may be used. */
    @EventType("approval_requested")
    record ApprovalRequested(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String approval,
            String toolCall,
            String question,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public ApprovalRequested {
            Required.components(project, thread, turn, approval, toolCall, question, occurredAt);
        }
    }

    /** It was said whether. Version 1 had other words for the answers. */
    @EventType(value = "approval_answered", version = 2)
    record ApprovalAnswered(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String approval,
            Answer answer,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public ApprovalAnswered {
            Required.components(project, thread, turn, approval, answer, occurredAt);
        }
    }

    /** A turn is done. Version 1 gave no reason. */
    @EventType(value = "turn_completed", version = 2)
    record TurnCompleted(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String reason,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public TurnCompleted {
            Required.components(project, thread, turn, reason, occurredAt);
        }
    }

    /** A turn came to nothing. */
    @EventType("turn_failed")
    record TurnFailed(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            String message,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public TurnFailed {
            Required.components(project, thread, turn, message, occurredAt);
        }
    }

    /** A turn was ended before it was done. */
    @EventType("turn_interrupted")
    record TurnInterrupted(
            @Tag("project") String project,
            @Tag("thread") String thread,
            @Tag("turn") String turn,
            @OccurredAt Instant occurredAt)
            implements TurnEvent {
        public TurnInterrupted {
            Required.components(project, thread, turn, occurredAt);
        }
    }
}
