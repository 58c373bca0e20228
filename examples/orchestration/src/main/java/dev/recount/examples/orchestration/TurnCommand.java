package dev.recount.examples.orchestration;

import dev.recount.store.Query;
import java.time.Instant;

/** Commands about a turn: a prompt, and what an agent makes of it. */
public sealed interface TurnCommand extends ThreadCommand {

    /** The turn. */
    String turn();

    /** Begins a turn. */
    record StartTurn(String thread, String turn, String prompt, Instant occurredAt) implements TurnCommand {
        public StartTurn {
            Required.texts(thread, turn);
            Required.components(prompt, occurredAt);
        }

        @Override
        public Query boundary() {
            return Boundaries.threadAndNew(thread, "turn", turn);
        }
    }

    /** Ends a turn before it is done. */
    record InterruptTurn(String thread, String turn, Instant occurredAt) implements TurnCommand {
        public InterruptTurn {
            Required.texts(thread, turn);
            Required.components(occurredAt);
        }
    }

    /** Takes in what the provider tells. */
    record IngestProviderEvent(String thread, String turn, ProviderEvent event, Instant occurredAt)
            implements TurnCommand {
        public IngestProviderEvent {
            Required.texts(thread, turn);
            Required.components(event, occurredAt);
        }
    }

    /** Says whether a tool may be used. */
    record RespondToApproval(String thread, String turn, String approval, Answer answer, Instant occurredAt)
            implements TurnCommand {
        public RespondToApproval {
            Required.texts(thread, turn, approval);
            Required.components(answer, occurredAt);
        }
    }
}
