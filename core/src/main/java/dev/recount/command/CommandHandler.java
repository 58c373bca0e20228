package dev.recount.command;

import dev.recount.codec.EventCodec;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.event.Metadata;
import dev.recount.snapshot.Snapshots;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReceiptConflict;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands: reads what the decision needs, folds it, decides, and appends the events under the condition that
 * nothing the decision would have read was stored meanwhile; on conflict it reads on from where it was and decides again.
 *
 * <p>{@link #within} says what a decision needs. The same query bounds what is read and what may not have changed, and every
 * decided event must lie inside it; so two commands conflict exactly when one could have changed the other's decision.
 *
 * <pre>{@code
 * CommandHandler<SeatCommand, SeatEvent> seats = log.handle(new SeatDecider())
 *         .within(command -> Query.tagged("seat", command.seat()));
 * Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));
 * }</pre>
 *
 * <p>A command that comes with a command id in its metadata is carried out once: repeating it gives the first outcome again and
 * stores nothing, also when that outcome was no event at all; events that retention has removed since are left out of it. A rejected command leaves no trace and may be tried again.
 *
 * <p>Events of types unknown to the codec belong to others and are passed over. An event of a known type that cannot be read
 * stops the decision, since the state would be wrong without it.
 *
 * <p>Immutable and thread-safe: the methods that configure it give another handler.
 *
 * @param <C> the commands
 * @param <E> the events
 */
public final class CommandHandler<C, E> {

    private static final int DEFAULT_MAX_ATTEMPTS = 20;

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Rules<C, ?, E> rules;
    private final Settings<C> settings;
    private final Decision<C, ?, E> decision;

    private CommandHandler(EventStore store, EventCodec<E> codec, Rules<C, ?, E> rules, Settings<C> settings) {
        this.store = store;
        this.codec = codec;
        this.rules = rules;
        this.settings = settings;
        this.decision = decisionOf(store, codec, rules, settings);
    }

    /** What decides, and where its states are kept, if anywhere. */
    private record Rules<C, S, E>(
            Decider<C, S, E> decider, @Nullable Snapshots<S> snapshots) {}

    /** How commands are carried out; none is recorded without a codec. */
    record Settings<C>(
            Function<? super C, Query> boundary,
            Function<? super C, String> receiptContent,
            int keptStates,
            int maxAttempts,
            @Nullable EventCodec<C> recorded) {

        Settings<C> within(Function<? super C, Query> newBoundary) {
            return new Settings<>(newBoundary, receiptContent, keptStates, maxAttempts, recorded);
        }

        Settings<C> withKeptStates(int boundaries) {
            return new Settings<>(boundary, receiptContent, boundaries, maxAttempts, recorded);
        }

        Settings<C> withMaxAttempts(int attempts) {
            return new Settings<>(boundary, receiptContent, keptStates, attempts, recorded);
        }

        Settings<C> withReceiptContent(Function<? super C, String> content) {
            return new Settings<>(boundary, content, keptStates, maxAttempts, recorded);
        }

        Settings<C> recording(EventCodec<C> commands) {
            return new Settings<>(boundary, receiptContent, keptStates, maxAttempts, commands);
        }
    }

    /** A handler that decides each command on the whole log. */
    public static <C, E> CommandHandler<C, E> of(EventStore store, EventCodec<E> codec, Decider<C, ?, E> decider) {
        return of(store, codec, new Rules<>(decider, null));
    }

    /**
     * A handler that decides each command on the whole log, and reads on from snapshots. They are taken after a decision, on a
     * thread of their own, one at a time; so a state must be immutable, and a program that ends at once may end before.
     */
    public static <C, S, E> CommandHandler<C, E> of(
            EventStore store, EventCodec<E> codec, Decider<C, S, E> decider, Snapshots<S> snapshots) {
        return of(store, codec, new Rules<>(decider, snapshots));
    }

    private static <C, E> CommandHandler<C, E> of(EventStore store, EventCodec<E> codec, Rules<C, ?, E> rules) {
        return new CommandHandler<>(
                store,
                codec,
                rules,
                new Settings<>(command -> Query.all(), String::valueOf, 0, DEFAULT_MAX_ATTEMPTS, null));
    }

    /** Decides each command on the events that this query finds for it, instead of on the whole log. */
    public CommandHandler<C, E> within(Function<? super C, Query> boundary) {
        return with(settings.within(boundary));
    }

    /**
     * Keeps the states of the {@code boundaries} most recently used boundaries in memory, so that the next decision within one
     * reads only what is new. None is kept by default. States are shared between threads, so they must be immutable.
     *
     * @throws IllegalArgumentException below 0
     */
    public CommandHandler<C, E> keepingStates(int boundaries) {
        requireAtLeast(0, boundaries, "kept states");
        return with(settings.withKeptStates(boundaries));
    }

    /**
     * Gives up after so many conflicts in a row; 20 by default.
     *
     * @throws IllegalArgumentException below 1
     */
    public CommandHandler<C, E> withMaxAttempts(int maxAttempts) {
        requireAtLeast(1, maxAttempts, "attempts");
        return with(settings.withMaxAttempts(maxAttempts));
    }

    /**
     * What makes two commands with the same command id the same command; their {@code toString} by default, which for records
     * of values is their content.
     */
    public CommandHandler<C, E> withReceiptContent(Function<? super C, String> content) {
        return with(settings.withReceiptContent(content));
    }

    /**
     * Records each command in the metadata of its first event, so that {@link dev.recount.EventLog#whatIf what-if} can decide it again.
     * None is recorded by default. A command that is refused, or leads to no event, leaves no record.
     *
     * <p>Metadata is seen wherever events are: in feeds, exports and backups. Do not record commands that hold a secret.
     *
     * @param commands writes them as a codec writes events: under a name, in a version, without class names
     */
    public CommandHandler<C, E> recordingCommands(EventCodec<C> commands) {
        return with(settings.recording(commands));
    }

    /** Carries out a command without metadata. As {@link #handle(Object, Metadata)}. */
    public Outcome<E> handle(C command) {
        return handle(command, Metadata.empty());
    }

    /**
     * Carries out a command. Its events are stored with {@code metadata}; a command id in it makes a repetition harmless.
     *
     * @throws CommandRejected (the user's own) where the rules forbid it
     * @throws AppendConditionFailed where it lost against other writers as often as it may try
     * @throws dev.recount.store.EventsRemoved where retention removed what it was reading, as often as it may try
     * @throws ReceiptConflict where the command id was used for another command
     * @throws OutsideBoundary where it decided an event outside its boundary
     * @throws dev.recount.codec.UndecodableEvent where an event that the decision rests on cannot be read
     * @throws java.util.concurrent.CancellationException where the thread is interrupted between two attempts
     */
    public Outcome<E> handle(C command, Metadata metadata) {
        return decision.handle(command, metadata);
    }

    private CommandHandler<C, E> with(Settings<C> changed) {
        return new CommandHandler<>(store, codec, rules, changed);
    }

    private static <C, S, E> Decision<C, S, E> decisionOf(
            EventStore store, EventCodec<E> codec, Rules<C, S, E> rules, Settings<C> settings) {
        StateReader<S, E> states =
                new StateReader<>(store, codec, rules.decider(), rules.snapshots(), settings.keptStates());
        return new Decision<>(store, codec, rules.decider(), settings, states);
    }

    private static void requireAtLeast(int least, int number, String what) {
        if (number < least) {
            throw new IllegalArgumentException(number + " " + what + " are too few. Give at least " + least + ".");
        }
    }
}
