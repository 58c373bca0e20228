package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * How urgent a bead is.
 *
 * <p>Real logs hold more words than this model knows, so any word is one; the constants are those that the rules know.
 * Immutable.
 *
 * @param word the word, as it is stored
 */
public record Priority(@JsonValue String word) {

    /** Level 0. */
    public static final Priority CRITICAL = new Priority("critical");

    /** Level 1. */
    public static final Priority HIGH = new Priority("high");

    /** Level 2. */
    public static final Priority MEDIUM = new Priority("medium");

    /** Level 3. */
    public static final Priority LOW = new Priority("low");

    private static final List<Priority> LEVELS = List.of(CRITICAL, HIGH, MEDIUM, LOW);

    /** The one of that word. */
    @JsonCreator
    public static Priority of(String word) {
        return new Priority(word);
    }

    /** The priority of a numeric level, where 0 is the most urgent; levels without a word of their own keep their number. */
    public static Priority ofLevel(int level) {
        return level >= 0 && level < LEVELS.size() ? LEVELS.get(level) : new Priority(String.valueOf(level));
    }

    /** The next more urgent one; itself where none is. A word of its own counts as medium. */
    public Priority raised() {
        int level = LEVELS.indexOf(this);
        return level < 0 ? HIGH : LEVELS.get(Math.max(0, level - 1));
    }

    @Override
    public String toString() {
        return word;
    }
}
