package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What an agent does.
 *
 * <p>Real logs hold more words than this model knows, so any word is one; the constants are those that the rules know.
 * Immutable.
 *
 * @param word the word, as it is stored
 */
public record Role(@JsonValue String word) {

    /** Works on beads; as many as there is work for. */
    public static final Role POLECAT = new Role("polecat");

    /** Merges what is done; one for each rig. */
    public static final Role REFINERY = new Role("refinery");

    /** Hands out the work; one for each rig. */
    public static final Role MAYOR = new Role("mayor");

    /** Watches over the others; one for each rig. */
    public static final Role WITNESS = new Role("witness");
    /** The one of that word. */
    @JsonCreator
    public static Role of(String word) {
        return new Role(word);
    }

    /** Whether a rig has it once. */
    @JsonIgnore
    public boolean isSingle() {
        return equals(REFINERY) || equals(MAYOR) || equals(WITNESS);
    }

    @Override
    public String toString() {
        return word;
    }
}
