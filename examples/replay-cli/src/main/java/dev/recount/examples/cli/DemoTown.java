package dev.recount.examples.cli;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Paint;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.examples.town.Simulation;
import dev.recount.examples.town.TownCommand;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownLog;
import dev.recount.examples.town.TownReactors;
import dev.recount.examples.town.TownRejected;
import dev.recount.examples.town.TownState;
import dev.recount.examples.town.TownTables;
import dev.recount.replay.Replayed;
import dev.recount.replay.Verification;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteReactions;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Three rigs with agents at work, whose feed is printed as it is stored. Not thread-safe. */
final class DemoTown implements AutoCloseable {

    /** The names of the rigs. */
    static final List<String> RIGS = List.of("gastown", "harbour", "mill");

    private static final int BEADS_OF_EACH_RIG = 5;
    private static final Duration WATCHED = Duration.ofMillis(1_500);
    private static final Duration CAUGHT_UP = Duration.ofMinutes(1);
    private static final Duration SIMULATED = Duration.ofHours(2);
    private static final Duration LONGEST_FEED_DELAY = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Paint paint;
    private final Map<String, SqliteEventStore> stores = new TreeMap<>();
    private final Map<String, Subscription> feeds = new TreeMap<>();
    private Simulation simulation = Simulation.of(Map.of(), 0, Instant.EPOCH, step -> {});
    private Function<Simulation.Step, Duration> pace = step -> Duration.ZERO;

    private DemoTown(Terminal terminal) {
        this.terminal = terminal;
        this.paint = terminal.paint();
    }

    /** Rigs with nothing in them yet. */
    static DemoTown in(Path directory, Terminal terminal) {
        DemoTown town = new DemoTown(terminal);
        for (String rig : RIGS) {
            SqliteEventStore store = SqliteEventStore.open(directory.resolve(rig + ".db"), TownRig.options());
            town.stores.put(rig, store);
            town.feeds.put(
                    rig, Subscription.start(store, SubscriptionOptions.defaults(), event -> town.print(rig, event)));
        }
        return town;
    }

    /** Lets the agents work, with a pause after each command. */
    void work(long seed, Duration pace) {
        this.pace = step -> pace;
        simulation = simulation(seed);
        simulation.run(BEADS_OF_EACH_RIG);
        settle();
    }

    // What the town does by itself is waited for, so that the same seed gives the same lines in the same order.
    private void settle() {
        try (TownReactors reactors = reactors()) {
            if (!reactors.awaitIdle(CAUGHT_UP)) {
                throw new IllegalStateException("The reactors of the town are not done after " + CAUGHT_UP + ".");
            }
            stores.keySet().forEach(this::awaitFeed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TownReactors reactors() {
        Map<String, TownReactors.Rig> rigs = new TreeMap<>();
        stores.forEach(
                (rig, store) -> rigs.put(rig, new TownReactors.Rig(TownLog.in(store), SqliteReactions.of(store))));
        return TownReactors.start(rigs, "demo", InstantSource.system());
    }

    /** Lets them work on until the thread is interrupted: quickly up to now, and then at the pace of people who watch. */
    void workOn() {
        simulation.followClock(Instant::now);
        pace = step -> isOld(step) ? Duration.ZERO : WATCHED;
        TownReactors reactors = reactors();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                simulation.run(1);
            }
        } finally {
            reactors.close();
        }
    }

    private static boolean isOld(Simulation.Step step) {
        return step.command().occurredAt().isBefore(Instant.now().minus(CAUGHT_UP));
    }

    private Simulation simulation(long seed) {
        Map<String, CommandHandler<TownCommand, TownEvent>> handlers = new TreeMap<>();
        stores.forEach((rig, store) -> handlers.put(rig, TownLog.recordedCommands(TownLog.in(store))));
        Instant start = Instant.now().minus(SIMULATED).truncatedTo(ChronoUnit.SECONDS);
        return Simulation.of(handlers, seed, start, step -> {
            awaitFeed(step.rig());
            refused(step.rig(), step.rejected());
            terminal.flush();
            pause(pace.apply(step));
        });
    }

    /** Replays every rig from zero and says how it compares with the live tables; whether all are equal. */
    boolean verify() {
        boolean equal = true;
        for (Map.Entry<String, SqliteEventStore> rig : stores.entrySet()) {
            BeadModel model = new BeadModel();
            EventLog<TownEvent> log = TownLog.in(rig.getValue());
            Replayed<TownState> replayed = log.replay(model.projector()).run();
            Verification found =
                    log.verify(model.projector(), model.rows(), TownTables.read(rig.getValue()), replayed.sequence());
            terminal.line(verified(rig.getKey(), replayed, found));
            equal &= found.isEqual();
        }
        return equal;
    }

    @Override
    public void close() {
        feeds.values().forEach(Subscription::close);
        stores.values().forEach(SqliteEventStore::close);
    }

    private void print(String rig, StoredEvent event) {
        terminal.line(new FeedLine(paint, rig).ofSeveral(RIGS.indexOf(rig), event));
    }

    // The feed has its own threads; waiting for it here keeps the lines in the order of the commands.
    private void awaitFeed(String rig) {
        Subscription feed = feeds.get(rig);
        SqliteEventStore store = stores.get(rig);
        if (feed == null || store == null) {
            return;
        }
        try {
            if (!feed.awaitSequence(store.info().head(), LONGEST_FEED_DELAY)) {
                throw new IllegalStateException(
                        "The feed of " + rig + " is more than " + LONGEST_FEED_DELAY + " behind.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refused(String rig, @Nullable TownRejected rejected) {
        if (rejected != null) {
            terminal.line(FeedLine.columns(paint, RIGS.indexOf(rig), rig, "refused")
                    + paint.bad(Printable.text(String.valueOf(rejected.getMessage()))));
        }
    }

    private String verified(String rig, Replayed<TownState> replayed, Verification verdict) {
        String numbers = String.format(
                Locale.ROOT,
                "%3d events, %2d beads, %d agents in %3d ms: ",
                replayed.events(),
                replayed.state().beads().size(),
                replayed.state().agents().size(),
                replayed.took().toMillis());
        String result = verdict.isEqual()
                ? paint.good("equal, " + verdict.agreeing() + " of " + verdict.compared() + " rows")
                : paint.bad("different, " + (verdict.compared() - verdict.agreeing()) + " of " + verdict.compared()
                        + " rows");
        return FeedLine.columns(paint, RIGS.indexOf(rig), rig, "replay") + numbers + result;
    }

    private static void pause(Duration pace) {
        try {
            TimeUnit.MILLISECONDS.sleep(pace.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
