package dev.recount.reaction;

import dev.recount.codec.EventCodec;
import dev.recount.command.CommandHandler;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.UnusableCheckpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A reactor, where its progress is kept, and how it is to run.
 *
 * <p>Defaults: every event from the start of the log, the system's clock, a lease of 30 seconds under a random name, and
 * {@link Retries#defaults()}.
 *
 * <pre>{@code
 * RunningReactor checkpoints = log.react(new Checkpoints(), SqliteReactions.of(store))
 *         .withRetries(Retries.defaults().withMaxAttempts(5))
 *         .start(new CheckpointFiles(folder), beads);
 * }</pre>
 *
 * <p>Immutable and thread-safe: the methods that configure it give another setup, and each start runs one more instance.
 *
 * @param <E> the events
 * @param <I> the intents
 */
public final class ReactorSetup<E, I> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final Intents<E, I> intents;
    private final ReactionStore reactions;
    private final Settings settings;

    private ReactorSetup(Intents<E, I> intents, ReactionStore reactions, Settings settings) {
        this.intents = intents;
        this.reactions = reactions;
        this.settings = settings;
    }

    /** How a reactor runs. */
    record Settings(
            Query query,
            boolean fromHead,
            boolean strict,
            InstantSource clock,
            Duration lease,
            String owner,
            Retries retries,
            ReactorListener listener) {}

    /**
     * A reactor on a log, whose progress is kept in {@code reactions}.
     *
     * @throws IllegalArgumentException where its name is not 1 to 100 letters, digits, dots, underscores or hyphens
     */
    public static <E, I> ReactorSetup<E, I> of(
            EventStore store, EventCodec<E> codec, Reactor<E, I> reactor, ReactionStore reactions) {
        if (!NAME.matcher(reactor.name()).matches()) {
            throw new IllegalArgumentException("Reactor name '" + reactor.name()
                    + "' cannot be part of a key. Give 1 to 100 letters, digits, dots, underscores or hyphens.");
        }
        Settings settings = new Settings(
                Query.all(),
                false,
                false,
                InstantSource.system(),
                Duration.ofSeconds(30),
                "",
                Retries.defaults(),
                new ReactorListener() {});
        return new ReactorSetup<>(new Intents<>(store, codec, reactor), reactions, settings);
    }

    /** Only events that this query finds. */
    public ReactorSetup<E, I> matching(Query query) {
        Settings s = settings;
        return with(new Settings(query, s.fromHead, s.strict, s.clock, s.lease, s.owner, s.retries, s.listener));
    }

    /** Where the reactor is new, only what is stored after its first start; one that has run before goes on from where it was. */
    public ReactorSetup<E, I> fromHead() {
        Settings s = settings;
        return with(new Settings(s.query, true, s.strict, s.clock, s.lease, s.owner, s.retries, s.listener));
    }

    /** Stops at the first event that cannot be decoded, instead of passing it over. */
    public ReactorSetup<E, I> strictly() {
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, true, s.clock, s.lease, s.owner, s.retries, s.listener));
    }

    /** The clock that says what is due, and how long a lease lasts. It may be moved; then call {@link RunningReactor#wake}. */
    public ReactorSetup<E, I> withClock(InstantSource clock) {
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, s.strict, clock, s.lease, s.owner, s.retries, s.listener));
    }

    /**
     * How long after its last sign of life an instance may be taken over from. It gives signs three times as often, also while an
     * effect takes its time.
     *
     * @throws IllegalArgumentException where it is not above zero, or longer than 36,500 days
     */
    public ReactorSetup<E, I> withLease(Duration lease) {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("A lease of " + lease + " is none. Give more than zero.");
        }
        LongestTime.require("A lease", lease);
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, s.strict, s.clock, lease, s.owner, s.retries, s.listener));
    }

    /**
     * The name of this instance, instead of a random one. One that comes back under its name after a crash goes on at once, where
     * another waits for the lease to end; so give it only where no two instances of that name run at the same time.
     *
     * @throws IllegalArgumentException where it is blank
     */
    public ReactorSetup<E, I> withOwner(String owner) {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("The name of an instance is blank. Give one that tells it from others.");
        }
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, s.strict, s.clock, s.lease, owner, s.retries, s.listener));
    }

    /** How often an effect is tried, and how long is waited between. */
    public ReactorSetup<E, I> withRetries(Retries retries) {
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, s.strict, s.clock, s.lease, s.owner, retries, s.listener));
    }

    /** Tells what goes wrong. */
    public ReactorSetup<E, I> reportingTo(ReactorListener listener) {
        Settings s = settings;
        return with(new Settings(s.query, s.fromHead, s.strict, s.clock, s.lease, s.owner, s.retries, listener));
    }

    /**
     * Starts an instance: it runs the reactor, or stands by while another one does.
     *
     * @param effect does what the reactor wants done
     * @param handler records the outcomes, in the same log
     * @throws UnusableCheckpoint where the log cannot be read on from where the reactor was
     * @throws StoreUnavailable where the log, or the progress, cannot be read or written now
     */
    public <C> RunningReactor start(Effect<I, C> effect, CommandHandler<C, E> handler) {
        LogInfo log = intents.store().info();
        String name = intents.reactor().name();
        reactions.register(name, new Checkpoint(log.logId(), settings.fromHead ? log.head() : log.floor()));
        reactions.status(name).ifPresent(status -> UnusableCheckpoint.check(status.checkpoint(), log));
        Settings own = named();
        Leadership leadership = new Leadership(reactions, name, own);
        Instance<E, I> instance = new Instance<>(intents, log.logId(), reactions, own, leadership, new Signals());
        return RunningReactor.start(instance, new Reading<>(instance), new Performing<>(instance, effect, handler));
    }

    private Settings named() {
        Settings s = settings;
        String owner = s.owner.isEmpty() ? UUID.randomUUID().toString() : s.owner;
        return new Settings(s.query, s.fromHead, s.strict, s.clock, s.lease, owner, s.retries, s.listener);
    }

    private ReactorSetup<E, I> with(Settings changed) {
        return new ReactorSetup<>(intents, reactions, changed);
    }
}
