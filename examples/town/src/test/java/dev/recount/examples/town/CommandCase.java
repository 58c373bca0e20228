package dev.recount.examples.town;

import dev.recount.examples.town.AgentRejected.AgentNotFound;
import dev.recount.examples.town.AgentRejected.DuplicateAgent;
import dev.recount.examples.town.ConvoyRejected.ConvoyNotReady;
import dev.recount.examples.town.ConvoyRejected.EmptyConvoy;
import dev.recount.examples.town.HookRejected.AgentAlreadyHooked;
import dev.recount.examples.town.HookRejected.NotHooked;
import dev.recount.examples.town.MoleculeRejected.EmptyMolecule;
import dev.recount.examples.town.MoleculeRejected.MoleculeFinished;
import dev.recount.examples.town.TownRejected.BeadExists;
import dev.recount.examples.town.TownRejected.BeadIdUsed;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.MailOutOfOrder;
import dev.recount.examples.town.TownRejected.NotInReview;
import dev.recount.examples.town.TownRejected.ReasonMissing;
import dev.recount.examples.town.TownRejected.TerminalState;
import dev.recount.examples.town.TownRejected.WrongType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** After these commands, this one leads to events of these types, or is refused. */
record CommandCase(
        List<TownCommand> given,
        TownCommand command,
        List<Class<? extends TownEvent>> events,
        @Nullable Class<? extends TownRejected> refusal) {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final TownCommand BEAD = create("b1");
    private static final TownCommand TOAST = agent("toast", "Toast", Role.POLECAT);
    private static final TownCommand HOOK = hook("b1", "toast");
    private static final TownCommand CLOSE = new BeadCommand.CloseBead("b1", "done", "mayor", NOON);
    private static final TownCommand REVIEW = new BeadCommand.SubmitReview("b1", null, "toast", NOON);

    @Override
    public String toString() {
        return command.getClass().getSimpleName()
                + (refusal == null ? " accepted" : " refused " + refusal.getSimpleName());
    }

    static TownCommand create(String bead) {
        return new BeadCommand.CreateBead(bead, BeadDetails.of(BeadType.ISSUE, "Fix " + bead), "mayor", NOON);
    }

    static TownCommand agent(String id, String name, Role role) {
        return new AgentCommand.RegisterAgent(id, name, role, "mayor", NOON);
    }

    static TownCommand hook(String bead, String agent) {
        return new HookCommand.HookBead(bead, agent, "mayor", NOON);
    }

    static TownCommand fields(String bead, String name, String text) {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put(name, text);
        return new BeadCommand.UpdateBead(bead, fields, "mayor", NOON);
    }

    static TownCommand mail(String mail) {
        return new MailCommand.SendMail(mail, "toast", "mayor", "Hello", "Body", "toast", NOON);
    }

    static TownCommand deliver(String mail) {
        return new MailCommand.DeliverMail(mail, "mayor", "postmaster", NOON);
    }

    static TownCommand sling(String bead, String agent) {
        return new HookCommand.SlingBead(
                bead, BeadDetails.of(BeadType.ISSUE, "Fix it"), agent, agent + "!", Role.POLECAT, "mayor", NOON);
    }

    static TownCommand escalate(String bead, String severity) {
        return new EscalationCommand.Escalate(
                bead, BeadDetails.none().with("title", "Help").with("priority", severity), null, "toast", NOON);
    }

    static TownCommand molecule(String bead, String... steps) {
        return new MoleculeCommand.CreateMolecule(
                bead, BeadDetails.none().with("title", "Release"), List.of(steps), "mayor", NOON);
    }

    static TownCommand advance(String molecule, String step) {
        return new MoleculeCommand.AdvanceMolecule(molecule, step, null, "toast", NOON);
    }

    static TownCommand convoy(String bead, String... tracked) {
        return new ConvoyCommand.CreateConvoy(
                bead, BeadDetails.none().with("title", "All of it"), tracked(tracked), "mayor", NOON);
    }

    static TownCommand land(String convoy, String... tracked) {
        return new ConvoyCommand.LandConvoy(convoy, tracked(tracked), new TreeMap<>(), "convoys", NOON);
    }

    static List<TrackedBead> tracked(String... texts) {
        return Stream.of(texts).map(TrackedBead::parse).toList();
    }

    /** One accepted and one refused case for every command. */
    static List<CommandCase> all() {
        List<CommandCase> cases = new ArrayList<>();
        cases.addAll(beads());
        cases.addAll(hooks());
        cases.addAll(agentsAndMail());
        cases.addAll(escalations());
        cases.addAll(moleculesAndConvoys());
        return cases;
    }

    private static List<CommandCase> beads() {
        TownCommand assign = new BeadCommand.AssignBead("b1", "toast", "mayor", NOON);
        TownCommand label = new BeadCommand.LabelBead("b1", Set.of("new"), Set.of("old"), "mayor", NOON);
        TownCommand old = new BeadCommand.LabelBead("b1", Set.of("old"), Set.of(), "mayor", NOON);
        TownCommand move = new BeadCommand.UpdateBeadStatus("b1", Status.IN_PROGRESS, null, "mayor", NOON);
        TownCommand fail = new BeadCommand.FailBead("b1", "broken", "mayor", NOON);
        TownCommand reopen = new BeadCommand.ReopenBead("b1", null, "mayor", NOON);
        TownCommand delete = new BeadCommand.DeleteBead("b1", null, "mayor", NOON);
        TownCommand approve = new BeadCommand.CompleteReview("b1", true, null, "mayor", NOON);
        return List.of(
                accepted(List.of(), BEAD, TownEvent.BeadCreated.class),
                refused(List.of(BEAD), BEAD, BeadExists.class),
                refused(List.of(BEAD, delete), BEAD, BeadIdUsed.class),
                accepted(List.of(BEAD), assign, TownEvent.BeadAssigned.class),
                refused(List.of(BEAD, CLOSE), assign, TerminalState.class),
                accepted(List.of(BEAD), fields("b1", "title", "New"), TownEvent.FieldsUpdated.class),
                refused(List.of(BEAD, CLOSE), fields("b1", "title", "New"), TerminalState.class),
                accepted(List.of(BEAD, old), label, TownEvent.LabelAdded.class, TownEvent.LabelRemoved.class),
                refused(List.of(BEAD, CLOSE), label, TerminalState.class),
                accepted(List.of(BEAD), move, TownEvent.StatusChanged.class),
                refused(List.of(BEAD, CLOSE), move, TerminalState.class),
                accepted(List.of(BEAD), CLOSE, TownEvent.BeadClosed.class),
                refused(List.of(), CLOSE, BeadNotFound.class),
                accepted(List.of(BEAD), fail, TownEvent.StatusChanged.class),
                refused(List.of(BEAD), new BeadCommand.FailBead("b1", " ", "mayor", NOON), ReasonMissing.class),
                accepted(List.of(BEAD, CLOSE), reopen, TownEvent.StatusChanged.class),
                refused(List.of(), reopen, BeadNotFound.class),
                accepted(List.of(BEAD), delete, TownEvent.BeadDeleted.class),
                refused(List.of(), delete, BeadNotFound.class),
                accepted(List.of(BEAD), REVIEW, TownEvent.ReviewSubmitted.class, TownEvent.StatusChanged.class),
                refused(List.of(BEAD, CLOSE), REVIEW, TerminalState.class),
                accepted(List.of(BEAD, REVIEW), approve, TownEvent.ReviewCompleted.class, TownEvent.BeadClosed.class),
                refused(List.of(BEAD), approve, NotInReview.class));
    }

    private static List<CommandCase> hooks() {
        TownCommand unhook = new HookCommand.UnhookBead("b1", "toast", "later", "toast", NOON);
        TownCommand done = new HookCommand.AgentDone("b1", "toast", "ready", "toast", NOON);
        TownCommand failed = new HookCommand.AgentCompleted("b1", "toast", true, "broken", "toast", NOON);
        return List.of(
                accepted(List.of(BEAD, TOAST), HOOK, TownEvent.BeadHooked.class, TownEvent.StatusChanged.class),
                refused(List.of(BEAD), HOOK, AgentNotFound.class),
                accepted(
                        List.of(BEAD, TOAST, HOOK),
                        unhook,
                        TownEvent.BeadUnhooked.class,
                        TownEvent.StatusChanged.class),
                refused(List.of(BEAD, TOAST), unhook, NotHooked.class),
                accepted(
                        List.of(BEAD, TOAST, HOOK),
                        done,
                        TownEvent.ReviewSubmitted.class,
                        TownEvent.BeadUnhooked.class,
                        TownEvent.StatusChanged.class),
                refused(List.of(BEAD, TOAST), done, NotHooked.class),
                accepted(
                        List.of(BEAD, TOAST, HOOK),
                        failed,
                        TownEvent.StatusChanged.class,
                        TownEvent.BeadUnhooked.class),
                refused(List.of(BEAD, TOAST), failed, NotHooked.class),
                accepted(
                        List.of(),
                        sling("b1", "nux"),
                        TownEvent.BeadCreated.class,
                        AgentEvent.AgentSpawned.class,
                        TownEvent.BeadHooked.class,
                        TownEvent.StatusChanged.class),
                refused(List.of(sling("b1", "nux")), sling("b2", "nux"), AgentAlreadyHooked.class));
    }

    private static List<CommandCase> agentsAndMail() {
        TownCommand stalled =
                new AgentCommand.UpdateAgentStatus("toast", AgentStatus.STALLED, "step 2", "witness", NOON);
        TownCommand exits = new AgentCommand.AgentExits("toast", "tired", "toast", NOON);
        return List.of(
                accepted(List.of(), TOAST, AgentEvent.AgentSpawned.class),
                refused(List.of(TOAST), agent("other", "Toast", Role.POLECAT), DuplicateAgent.class),
                accepted(List.of(TOAST), stalled, AgentEvent.AgentStatusChanged.class),
                refused(List.of(), stalled, AgentNotFound.class),
                accepted(
                        List.of(BEAD, TOAST, HOOK),
                        exits,
                        AgentEvent.AgentExited.class,
                        TownEvent.BeadUnhooked.class,
                        TownEvent.StatusChanged.class),
                refused(List.of(), exits, AgentNotFound.class),
                accepted(List.of(), mail("m1"), TownEvent.BeadCreated.class, MailEvent.MailSent.class),
                refused(List.of(mail("m1")), mail("m1"), BeadExists.class),
                accepted(List.of(mail("m1")), deliver("m1"), MailEvent.MailDelivered.class, TownEvent.BeadClosed.class),
                refused(List.of(mail("m1"), mail("m2")), deliver("m2"), MailOutOfOrder.class));
    }

    private static List<CommandCase> escalations() {
        TownCommand escalate = escalate("e1", "low");
        TownCommand raise = new EscalationCommand.RaiseEscalation("e1", 1, "escalations", NOON);
        TownCommand acknowledge = new EscalationCommand.AcknowledgeEscalation("e1", null, "ann", NOON);
        TownCommand ofBead = new EscalationCommand.RaiseEscalation("b1", 1, "escalations", NOON);
        return List.of(
                accepted(List.of(), escalate, TownEvent.BeadCreated.class, EscalationEvent.Escalated.class),
                refused(List.of(escalate), escalate, BeadExists.class),
                accepted(List.of(escalate), raise, EscalationEvent.Escalated.class),
                refused(List.of(BEAD), ofBead, WrongType.class),
                accepted(List.of(escalate, raise), acknowledge, EscalationEvent.EscalationAcknowledged.class),
                refused(List.of(), acknowledge, BeadNotFound.class));
    }

    private static List<CommandCase> moleculesAndConvoys() {
        TownCommand molecule = molecule("m1", "Build", "Ship");
        TownCommand lastStep = advance("m1", "m1.2");
        TownCommand convoy = convoy("c1", "b1");
        TownCommand land = land("c1", "b1");
        return List.of(
                accepted(
                        List.of(),
                        molecule,
                        TownEvent.BeadCreated.class,
                        TownEvent.BeadCreated.class,
                        TownEvent.BeadCreated.class),
                refused(List.of(), molecule("m1"), EmptyMolecule.class),
                accepted(
                        List.of(molecule, advance("m1", "m1.1")),
                        lastStep,
                        TownEvent.BeadClosed.class,
                        MoleculeEvent.MoleculeAdvanced.class,
                        MoleculeEvent.MoleculeCompleted.class,
                        TownEvent.BeadClosed.class),
                refused(List.of(molecule, advance("m1", "m1.1"), lastStep), lastStep, MoleculeFinished.class),
                accepted(List.of(BEAD), convoy, TownEvent.BeadCreated.class, ConvoyEvent.ConvoyCreated.class),
                refused(List.of(BEAD), convoy("c1"), EmptyConvoy.class),
                accepted(
                        List.of(BEAD, convoy, CLOSE), land, ConvoyEvent.ConvoyLanded.class, TownEvent.BeadClosed.class),
                refused(List.of(BEAD, convoy), land, ConvoyNotReady.class));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied, nothing is stored in it.
    private static CommandCase accepted(
            List<TownCommand> given, TownCommand command, Class<? extends TownEvent>... events) {
        return new CommandCase(given, command, List.of(events), null);
    }

    private static CommandCase refused(
            List<TownCommand> given, TownCommand command, Class<? extends TownRejected> refusal) {
        return new CommandCase(given, command, List.of(), refusal);
    }
}
