package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * What a bead is.
 *
 * <p>Real logs hold more words than this model knows, so any word is one; the constants are those that the rules know.
 * Immutable.
 *
 * @param word the word, as it is stored
 */
public record BeadType(@JsonValue String word) {

    /** Work to do. */
    public static final BeadType ISSUE = new BeadType("issue");

    /** A mail. */
    public static final BeadType MESSAGE = new BeadType("message");

    /** A cry for help that grows louder until somebody acknowledges it. */
    public static final BeadType ESCALATION = new BeadType("escalation");

    /** Waits until other beads are closed, also those of other rigs. */
    public static final BeadType CONVOY = new BeadType("convoy");

    /** Steps that are done one after the other. */
    public static final BeadType MOLECULE = new BeadType("molecule");

    /** A request to merge. */
    public static final BeadType MERGE_REQUEST = new BeadType("merge_request");

    // Such a bead is more than its fields, so a command of its own makes it.
    private static final Set<BeadType> MADE_BY_THEIR_OWN_COMMAND = Set.of(MESSAGE, ESCALATION, CONVOY, MOLECULE);

    /** The one of that word. */
    @JsonCreator
    public static BeadType of(String word) {
        return new BeadType(word);
    }

    boolean isMadeByItsOwnCommand() {
        return MADE_BY_THEIR_OWN_COMMAND.contains(this);
    }

    @Override
    public String toString() {
        return word;
    }
}
