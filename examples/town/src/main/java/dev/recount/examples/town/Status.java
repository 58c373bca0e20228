package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a bead stands.
 *
 * <p>Real logs hold more words than this model knows, so any word is one; the constants are those that the rules know.
 * Immutable.
 *
 * @param word the word, as it is stored
 */
public record Status(@JsonValue String word) {

    /** Waits for somebody. */
    public static final Status OPEN = new Status("open");

    /** Somebody works on it. */
    public static final Status IN_PROGRESS = new Status("in_progress");

    /** Waits for a verdict. */
    public static final Status IN_REVIEW = new Status("in_review");

    /** Done; final. */
    public static final Status CLOSED = new Status("closed");

    /** Given up; final. */
    public static final Status FAILED = new Status("failed");

    /** Not told by a log that starts in the middle of its life. */
    public static final Status UNKNOWN = new Status("unknown");
    /** The one of that word. */
    @JsonCreator
    public static Status of(String word) {
        return new Status(word);
    }

    /** Whether only an explicit reopening leads on from here. */
    @JsonIgnore
    public boolean isFinal() {
        return equals(CLOSED) || equals(FAILED);
    }

    @Override
    public String toString() {
        return word;
    }
}
