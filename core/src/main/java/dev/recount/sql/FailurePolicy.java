package dev.recount.sql;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a read model that cannot apply an event, whatever it throws: exceptions and errors alike, but for those of the JVM, such
 * as memory that runs out, which say nothing of the model. Whatever was done for that event is taken back, and no other model is touched.
 *
 * <p>What fails for the database, such as a full disk, is not the model's either: an append throws it, and an async model tries again. A model
 * whose statement ends the whole transaction, as {@code OR ROLLBACK} does, fails the append whatever its policy. Immutable.
 */
public final class FailurePolicy {

    private static final FailurePolicy REFUSE = new FailurePolicy("refuse", null);
    private static final FailurePolicy STOP = new FailurePolicy("stop", null);

    private final String word;
    private final @Nullable String tagKey;

    private FailurePolicy(String word, @Nullable String tagKey) {
        this.word = word;
        this.tagKey = tagKey;
    }

    /**
     * An inline model that throws fails the append, which stores nothing. Where there is no append to fail, as in an async model, in
     * a build, or for events that others appended, the model stops before the event.
     */
    public static FailurePolicy refuse() {
        return REFUSE;
    }

    /** The model stops before the event, and its tables stay as they are; appends go on. */
    public static FailurePolicy stop() {
        return STOP;
    }

    /**
     * The event, and each later one that has the same value of that tag, is left out for this model; it goes on with all others. An
     * event without that tag stops the model. What is left out is so until the model is rebuilt or resumed by hand, also where its policy is
     * another by then.
     *
     * @throws IllegalArgumentException where the key is blank or has a colon
     */
    public static FailurePolicy quarantine(String tagKey) {
        if (tagKey.isBlank() || tagKey.contains(":")) {
            throw new IllegalArgumentException(
                    "Tag key '" + tagKey + "' is not one. Give what stands before the colon of a tag, such as bead.");
        }
        return new FailurePolicy("quarantine", tagKey);
    }

    /** Whether it fails the append. */
    public boolean refuses() {
        return word.equals(REFUSE.word);
    }

    /** The key of the tag by which events are left out; empty where none are. */
    public Optional<String> tagKey() {
        return Optional.ofNullable(tagKey);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FailurePolicy policy
                && word.equals(policy.word)
                && Objects.equals(tagKey, policy.tagKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(word, tagKey);
    }

    @Override
    public String toString() {
        return tagKey == null ? word : word + " by " + tagKey;
    }
}
