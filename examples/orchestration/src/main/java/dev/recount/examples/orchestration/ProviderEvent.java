package dev.recount.examples.orchestration;

/** What a provider, which runs an agent's turn, tells while it does. */
public sealed interface ProviderEvent {

    /** A piece of the answer; pieces may be cut anywhere, also inside a surrogate pair. */
    record TextDelta(String text) implements ProviderEvent {
        public TextDelta {
            Required.components(text);
        }
    }

    /** A piece of what the agent thinks. */
    record ThinkingDelta(String text) implements ProviderEvent {
        public ThinkingDelta {
            Required.components(text);
        }
    }

    /** The agent uses a tool. */
    record ToolCall(String id, String name, String input) implements ProviderEvent {
        public ToolCall {
            Required.texts(id, name);
            Required.components(input);
        }
    }

    /** What a tool gave. */
    record ToolResult(String id, String output, boolean failed) implements ProviderEvent {
        public ToolResult {
            Required.texts(id);
            Required.components(output);
        }
    }

    /** The provider waits until somebody says whether a tool may be used. */
    record AwaitingApproval(String approval, String toolCall, String question) implements ProviderEvent {
        public AwaitingApproval {
            Required.texts(approval, toolCall);
            Required.components(question);
        }
    }

    /** The turn is done. */
    record TurnComplete(String reason) implements ProviderEvent {
        public TurnComplete {
            Required.components(reason);
        }
    }

    /** The turn came to nothing. */
    @SuppressWarnings("JavaLangClash") // It is the provider's own word.
    record Error(String message) implements ProviderEvent {
        public Error {
            Required.components(message);
        }
    }
}
