package dev.recount.examples.orchestration;

import dev.recount.examples.orchestration.GitCommand.FailCheckpoint;
import dev.recount.examples.orchestration.GitCommand.FailCommit;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProjectCommand.DeleteProject;
import dev.recount.examples.orchestration.ProjectCommand.UpdateProject;
import dev.recount.examples.orchestration.ProviderEvent.AwaitingApproval;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.ThinkingDelta;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.ToolResult;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.ThreadCommand.ArchiveThread;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.DeleteThread;
import dev.recount.examples.orchestration.ThreadCommand.RenameThread;
import dev.recount.examples.orchestration.ThreadCommand.UnarchiveThread;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.InterruptTurn;
import dev.recount.examples.orchestration.TurnCommand.RespondToApproval;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Commands at random about what there is, and sometimes about what there is not; a good part of them is refused. */
final class RandomCommands {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> PIECES = List.of("Hello ", "\ud83d", "\ude00", "w\u00f6rld", "", "\n");

    private final RandomGenerator random;
    private final Orchestration all;
    private final Instant at;

    private RandomCommands(RandomGenerator random, Orchestration all) {
        this.random = random;
        this.all = all;
        this.at = START.plusMillis(random.nextInt(1_000_000));
    }

    static OrchestrationCommand next(RandomGenerator random, Orchestration all) {
        return new RandomCommands(random, all).next();
    }

    private OrchestrationCommand next() {
        int kind = random.nextInt(100);
        if (kind < 8) {
            return ofProject(kind);
        }
        if (kind < 28) {
            return ofThread();
        }
        return kind < 75 ? ofTurn() : ofGit();
    }

    private OrchestrationCommand ofProject(int kind) {
        String path = "/src/" + random.nextInt(12) + (random.nextBoolean() ? "/" : "/../" + random.nextInt(12));
        return switch (kind) {
            case 0 -> new DeleteProject(project(), at);
            case 1, 2, 3 -> new UpdateProject(project(), one("A", "B", "C"), random.nextBoolean() ? path : null, at);
            default -> new CreateProject(fresh(), one("A", "B", "C"), path, at);
        };
    }

    private OrchestrationCommand ofThread() {
        String title = one("Fix", "Mend", "Try");
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> new CreateThread(project(), fresh(), title, at);
            case 4, 5 -> new RenameThread(thread(), title, at);
            case 6 -> new ArchiveThread(thread(), at);
            case 7 -> new DeleteThread(thread(), at);
            default -> new UnarchiveThread(thread(), at);
        };
    }

    private OrchestrationCommand ofTurn() {
        String thread = thread();
        String turn = id(thread, Item.Kind.TURN);
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new StartTurn(thread, fresh(), one("Why?", "Do it", "More"), at);
            case 3 -> new InterruptTurn(thread, turn, at);
            case 4, 5, 6 -> new RespondToApproval(thread, turn, "ask-" + random.nextInt(4), one(Answer.values()), at);
            default -> new IngestProviderEvent(thread, turn, told(), at);
        };
    }

    private ProviderEvent told() {
        String call = "call-" + random.nextInt(4);
        return switch (random.nextInt(14)) {
            case 0, 1 -> new ThinkingDelta(one(PIECES));
            case 2, 3, 4 -> new ToolCall(call, one("shell", "edit"), "{}");
            case 5, 6 -> new ToolResult(call, "ok", random.nextBoolean());
            case 7, 8, 9 -> new AwaitingApproval("ask-" + random.nextInt(4), call, "May I?");
            case 10 -> new TurnComplete("done");
            case 11 -> random.nextInt(3) == 0 ? new ProviderEvent.Error("no credit") : new TurnComplete("done");
            default -> new TextDelta(one(PIECES));
        };
    }

    private OrchestrationCommand ofGit() {
        String thread = thread();
        String checkpoint = id(thread, Item.Kind.CHECKPOINT);
        String commit = id(thread, Item.Kind.COMMIT);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> new RequestCheckpoint(thread, id(thread, Item.Kind.TURN), fresh(), at);
            case 3, 4, 5 -> new RecordCheckpoint(thread, checkpoint, one("abc", "def", " "), at);
            case 6 -> new FailCheckpoint(thread, checkpoint, "disk full", at);
            case 7 -> new RevertToCheckpoint(thread, checkpoint, at);
            case 8, 9 -> new RequestCommit(thread, id(thread, Item.Kind.TURN), fresh(), "Mend", at);
            case 10 -> new FailCommit(thread, commit, "nothing changed", at);
            default -> new RecordCommit(thread, commit, one("abc", "def", ""), at);
        };
    }

    private String project() {
        return known(all.projects().keySet());
    }

    private String thread() {
        return known(all.threads().keySet());
    }

    /** The last one of its kind mostly, since what is over is seldom asked about. */
    private String id(String thread, Item.Kind kind) {
        List<String> ids = all.thread(thread).stream()
                .flatMap(known -> known.items().stream())
                .filter(item -> item.kind() == kind)
                .map(Item::id)
                .toList();
        return ids.isEmpty() || random.nextInt(5) == 0 ? known(Set.copyOf(ids)) : ids.get(ids.size() - 1);
    }

    private String known(Set<String> ids) {
        return ids.isEmpty() || random.nextInt(20) == 0
                ? "x" + random.nextInt(3)
                : one(new ArrayList<>(ids).stream().sorted().toList());
    }

    private String fresh() {
        return random.nextInt(20) == 0 ? "n" + random.nextInt(9) : "n" + random.nextInt(1_000_000);
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
