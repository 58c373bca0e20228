package dev.recount.examples.workspaces;

/** Who asks. */
public sealed interface Caller {

    /** Whoever looks at the whole organisation. */
    record Canvas() implements Caller {}

    /** An agent, which sees what is around its workspace. */
    record OfAgent(String agentId) implements Caller {}
}
