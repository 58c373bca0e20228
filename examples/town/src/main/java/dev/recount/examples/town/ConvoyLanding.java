package dev.recount.examples.town;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.event.Metadata;
import dev.recount.examples.town.ConvoyCommand.LandConvoy;
import dev.recount.examples.town.ConvoyWatch.Look;
import dev.recount.reaction.Attempt;
import dev.recount.reaction.Effect;
import dev.recount.store.Query;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lands the convoys that may land because something became of a bead.
 *
 * <p>The world outside of a rig is the other rigs. The report to the convoy's own rig is a command whose id is the attempt's key, so one that
 * was reported before the program died is not reported again. Immutable.
 */
final class ConvoyLanding implements Effect<Look, TownCommand> {

    private final Map<String, EventLog<TownEvent>> rigs;
    private final String rig;
    private final InstantSource clock;

    /** Because of beads of that rig. */
    ConvoyLanding(Map<String, EventLog<TownEvent>> rigs, String rig, InstantSource clock) {
        this.rigs = rigs;
        this.rig = rig;
        this.clock = clock;
    }

    @Override
    public Optional<TownCommand> perform(Look look, Attempt attempt) {
        rigs.forEach((home, log) -> {
            for (String convoy : convoys(home, log, look.bead())) {
                land(home, log, convoy, attempt);
            }
        });
        return Optional.empty();
    }

    private Set<String> convoys(String home, EventLog<TownEvent> log, String bead) {
        Query waiting = Query.tagged("tracks", rig + '/' + bead);
        boolean own = home.equals(rig);
        Set<String> convoys = new TreeSet<>(own ? Set.of(bead) : Set.of());
        log.read(own ? waiting.or(Query.tagged("tracks", bead)) : waiting).stream()
                .flatMap(recorded -> Optional.ofNullable(recorded.event().bead()).stream())
                .forEach(convoys::add);
        return convoys;
    }

    private void land(String home, EventLog<TownEvent> log, String convoy, Attempt attempt) {
        ConvoyLook look = new ConvoyLook(name -> Optional.ofNullable(rigs.get(name)), home);
        List<TrackedBead> beads = look.awaitedBy(convoy);
        look.closedAt(beads)
                .ifPresent(seen -> report(
                        new LandConvoy(convoy, beads, seen, "convoys", clock.instant()),
                        log,
                        attempt.key() + '/' + convoy));
    }

    private static void report(LandConvoy command, EventLog<TownEvent> home, String commandId) {
        // Another try sees another time and other places; it is the same command all the same.
        CommandHandler<TownCommand, TownEvent> commands =
                TownLog.recordedCommands(home).withReceiptContent(same -> "land " + command.bead());
        try {
            commands.handle(command, Metadata.empty().withCommandId(commandId));
        } catch (TownRejected changedMeanwhile) {
            // Whatever changed it asks for another look when it is undone.
        }
    }
}
