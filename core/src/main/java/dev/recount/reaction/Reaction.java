package dev.recount.reaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reactor wants done, and when; or that something it wanted is no longer wanted.
 *
 * <pre>{@code
 * Reaction<SaveCheckpoint> soon = Reaction.now(save);
 * Reaction<SaveCheckpoint> later = Reaction.at(evening, save).under("gt-1a2b"); // in the place of an earlier one
 * Reaction<SaveCheckpoint> off = Reaction.cancel("gt-1a2b");
 * }</pre>
 *
 * <p>Immutable where the intent is.
 *
 * @param <I> the intents
 */
public final class Reaction<I> {

    private static final int MAX_KEY_LENGTH = 500;

    private final @Nullable I intent;
    private final @Nullable Instant due;
    private final @Nullable String key;

    private Reaction(@Nullable I intent, @Nullable Instant due, @Nullable String key) {
        this.intent = intent;
        this.due = due;
        this.key = key;
    }

    /** To be done as soon as it can be. */
    public static <I> Reaction<I> now(I intent) {
        return new Reaction<>(intent, null, null);
    }

    /** To be done at a time, or as soon after as it can be: a timer, a deadline. Kept to the microsecond. */
    public static <I> Reaction<I> at(Instant due, I intent) {
        return new Reaction<>(intent, due, null);
    }

    /**
     * What waits under this key, or was parked, is given up. One that is being performed at that moment is not broken off.
     *
     * @param key 1 to 500 characters, not all of them blank
     * @throws IllegalArgumentException where the key is not that
     */
    public static <I> Reaction<I> cancel(String key) {
        return new Reaction<>(null, null, requireKey(key));
    }

    /**
     * The same under a key: it takes the place of what waits under that key, and may be cancelled by it. Keys are the reactor's own.
     *
     * @param newKey 1 to 500 characters, not all of them blank
     * @throws IllegalArgumentException where the key is not that
     */
    public Reaction<I> under(String newKey) {
        return new Reaction<>(intent, due, requireKey(newKey));
    }

    /** What is to be done; empty where it cancels. */
    public Optional<I> intent() {
        return Optional.ofNullable(intent);
    }

    /** When; empty for now, and where it cancels. */
    public Optional<Instant> due() {
        return Optional.ofNullable(due);
    }

    /** The key under which it waits. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    private static String requireKey(String key) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("Key '" + key + "' of a reaction has " + key.length()
                    + " characters. Give 1 to " + MAX_KEY_LENGTH + ", not all of them blank.");
        }
        if (!UTF_8.newEncoder().canEncode(key)) {
            throw new IllegalArgumentException("Key '" + key
                    + "' of a reaction holds half a surrogate pair, which has no UTF-8 form. Give whole characters.");
        }
        return key;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Reaction<?> other
                && intent().equals(other.intent())
                && due().equals(other.due())
                && key().equals(other.key());
    }

    @Override
    public int hashCode() {
        return intent().hashCode() * 31 + due().hashCode() * 7 + key().hashCode();
    }

    @Override
    public String toString() {
        String what = intent == null ? "cancel" : (due == null ? "now" : "at " + due) + " " + intent;
        return key == null ? what : what + " under " + key;
    }
}
