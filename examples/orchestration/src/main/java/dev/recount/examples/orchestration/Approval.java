package dev.recount.examples.orchestration;

import org.jspecify.annotations.Nullable;

/**
 * A question whether a tool may be used. Immutable.
 *
 * @param id its id
 * @param toolCall the use of the tool
 * @param question what was asked
 * @param answer what was said; null where nothing was, or not yet
 */
public record Approval(
        String id,
        String toolCall,
        String question,
        @Nullable Answer answer) {

    Approval answered(Answer given) {
        return new Approval(id, toolCall, question, given);
    }
}
