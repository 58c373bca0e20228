package dev.recount.examples.workspaces;

import dev.recount.command.CommandHandler;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedOptions;
import dev.recount.feed.FeedRefused;
import dev.recount.reaction.RunningReactor;
import dev.recount.replay.LiveModel;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * An organisation at work, apart from any server: it carries out commands, takes heartbeats and activities, keeps the alarms, and feeds those
 * who follow.
 *
 * <pre>{@code
 * Headquarters headquarters = Headquarters.open(store, activities, Headquarters.Options.of(keys, clock));
 * headquarters.commands().handle(new ProvisionWorkspace("research", "Research", 2, null, clock.instant()));
 * }</pre>
 *
 * <p>Thread-safe. It does not close the stores.
 */
public final class Headquarters implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SqliteEventStore store;
    private final Options options;
    private final CommandHandler<WorkspaceCommand, StructuralEvent> commands;
    private final LiveModel<Organisation> live;
    private final Visibility visibility;
    private final Feed feed;
    private final Heartbeats heartbeats;
    private final Activities activities;
    private final RunningReactor alarms;

    private Headquarters(SqliteEventStore store, ActivityLog activityLog, Options options) {
        this.store = store;
        this.options = options;
        this.commands = WorkspaceLog.commands(store);
        this.live = WorkspaceLog.in(store).replay(new OrganisationProjector()).live();
        this.visibility = new Visibility(options.keys(), this::now);
        this.feed = Feed.of("organisation", store, options.feed().withPolicy(visibility));
        Broadcasts broadcasts = new Broadcasts(feed, this::now);
        SignsOfLife signs = new SignsOfLife(options.clock().instant());
        this.heartbeats = new Heartbeats(commands, signs, broadcasts, options.clock());
        this.activities = new Activities(activityLog, broadcasts, this::now, options.clock());
        Alarms limits = new Alarms(options.provisioning(), options.silence());
        this.alarms = WorkspaceLog.in(store)
                .react(limits, SqliteReactions.of(store))
                .withClock(options.clock())
                .start(new Watch(signs, options.clock(), limits), commands);
    }

    /**
     * How an organisation is kept. Immutable.
     *
     * @param provisioning how long setting up a workspace may take
     * @param silence how long a workspace may be silent before it is offline
     */
    public record Options(Keys keys, InstantSource clock, FeedOptions feed, Duration provisioning, Duration silence) {

        /** Two minutes to set up, one of silence. */
        public static Options of(Keys keys, InstantSource clock) {
            return new Options(keys, clock, FeedOptions.defaults(), Duration.ofMinutes(2), Duration.ofSeconds(60));
        }
    }

    /** Begins to work, or goes on where it stopped. */
    public static Headquarters open(SqliteEventStore store, SqliteEventStore activities, Options options) {
        return new Headquarters(store, ActivityLog.in(activities, options.clock()), options);
    }

    /** Carries out commands. */
    public CommandHandler<WorkspaceCommand, StructuralEvent> commands() {
        return commands;
    }

    /** Takes heartbeats. */
    public Heartbeats heartbeats() {
        return heartbeats;
    }

    /** Takes activities. */
    public Activities activities() {
        return activities;
    }

    /** What those follow who may see it. */
    public Feed feed() {
        return feed;
    }

    /** Who may ask. */
    Keys keys() {
        return options.keys();
    }

    /** Who sees what. */
    Visibility visibility() {
        return visibility;
    }

    /** What time it is. */
    Instant time() {
        return options.clock().instant();
    }

    /** The log. */
    SqliteEventStore store() {
        return store;
    }

    /** What the organisation was. */
    public OrganisationHistory history() {
        return OrganisationHistory.of(store);
    }

    /**
     * The organisation after everything that is stored, by whichever process.
     *
     * @throws FeedRefused where that cannot be known in time
     */
    public Organisation now() {
        try {
            if (live.whenCaughtUp(PATIENCE)) {
                return live.state();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FeedRefused.of(503, "NOT_CAUGHT_UP", "The organisation is being computed. Try again.");
    }

    /** Has alarms looked after at once, after the clock was moved, and waits until none is left that is due. */
    public boolean awaitAlarms(Duration timeout) throws InterruptedException {
        return alarms.awaitIdle(store.info().head(), timeout);
    }

    /** Lets those who follow know, and stops. */
    @Override
    public void close() {
        alarms.close();
        feed.close();
        live.close();
    }
}
