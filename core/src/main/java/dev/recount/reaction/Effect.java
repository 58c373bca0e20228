package dev.recount.reaction;

import java.util.Optional;

/**
 * Does in the world outside what a reactor wants done: writes a file, calls a service, makes a commit.
 *
 * <p>It is done <em>at least once</em>. Where the program dies after the effect and before its outcome is recorded, it is done again, with the
 * same {@link Attempt#key() key}: nobody but the world outside can tell then that it was done. To have it once, leave the key where the
 * effect is seen, and look for it first; then give the outcome of what is there.
 *
 * <p>It runs outside transactions and locks, on a thread of the reactor, one at a time, and may take its time. What it throws is a failed
 * try; it is tried again later, and parked after the last try.
 *
 * @param <I> the intents
 * @param <C> the commands that tell the outcome
 */
@FunctionalInterface
public interface Effect<I, C> {

    /**
     * Does what is wanted, unless an earlier attempt of the same key did it.
     *
     * @return the command that records the outcome; empty where nothing is to be recorded, which leaves only the reactor's own
     *     progress to tell that it was done
     * @throws Postponed where it is not to be done yet
     * @throws Exception where it could not be done; then it is tried again
     */
    Optional<C> perform(I intent, Attempt attempt) throws Exception;
}
