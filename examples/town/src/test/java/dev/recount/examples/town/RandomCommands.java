package dev.recount.examples.town;

import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Commands at random over few beads and agents, so that they often meet; a good part of them is refused. */
final class RandomCommands {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private RandomCommands() {}

    static TownCommand next(RandomGenerator random) {
        return next(random, 4, 3);
    }

    /** The same over so many beads and agents. */
    static TownCommand next(RandomGenerator random, int beads, int agents) {
        String bead = "b" + random.nextInt(beads);
        String agent = "a" + random.nextInt(agents);
        Instant at = START.plusMillis(random.nextInt(1_000_000));
        return random.nextBoolean() ? ofBead(random, bead, at) : ofAgent(random, bead, agent, at);
    }

    private static TownCommand ofBead(RandomGenerator random, String bead, Instant at) {
        BeadDetails details = BeadDetails.of(BeadType.ISSUE, "Title " + random.nextInt(3));
        BeadDetails part = random.nextBoolean() ? details : details.with("parent", "b" + random.nextInt(4));
        String reason = random.nextInt(3) == 0 ? null : "because";
        return switch (random.nextInt(11)) {
            case 0, 1 -> new BeadCommand.CreateBead(bead, part, "mayor", at);
            case 2 -> new BeadCommand.AssignBead(bead, random.nextBoolean() ? null : "a1", "mayor", at);
            case 3 -> CommandCase.fields(bead, random.nextBoolean() ? "title" : "note", "T" + random.nextInt(2));
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

    private static TownCommand ofAgent(RandomGenerator random, String bead, String agent, Instant at) {
        Role role = random.nextBoolean() ? Role.POLECAT : Role.MAYOR;
        String mail = "m" + random.nextInt(4);
        return switch (random.nextInt(10)) {
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

    private static Status status(RandomGenerator random) {
        Status[] all = {Status.OPEN, Status.IN_PROGRESS, Status.IN_REVIEW, Status.CLOSED, Status.FAILED};
        return all[random.nextInt(all.length)];
    }
}
