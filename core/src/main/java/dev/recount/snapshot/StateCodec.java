package dev.recount.snapshot;

/**
 * Turns states into text and back.
 *
 * <p>A state that was read must be as good as the one that was written: projected and decided on, it leads to the same. Where it
 * cannot be sure of that, it refuses to read.
 *
 * <p>Thread-safe.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {

    /**
     * The state as text.
     *
     * @throws IllegalArgumentException where it holds what the text could not give back
     */
    String encode(S state);

    /**
     * The state that was written as this text.
     *
     * @throws IllegalArgumentException where the text is not that of such a state
     */
    S decode(String text);
}
