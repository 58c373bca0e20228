package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What an agent is doing.
 *
 * <p>Real logs hold more words than this model knows, so any word is one; the constants are those that the rules know.
 * Immutable.
 *
 * @param word the word, as it is stored
 */
public record AgentStatus(@JsonValue String word) {

    /** Waits for work. */
    public static final AgentStatus IDLE = new AgentStatus("idle");

    /** Works on its hooked bead. */
    public static final AgentStatus WORKING = new AgentStatus("working");

    /** Does not get on. */
    public static final AgentStatus STALLED = new AgentStatus("stalled");

    /** Has left. */
    public static final AgentStatus DEAD = new AgentStatus("dead");
    /** The one of that word. */
    @JsonCreator
    public static AgentStatus of(String word) {
        return new AgentStatus(word);
    }

    @Override
    public String toString() {
        return word;
    }
}
