package dev.recount.examples.orchestration;

import static dev.recount.examples.orchestration.Desk.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.command.Outcome;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.replay.Replayed;
import dev.recount.snapshot.SnapshotProblem;
import dev.recount.snapshot.SnapshotStore;
import dev.recount.snapshot.Snapshots;
import dev.recount.snapshot.StateCodec;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.ReceiptConflict;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.memory.MemorySnapshots;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, and what is made of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogTest {

    @TempDir
    Path folder;

    @Test
    void P4_a_project_a_thread_and_a_turn_give_exactly_this_model_from_memory() {
        MemoryEventStore store = MemoryEventStore.create();
        begin(store);

        requireExactModel(Desk.over(store).state());
    }

    @Test
    void P4_and_from_a_file_and_its_tables() {
        try (SqliteEventStore store = file()) {
            begin(store);

            requireExactModel(Desk.over(store).state());
            assertThat(LiveTables.in(store))
                    .isEqualTo(Map.of("thread:t1", "p1|Fix it|0", "turn:u1", "t1|running|Fix the login|0|0|0|0|null"));
        }
    }

    @Test
    void P14_a_command_that_is_repeated_gives_its_first_outcome_and_another_one_of_the_same_id_a_conflict() {
        Desk desk = Desk.over(MemoryEventStore.create()).ready("/src/app");
        Metadata id = Metadata.empty().withCommandId("start-1");
        StartTurn start = new StartTurn("t1", "u1", "Go", AT);
        Outcome<OrchestrationEvent> first = desk.commands().handle(start, id);
        long head = desk.head();

        Outcome<OrchestrationEvent> again = desk.commands().handle(new StartTurn("t1", "u1", "Go", AT), id);

        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.appended().repeated()).isTrue();
        assertThatExceptionOfType(ReceiptConflict.class)
                .isThrownBy(() -> desk.commands().handle(new StartTurn("t1", "u1", "Stop", AT), id))
                .withMessageContaining("start-1");
        assertThat(desk.head()).isEqualTo(head);
    }

    @Test
    void P15_what_led_to_what_in_a_turn_is_kept_and_can_be_printed() {
        Desk desk = Desk.over(MemoryEventStore.create()).ready("/src/app");
        Metadata ann = Metadata.empty().withActor("ann").withCorrelationId("talk-1");
        desk.commands().handle(new StartTurn("t1", "u1", "Go", AT), ann.withCommandId("start-1"));
        Metadata byTurn = Metadata.empty().withCorrelationId("talk-1").withCausationId("event:3");
        for (ProviderEvent told : List.of(new TextDelta("Done."), new TurnComplete(""))) {
            desk.commands().handle(new IngestProviderEvent("t1", "u1", told, AT), byTurn);
        }
        Metadata byEnd = Metadata.empty().withCorrelationId("talk-1").withCausationId("event:5");
        desk.commands().handle(new RequestCheckpoint("t1", "u1", "c1", AT), byEnd.withCommandId("keep-1"));
        desk.commands()
                .handle(
                        new RecordCheckpoint("t1", "c1", "abc", AT),
                        Metadata.empty().withCausationId("keep-1"));

        assertThat(CausationGraph.ofTurn(desk.log(), "u1").print()).isEqualTo("""
                        u1
                        └─ 3 turn_started   Asked: "Go"   (command start-1, by ann, in talk-1)
                           ├─ 4 text_streamed   Said "Done."   (in talk-1)
                           └─ 5 turn_completed   Turn done   (in talk-1)
                              └─ 6 checkpoint_requested   Checkpoint c1 wanted   (command keep-1, in talk-1)
                                 └─ 7 checkpoint_created   Checkpoint c1 kept as abc
                        """);
    }

    @Test
    void P16_a_snapshot_of_another_version_or_a_corrupt_one_is_ignored_and_not_trusted() {
        Desk desk = Desk.over(MemoryEventStore.create()).ready("/src/app");
        desk.turn("u1");
        Orchestration all = desk.state();
        List<SnapshotProblem> problems = new ArrayList<>();

        SnapshotStore ofAnotherVersion = MemorySnapshots.create();
        keep(desk, Snapshots.of(ofAnotherVersion, "orchestration", 2, lying("{}")));
        assertThat(replayed(desk, OrchestrationSnapshots.in(ofAnotherVersion)).state())
                .isEqualTo(all);

        SnapshotStore corrupt = MemorySnapshots.create();
        keep(desk, Snapshots.of(corrupt, "orchestration", 1, lying("{\"projects\":[")));
        assertThat(replayed(desk, OrchestrationSnapshots.in(corrupt).reportingTo(problems::add))
                        .state())
                .isEqualTo(all);
        assertThat(problems).isNotEmpty();

        SnapshotStore good = MemorySnapshots.create();
        keep(desk, OrchestrationSnapshots.in(good));
        desk.turn("u2");
        Replayed<Orchestration> tail =
                replayed(desk, OrchestrationSnapshots.in(good).reportingTo(problems::add));
        assertThat(tail.state()).isEqualTo(desk.state());
        assertThat(problems).hasSize(1);
    }

    @Test
    void P17_old_events_are_read_and_one_that_cannot_be_is_told_with_its_sequence_while_the_rest_goes_on() {
        try (SqliteEventStore store = file()) {
            Desk desk = Desk.over(store).ready("/src/app");
            desk.handle(new CreateThread("p1", "t2", "Other", AT));
            desk.handle(new StartTurn("t1", "u1", "Go", AT));
            desk.tell("u1", new ProviderEvent.ToolCall("call-1", "shell", "make"));
            desk.tell("u1", new ProviderEvent.AwaitingApproval("ask-1", "call-1", "May I?"));
            append(store, old("approval_answered", "\"approval\":\"ask-1\",\"answer\":\"approvedForSession\""));
            append(store, old("turn_completed", ""));
            Turn turn = desk.state().turn("u1").orElseThrow();
            assertThat(turn.approvals())
                    .containsExactly(new Approval("ask-1", "call-1", "May I?", Answer.ACCEPT_FOR_SESSION));
            assertThat(turn.ending()).isEmpty();

            append(store, old("turn_started", "\"prompt\":{}"));
            long broken = store.info().head();
            Replayed<Orchestration> replayed =
                    desk.log().replay(new OrchestrationProjector()).run();
            store.append(Append.of(List.of(
                    OrchestrationLog.codec().encode(new ThreadEvent.ThreadRenamed("p1", "t2", "Other", "New", AT)))));

            assertThat(replayed.skipped()).isEqualTo(1);
            assertThat(replayed.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.sequence()).isEqualTo(broken);
                assertThat(problem.getMessage()).contains("turn_started").contains("prompt");
            });
            assertThat(LiveTables.in(store))
                    .containsEntry("thread:t2", "p1|New|0")
                    .containsKey("turn:u1");
            assertThat(store.readModels())
                    .singleElement()
                    .satisfies(model -> assertThat(model.failures())
                            .singleElement()
                            .satisfies(failure -> assertThat(failure.sequence()).isEqualTo(broken)));
        }
    }

    private SqliteEventStore file() {
        return SqliteEventStore.open(
                folder.resolve("log.db"), SqliteOptions.defaults().withInline(new OrchestrationTables()));
    }

    private static void begin(EventStore store) {
        Desk.over(store).ready("/src/./app/").handle(new StartTurn("t1", "u1", "Fix the login", AT));
    }

    private static void requireExactModel(Orchestration all) {
        assertThat(all.projects()).isEqualTo(Map.of("p1", new Project("p1", "Login", "/src/app")));
        assertThat(all.threads())
                .isEqualTo(Map.of(
                        "t1",
                        new ProjectThread("t1", "p1", "Fix it", false, List.of(new Item(Item.Kind.TURN, "u1")), AT)));
        assertThat(all.turns())
                .isEqualTo(Map.of(
                        "u1",
                        new Turn("u1", "t1", "Fix the login", TurnStatus.RUNNING, List.of(), List.of(), null, AT)));
        assertThat(all.checkpoints()).isEmpty();
        assertThat(all.commits()).isEmpty();
    }

    private static void keep(Desk desk, Snapshots<Orchestration> snapshots) {
        replayed(desk, snapshots.withInterval(1));
    }

    private static Replayed<Orchestration> replayed(Desk desk, Snapshots<Orchestration> snapshots) {
        return desk.log()
                .replay(new OrchestrationProjector())
                .withSnapshots(snapshots)
                .run();
    }

    /** Writes something else than the state. */
    private static StateCodec<Orchestration> lying(String text) {
        return new StateCodec<>() {
            @Override
            public String encode(Orchestration all) {
                return text;
            }

            @Override
            public Orchestration decode(String ignored) {
                return Orchestration.empty();
            }
        };
    }

    private static void append(EventStore store, NewEvent event) {
        store.append(Append.of(List.of(event)));
    }

    private static NewEvent old(String type, String more) {
        String data = "{\"project\":\"p1\",\"thread\":\"t1\",\"turn\":\"u1\"," + (more.isEmpty() ? "" : more + ",")
                + "\"occurredAt\":\"2026-03-01T12:00:00Z\"}";
        return NewEvent.of(type, data)
                .withTags(Tags.of("project", "p1").and("thread", "t1").and("turn", "u1"));
    }
}
