package dev.recount.examples.town;

import dev.recount.command.CommandHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulated agents that work through the real rules: a mayor hands out beads, polecats take hold of them, hand in, are judged,
 * send mail, fail and leave; now and then one asks for what the rules forbid. A convoy over all rigs, a molecule and an escalation come and go.
 *
 * <p>The same seed gives the same commands. Not thread-safe: use from one thread at a time.
 */
public final class Simulation {

    private static final List<String> NAMES = List.of("Toast", "Nux", "Furiosa", "Slit", "Capable", "Rictus");
    private static final List<String> WORK = List.of(
            "Fix the flaky login test", "Cache the build", "Split the parser", "Document the feed", "Drop dead code");
    private static final List<String> LABELS = List.of("bug", "speed", "docs");

    private final SortedMap<String, CommandHandler<TownCommand, TownEvent>> rigs;
    private final Consumer<Step> listener;
    private final Random random;
    private Instant now;
    private InstantSource limit = () -> Instant.MAX;
    private int beads;
    private int rounds;

    private Simulation(
            Map<String, CommandHandler<TownCommand, TownEvent>> rigs,
            long seed,
            Instant start,
            Consumer<Step> listener) {
        this.rigs = new TreeMap<>(rigs);
        this.random = new Random(seed);
        this.now = start;
        this.listener = listener;
    }

    /**
     * One command and what became of it. Immutable.
     *
     * @param rig the rig
     * @param command the command
     * @param events the events that it led to
     * @param rejected why it was refused; null where it was not
     */
    public record Step(
            String rig,
            TownCommand command,
            List<TownEvent> events,
            @Nullable TownRejected rejected) {}

    /** Agents for these rigs by name, who begin at {@code start}; every command is told to {@code listener}. */
    public static Simulation of(
            Map<String, CommandHandler<TownCommand, TownEvent>> rigs,
            long seed,
            Instant start,
            Consumer<Step> listener) {
        return new Simulation(rigs, seed, start, listener);
    }

    /** From now on, the agents are never ahead of this clock; where they have caught up with it, its time is theirs. */
    public void followClock(InstantSource clock) {
        limit = clock;
    }

    /** Works off {@code count} beads in each rig, after those that were worked off before. */
    public void run(int count) {
        if (beads == 0) {
            for (String rig : rigs.keySet()) {
                perform(rig, new AgentCommand.RegisterAgent(rig + "-mayor", "Mayor", Role.MAYOR, "town", tick()));
            }
        }
        for (int i = 0; i < count; i++) {
            followPlans();
            for (String rig : rigs.keySet()) {
                workOff(rig, NAMES.get(i % NAMES.size()));
            }
        }
    }

    // Every five rounds a plan of all rigs begins anew: a convoy over them, a molecule, and an escalation that is
    // answered.
    private void followPlans() {
        int number = rounds / 5 + 1;
        String home = rigs.firstKey();
        switch (rounds++ % 5) {
            case 0 -> setOut(home, number);
            case 1 -> advance(home, number, 1);
            case 2 -> {
                advance(home, number, 2);
                cryForHelp(number);
            }
            case 3 -> advance(home, number, 3);
            default -> arrive(number);
        }
    }

    private void setOut(String home, int number) {
        List<TrackedBead> ships = new ArrayList<>();
        for (String rig : rigs.keySet()) {
            String ship = rig + "-ship-" + number;
            BeadDetails details = BeadDetails.of(BeadType.ISSUE, "Ship release " + number + " of " + rig);
            perform(rig, new BeadCommand.CreateBead(ship, details, rig + "-mayor", tick()));
            ships.add(new TrackedBead(rig.equals(home) ? null : rig, ship));
        }
        BeadDetails release = BeadDetails.none().with("title", "Release " + number);
        String mayor = home + "-mayor";
        perform(home, new ConvoyCommand.CreateConvoy(home + "-convoy-" + number, release, ships, mayor, tick()));
        perform(
                home,
                new MoleculeCommand.CreateMolecule(
                        home + "-molecule-" + number,
                        release,
                        List.of("Freeze the code", "Test it", "Tag it"),
                        mayor,
                        tick()));
    }

