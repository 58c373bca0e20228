package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

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

    /** A request to merge. */
    public static final BeadType MERGE_REQUEST = new BeadType("merge_request");
    /** The one of that word. */
    @JsonCreator
    public static BeadType of(String word) {
        return new BeadType(word);
    }

    @Override
    public String toString() {
        return word;
    }
}
