package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.decider.Decider;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The laws of a decider, checked on random histories.
 *
 * <ul>
 *   <li>Determinism: the same command on the same state leads to the same events, now, later and in any order. So there is no
 *       hidden clock and no hidden random generator.
 *   <li>Purity: deciding and projecting, one by one or in batches, leave the state as it was.
 *   <li>Refusals are {@link dev.recount.decider.CommandRejected}, and nothing else is thrown.
 *   <li>Totality: every event that was ever decided can be projected on every state that was ever reached.
 *   <li>Replay: events folded one by one, in batches of any size that are gone over once, or again from the start lead to equal
 *       states.
 *   <li>With a codec: every event comes back from it equal.
 * </ul>
 *
 * <pre>{@code
 * DeciderLaws.of(new SeatDecider(), (random, seats) -> new TakeSeat("seat" + random.nextInt(3), "Ann")).check();
 * }</pre>
 *
 * <p>The state needs {@code equals}. Immutable.
 *
 * @param <C> the commands
 * @param <S> the state
 * @param <E> the events
 */
public final class DeciderLaws<C, S, E> {

    private static final int DEFAULT_HISTORIES = 50;
    private static final int DEFAULT_COMMANDS = 40;

    private final Decider<C, S, E> decider;
    private final BiFunction<? super RandomGenerator, ? super S, ? extends C> commands;
    private final @Nullable EventCodec<E> codec;
    private final long firstSeed;
    private final int histories;
    private final int commandsPerHistory;

    private DeciderLaws(
            Decider<C, S, E> decider,
            BiFunction<? super RandomGenerator, ? super S, ? extends C> commands,
            @Nullable EventCodec<E> codec,
            long firstSeed,
            int histories,
            int commandsPerHistory) {
        this.decider = decider;
        this.commands = commands;
        this.codec = codec;
        this.firstSeed = firstSeed;
        this.histories = histories;
        this.commandsPerHistory = commandsPerHistory;
    }

    /**
     * The laws of that decider, by default on 50 histories of 40 commands, with the seeds from 1.
     *
     * @param commands makes a command that may or may not be allowed in a state; must take all chance from the generator
     */
    public static <C, S, E> DeciderLaws<C, S, E> of(
            Decider<C, S, E> decider, BiFunction<? super RandomGenerator, ? super S, ? extends C> commands) {
        return new DeciderLaws<>(decider, commands, null, 1, DEFAULT_HISTORIES, DEFAULT_COMMANDS);
    }

    /** With a codec from which every event has to come back. */
    public DeciderLaws<C, S, E> encodedBy(EventCodec<E> newCodec) {
        return new DeciderLaws<>(decider, commands, newCodec, firstSeed, histories, commandsPerHistory);
    }

    /** With so many histories of so many commands each. */
    public DeciderLaws<C, S, E> withHistories(int newHistories, int newCommandsPerHistory) {
        return new DeciderLaws<>(decider, commands, codec, firstSeed, newHistories, newCommandsPerHistory);
    }

    /** With the seeds from this one on; for one history again: the seed of a failure, and one history. */
    public DeciderLaws<C, S, E> withFirstSeed(long seed) {
        return new DeciderLaws<>(decider, commands, codec, seed, histories, commandsPerHistory);
    }

    /**
     * Checks all laws.
     *
     * @throws org.opentest4j.AssertionFailedError where one is broken: which, the seed, and the shortest prefix of that history
     */
    public void check() {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            DeciderHistory<C, S, E> history = new DeciderHistory<>(decider, codec, seed);
            Random random = new Random(seed);
            for (int i = 0; i < commandsPerHistory; i++) {
                history.handle(commands.apply(random, history.state()));
            }
            history.checkAgainLater();
            history.checkTotality();
            history.checkChunks(random);
        }
    }
}
