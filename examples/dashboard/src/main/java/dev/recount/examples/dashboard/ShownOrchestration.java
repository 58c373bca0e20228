package dev.recount.examples.dashboard;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.examples.orchestration.Checkpoint;
import dev.recount.examples.orchestration.CheckpointEvent.CheckpointFailed;
import dev.recount.examples.orchestration.CommitEvent.CommitFailed;
import dev.recount.examples.orchestration.GitCommit;
import dev.recount.examples.orchestration.GitOutcome;
import dev.recount.examples.orchestration.Orchestration;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.orchestration.OrchestrationLog;
import dev.recount.examples.orchestration.OrchestrationProjector;
import dev.recount.examples.orchestration.ProjectThread;
import dev.recount.examples.orchestration.Sentences;
import dev.recount.examples.orchestration.ThreadEvent.ThreadRenamed;
import dev.recount.examples.orchestration.Turn;
import dev.recount.examples.orchestration.TurnEvent.TurnFailed;
import dev.recount.examples.orchestration.TurnStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Threads, turns, checkpoints and commits, as the dashboard shows them. Immutable. */
public final class ShownOrchestration implements ShownSystem<Orchestration, OrchestrationEvent> {

    private static final String THREADS = "threads";
    private static final String TURNS = "turns";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String COMMITS = "commits";
    private static final String WORKING = "working";
    private static final String WAITING = TurnStatus.AWAITING_APPROVAL.word();

    private static final OrchestrationProjector PROJECTOR = new OrchestrationProjector();
    private static final List<String> OUTCOMES =
            Arrays.stream(GitOutcome.values()).map(GitOutcome::word).toList();
    private static final List<BoardPlan> BOARDS = List.of(
            new BoardPlan("Threads", THREADS, "thread", List.of(WAITING, WORKING, "idle", "archived")),
            new BoardPlan(
                    "Turns",
                    TURNS,
                    "turn",
                    Arrays.stream(TurnStatus.values()).map(TurnStatus::word).toList()),
            new BoardPlan("Checkpoints", CHECKPOINTS, "checkpoint", OUTCOMES),
            new BoardPlan("Commits", COMMITS, "commit", OUTCOMES));

    /** The same for every log. */
    public ShownOrchestration() {}

    @Override
    public EventCodec<OrchestrationEvent> codec() {
        return OrchestrationLog.codec();
    }

    @Override
    public Projector<Orchestration, OrchestrationEvent> projector() {
        return PROJECTOR;
    }

    @Override
    public List<BoardPlan> boards() {
        return BOARDS;
    }

    @Override
    public List<Card> cards(Orchestration all) {
        List<Card> cards = new ArrayList<>();
        all.threads().values().forEach(thread -> cards.add(card(thread, all)));
        all.turns().values().forEach(turn -> cards.add(card(turn)));
        all.checkpoints().values().forEach(checkpoint -> cards.add(card(checkpoint)));
        all.commits().values().forEach(commit -> cards.add(card(commit)));
        return cards;
    }

    @Override
    public Optional<Subject> subject(StoredEvent event) {
        return Stream.of(BOARDS.get(2), BOARDS.get(3), BOARDS.get(1), BOARDS.get(0))
                .flatMap(board ->
                        event.tags().value(board.tag()).stream().map(id -> new Subject(board.collection(), id)))
                .findFirst();
    }

    @Override
    public Optional<String> title(Orchestration all, Subject subject) {
        return switch (subject.collection()) {
            case THREADS -> all.thread(subject.id()).map(ProjectThread::title);
            case TURNS -> all.turn(subject.id()).map(Turn::prompt);
            case CHECKPOINTS -> all.checkpoint(subject.id()).map(checkpoint -> "after " + checkpoint.turn());
            case COMMITS -> all.commit(subject.id()).map(GitCommit::message);
            default -> Optional.empty();
        };
    }

    @Override
    public String sentence(StoredEvent event) {
        return Sentences.of(event);
    }

    @Override
    public TimelineEntry entry(StoredEvent event, ZoneId zone) {
        Optional<OrchestrationEvent> first = decoded(event);
        return TimelineEntry.of(
                event,
                sentence(event),
                event.metadata().actor().orElse(null),
                first.map(ShownOrchestration::reason).orElse(null),
                subject(event).orElse(null),
                first.map(ShownOrchestration::changes).orElse(List.of()));
    }

    private static Optional<OrchestrationEvent> decoded(StoredEvent event) {
        try {
            return OrchestrationLog.codec().decode(event).stream().findFirst();
        } catch (UndecodableEvent e) {
            return Optional.empty();
        }
    }

    private static @Nullable String reason(OrchestrationEvent event) {
        if (event instanceof CheckpointFailed failed) {
            return failed.reason();
        }
        if (event instanceof CommitFailed failed) {
            return failed.reason();
        }
        return event instanceof TurnFailed failed ? failed.message() : null;
    }

    private static List<TimelineEntry.Changed> changes(OrchestrationEvent event) {
        return event instanceof ThreadRenamed renamed
                ? List.of(new TimelineEntry.Changed("title", renamed.from(), renamed.title()))
                : List.of();
    }

    private static Card card(ProjectThread thread, Orchestration all) {
        Optional<Turn> last = thread.lastTurn().flatMap(all::turn);
        String project =
                all.project(thread.project()).map(known -> "in " + known.name()).orElse(null);
        Instant since = last.map(Turn::startedAt).orElse(thread.createdAt());
        return new Card(THREADS, state(thread, last), thread.id(), thread.title(), project, since, List.of());
    }

    private static String state(ProjectThread thread, Optional<Turn> last) {
        if (thread.archived()) {
            return "archived";
        }
        return last.filter(turn -> !turn.status().isOver())
                .map(turn -> turn.status() == TurnStatus.RUNNING ? WORKING : WAITING)
                .orElse("idle");
    }

    private static Card card(Turn turn) {
        String asked = turn.approvals().stream()
                .filter(turn::isPending)
                .findFirst()
                .map(approval -> approval.question())
                .orElse("in " + turn.thread());
        return new Card(TURNS, turn.status().word(), turn.id(), turn.prompt(), asked, turn.startedAt(), List.of());
    }

    private static Card card(Checkpoint checkpoint) {
        return new Card(
                CHECKPOINTS,
                checkpoint.outcome().word(),
                checkpoint.id(),
                "after " + checkpoint.turn(),
                checkpoint.reason() == null ? checkpoint.gitRef() : checkpoint.reason(),
                checkpoint.since(),
                List.of());
    }

    private static Card card(GitCommit commit) {
        return new Card(
                COMMITS,
                commit.outcome().word(),
                commit.id(),
                commit.message(),
                commit.reason() == null ? commit.gitRef() : commit.reason(),
                commit.since(),
                List.of());
    }
}