    private void advance(String home, int number, int step) {
        String molecule = home + "-molecule-" + number;
        perform(
                home,
                new MoleculeCommand.AdvanceMolecule(molecule, molecule + '.' + step, null, home + "-mayor", tick()));
    }

    private void cryForHelp(int number) {
        String rig = rigs.lastKey();
        String escalation = rig + "-escalation-" + number;
        BeadDetails help = BeadDetails.none().with("title", "The tests hang").with("priority", "high");
        perform(rig, new EscalationCommand.Escalate(escalation, help, "for an hour", rig + "-witness", tick()));
        perform(rig, new EscalationCommand.AcknowledgeEscalation(escalation, "on it", rig + "-mayor", tick()));
    }

    private void arrive(int number) {
        for (String rig : rigs.keySet()) {
            perform(rig, new BeadCommand.CloseBead(rig + "-ship-" + number, "shipped", rig + "-mayor", tick()));
        }
    }

    private void workOff(String rig, String name) {
        String bead = rig + "-" + ++beads;
        String agent = rig + "-" + name.toLowerCase(Locale.ROOT);
        String mayor = rig + "-mayor";
        String title = WORK.get(random.nextInt(WORK.size()));
        perform(
                rig,
                new HookCommand.SlingBead(
                        bead, BeadDetails.of(BeadType.ISSUE, title), agent, name, Role.POLECAT, mayor, tick()));
        perform(
                rig,
                new BeadCommand.LabelBead(
                        bead, Set.of(LABELS.get(random.nextInt(LABELS.size()))), Set.of(), mayor, tick()));
        perform(rig, new AgentCommand.UpdateAgentStatus(agent, AgentStatus.WORKING, "half way", agent, tick()));
        switch (random.nextInt(5)) {
            case 0 -> giveUp(rig, bead, agent);
            case 1 -> leave(rig, bead, agent);
            case 2 -> askForTheImpossible(rig, bead, agent);
            default -> handIn(rig, bead, agent);
        }
    }

    private void handIn(String rig, String bead, String agent) {
        String mayor = rig + "-mayor";
        perform(rig, new HookCommand.AgentDone(bead, agent, "ready", agent, tick()));
        perform(rig, new BeadCommand.CompleteReview(bead, true, "looks good", mayor, tick()));
        String mail = bead + "-mail";
        perform(rig, new MailCommand.SendMail(mail, agent, mayor, bead + " is done", "See the log.", agent, tick()));
        perform(rig, new MailCommand.DeliverMail(mail, mayor, "postmaster", tick()));
    }

    private void giveUp(String rig, String bead, String agent) {
        perform(rig, new HookCommand.AgentCompleted(bead, agent, true, "cannot reproduce", agent, tick()));
    }

    private void leave(String rig, String bead, String agent) {
        perform(rig, new AgentCommand.AgentExits(agent, "out of tokens", agent, tick()));
        perform(rig, new BeadCommand.CloseBead(bead, "the mayor did it", rig + "-mayor", tick()));
    }

    private void askForTheImpossible(String rig, String bead, String agent) {
        perform(rig, new HookCommand.HookBead(bead + "-lost", agent, agent, tick()));
        handIn(rig, bead, agent);
        perform(rig, new BeadCommand.AssignBead(bead, agent, rig + "-mayor", tick()));
    }

    private void perform(String rig, TownCommand command) {
        CommandHandler<TownCommand, TownEvent> handler = rigs.get(rig);
        if (handler == null) {
            return;
        }
        Step step;
        try {
            step = new Step(rig, command, handler.handle(command).events(), null);
        } catch (TownRejected rejected) {
            step = new Step(rig, command, List.of(), rejected);
        }
        listener.accept(step);
    }

    private Instant tick() {
        Instant next = now.plus(Duration.ofSeconds(5L + random.nextInt(55)));
        Instant latest = limit.instant();
        now = next.isAfter(latest) ? latest : next;
        return now;
    }
}
