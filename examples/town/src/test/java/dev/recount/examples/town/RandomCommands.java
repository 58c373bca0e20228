package dev.recount.examples.town;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Commands at random over few beads and agents, so that they often meet; a good part of them is refused. The few beads are others after a
 * while, since the ids of those that were deleted are never given again.
 */
final class RandomCommands {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final int beads;
    private final int agents;
    private final RandomIds ids = new RandomIds();

    private RandomCommands(int beads, int agents) {
        this.beads = beads;
        this.agents = agents;
    }

    static RandomCommands create() {
        return over(4, 3);
    }

    /** Over so many beads and agents at a time. */
    static RandomCommands over(int beads, int agents) {
        return new RandomCommands(beads, agents);
    }

    TownCommand next(RandomGenerator random) {
        String bead = ids.next(random, "b", beads);
        String agent = "a" + random.nextInt(agents);
        Instant at = START.plusMillis(random.nextInt(1_000_000));
        return switch (random.nextInt(5)) {
            case 0, 1 -> ofBead(random, bead, at);
            case 2, 3 -> ofAgent(random, bead, agent, at);
            default -> ofMore(random, bead, at);
        };
    }

    private TownCommand ofBead(RandomGenerator random, String bead, Instant at) {
        BeadDetails details = BeadDetails.of(BeadType.ISSUE, "Title " + random.nextInt(3));
        BeadDetails part = random.nextBoolean() ? details : details.with("parent", ids.next(random, "b", 4));
        String reason = random.nextInt(3) == 0 ? null : "because";
        return switch (random.nextInt(11)) {
            case 0, 1 -> new BeadCommand.CreateBead(bead, part, "mayor", at);
            case 2 -> new BeadCommand.AssignBead(bead, random.nextBoolean() ? null : "a1", "mayor", at);
            case 3 ->
                random.nextInt(3) == 0
                        ? CommandCase.fields(bead, "parent", ids.next(random, "b", 4))
                        : CommandCase.fields(bead, random.nextBoolean() ? "title" : "note", "T" + random.nextInt(2));
            case 4 ->
                new BeadCommand.LabelBead(
                        bead, Set.of("l" + random.nextInt(3)), Set.of("l" + random.nextInt(3)), "mayor", at);
            case 5 -> new BeadCommand.UpdateBeadStatus(bead, status(random), reason, "mayor", at);
            case 6 -> new BeadCommand.CloseBead(bead, reason, "mayor", at);
            case 7 -> new BeadCommand.ReopenBead(bead, reason, "mayor", at);
            case 8 -> new BeadCommand.SubmitReview(bead, reason, "mayor", at);
            case 9 -> new BeadCommand.CompleteReview(bead, random.nextBoolean(), reason, "mayor", at);
            default ->
                random.nextInt(4) == 0
                        ? new BeadCommand.DeleteBead(bead, reason, "mayor", at)
                        : new BeadCommand.FailBead(bead, reason, "mayor", at);
        };
    }

    private TownCommand ofAgent(RandomGenerator random, String bead, String agent, Instant at) {
        Role role = random.nextBoolean() ? Role.POLECAT : Role.MAYOR;
        String mail = ids.next(random, "mail", 4);
        return switch (random.nextInt(11)) {
            case 10 -> onMail(random, mail, at);
            case 0, 1 -> new AgentCommand.RegisterAgent(agent, agent + "!", role, "mayor", at);
            case 2, 3 -> new HookCommand.HookBead(bead, agent, "mayor", at);
            case 4 -> new HookCommand.UnhookBead(bead, agent, null, agent, at);
            case 5 -> new HookCommand.AgentDone(bead, agent, null, agent, at);
            case 6 -> new HookCommand.AgentCompleted(bead, agent, random.nextBoolean(), "so it is", agent, at);
            case 7 ->
                random.nextBoolean()
                        ? new AgentCommand.AgentExits(agent, null, agent, at)
                        : new AgentCommand.UpdateAgentStatus(agent, AgentStatus.STALLED, "step", agent, at);
            case 8 -> new MailCommand.SendMail(mail, agent, "a0", "Hello", "", agent, at);
            default ->
                random.nextBoolean()
                        ? new MailCommand.DeliverMail(mail, "a0", "post", at)
                        : CommandCase.sling(bead, agent);
        };
    }

    // Escalations, molecules and convoys have ids of their own kind, so that these meet, and other commands meet them
    // now and then.
    private TownCommand ofMore(RandomGenerator random, String bead, Instant at) {
        String escalation = ids.next(random, "e", 3);
        String molecule = ids.next(random, "m", 3);
        String convoy = ids.next(random, "c", 4);
        return switch (random.nextInt(11)) {
            case 0 -> CommandCase.escalate(escalation, random.nextBoolean() ? "low" : "high");
            case 1 -> new EscalationCommand.RaiseEscalation(escalation, 1 + random.nextInt(4), "escalations", at);
            case 2 ->
                random.nextInt(3) == 0
                        ? new EscalationCommand.AcknowledgeEscalation(escalation, null, "ann", at)
                        : new EscalationCommand.RaiseEscalation(bead, 1, "escalations", at);
            case 3 -> CommandCase.molecule(molecule + ".0", "Plan", "Build", "Ship");
            case 4, 5, 6 -> CommandCase.advance(molecule + ".0", molecule + ".0." + (1 + random.nextInt(3)));
            case 7 -> CommandCase.convoy(convoy, tracked(random));
            case 8, 9 -> CommandCase.land(convoy, tracked(random));
            default -> onSpecial(random, List.of(escalation, molecule + ".0", molecule + ".0.2", convoy), at);
        };
    }

    // Of few beads, so that a convoy is now and then asked to land with those that it tracks.
    private String[] tracked(RandomGenerator random) {
        String bead = ids.next(random, "b", 3);
        return random.nextInt(4) == 0 ? new String[] {bead, ids.next(random, "b", 3)} : new String[] {bead};
    }

    private TownCommand onSpecial(RandomGenerator random, List<String> beads, Instant at) {
        String bead = beads.get(random.nextInt(beads.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new BeadCommand.CloseBead(bead, null, "mayor", at);
            case 1 -> new BeadCommand.ReopenBead(bead, null, "mayor", at);
            case 2 -> new BeadCommand.DeleteBead(bead, null, "mayor", at);
            case 3 -> CommandCase.hook(bead, "a0");
            case 4 -> CommandCase.fields(bead, random.nextBoolean() ? "type" : "dependencies", "blocks:b1");
            default -> CommandCase.fields(bead, "parent", ids.next(random, "b", 4));
        };
    }

    private static TownCommand onMail(RandomGenerator random, String mail, Instant at) {
        return switch (random.nextInt(3)) {
            case 0 -> new BeadCommand.DeleteBead(mail, null, "mayor", at);
            case 1 -> new BeadCommand.CloseBead(mail, null, "mayor", at);
            default -> CommandCase.hook(mail, "a1");
        };
    }

    private static Status status(RandomGenerator random) {
        Status[] all = {Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.CLOSED, Status.FAILED};
        return all[random.nextInt(all.length)];
    }
}
