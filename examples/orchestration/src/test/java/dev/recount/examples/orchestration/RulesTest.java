package dev.recount.examples.orchestration;

import static dev.recount.examples.orchestration.Desk.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.examples.orchestration.GitCommand.FailCommit;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RecordCommit;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCommit;
import dev.recount.examples.orchestration.GitCommand.RevertToCheckpoint;
import dev.recount.examples.orchestration.OrchestrationRejected.CheckpointNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.CommitNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.ProjectPathDuplicate;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadBusy;
import dev.recount.examples.orchestration.OrchestrationRejected.ThreadNotFound;
import dev.recount.examples.orchestration.OrchestrationRejected.ToolCallNotFound;
import dev.recount.examples.orchestration.ProjectCommand.CreateProject;
import dev.recount.examples.orchestration.ProjectCommand.DeleteProject;
import dev.recount.examples.orchestration.ProjectCommand.UpdateProject;
import dev.recount.examples.orchestration.ProviderEvent.ToolCall;
import dev.recount.examples.orchestration.ProviderEvent.ToolResult;
import dev.recount.examples.orchestration.ThreadCommand.CreateThread;
import dev.recount.examples.orchestration.ThreadCommand.DeleteThread;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.store.memory.MemoryEventStore;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Rules that take several steps to see. Each single decision is in {@link Facts}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {

    private final Desk desk = Desk.over(MemoryEventStore.create());

    @Test
    void P3_a_folder_is_one_however_it_is_written_and_free_again_when_its_project_left_it() {
        desk.handle(new CreateProject("a", "A", "/src/app/", AT));

        for (String same : List.of("/src/app", "/src/./app", "//src/lib/../app/.", "/../src/app//")) {
            assertThatExceptionOfType(ProjectPathDuplicate.class)
                    .isThrownBy(() -> desk.handle(new CreateProject("b", "B", same, AT)))
                    .satisfies(refused ->
                            assertThat(refused.path() + refused.project()).isEqualTo("/src/appa"));
        }
        desk.handle(new UpdateProject("a", null, "/src/moved", AT));
        desk.handle(new CreateProject("b", "B", "/src/app", AT));
        desk.handle(new DeleteProject("a", AT));
        desk.handle(new CreateProject("c", "C", "/src/moved/", AT));

        assertThat(desk.state().projects().values())
                .containsExactly(new Project("b", "B", "/src/app"), new Project("c", "C", "/src/moved"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreateProject("d", "D", "src/app", AT))
                .withMessageContaining("'src/app'");
    }

    @Test
    void a_blank_name_is_refused_whichever_command_gives_it() {
        for (String blank : List.of("", " ", "\t\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CreateProject("a", blank, "/src/app", AT))
                    .withMessageContaining("lacks an id or a name");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new UpdateProject("a", blank, null, AT))
                    .withMessageContaining("lacks an id or a name");
        }
    }

    @Test
    void P5_two_turns_in_one_batch_are_refused_together_and_nothing_is_stored() {
        desk.ready("/src/app");
        long before = desk.head();
        List<OrchestrationCommand> twice =
                List.of(new StartTurn("t1", "u1", "One", AT), new StartTurn("t1", "u2", "Two", AT));

        assertThatExceptionOfType(ThreadBusy.class)
                .isThrownBy(() -> OrchestrationLog.batches(desk.log()).handle(twice))
                .satisfies(refused -> assertThat(refused.work()).isEqualTo("turn:u1"));

        assertThat(desk.head()).isEqualTo(before);
    }

    @Test
    void P5_what_may_follow_in_one_batch_is_stored_in_one_append() {
        List<OrchestrationCommand> batch = List.of(
                new CreateProject("p1", "Login", "/src/app", AT),
                new CreateThread("p1", "t1", "Fix it", AT),
                new StartTurn("t1", "u1", "One", AT));

        var outcome = OrchestrationLog.batches(desk.log()).handle(batch);

        assertThat(outcome.events()).hasSize(3);
        assertThat(outcome.appended().first()).isEqualTo(1);
        assertThat(desk.state().turn("u1")).isPresent();
    }

    @Test
    void P7_a_result_goes_to_the_call_of_its_id_though_both_use_the_same_tool() {
        desk.ready("/src/app").handle(new StartTurn("t1", "u1", "Go", AT));
        desk.tell("u1", new ToolCall("call-1", "shell", "make"));
        desk.tell("u1", new ToolCall("call-2", "shell", "make test"));
        desk.tell("u1", new ToolResult("call-2", "green", false));

        Turn turn = desk.state().turn("u1").orElseThrow();
        assertThat(turn.toolUse("call-1")).contains(new Entry.ToolUse("call-1", "shell", null, false));
        assertThat(turn.toolUse("call-2")).contains(new Entry.ToolUse("call-2", "shell", "green", false));
        assertThatExceptionOfType(ToolCallNotFound.class)
                .isThrownBy(() -> desk.tell("u1", new ToolResult("shell", "green", false)))
                .satisfies(refused -> assertThat(refused.toolCall()).isEqualTo("shell"));
    }

    @Test
    void P9_with_a_project_go_its_threads_turns_checkpoints_and_commits_and_nothing_dangles() {
        desk.ready("/src/app").handle(new CreateProject("p2", "Other", "/src/other", AT));
        desk.handle(new CreateThread("p2", "t9", "Stays", AT));
        desk.handle(new StartTurn("t9", "u9", "Stay", AT));
        desk.turn("u1");
        desk.checkpoint("u1", "c1");
        desk.handle(new RequestCommit("t1", "u1", "m1", "Mend", AT));

        desk.handle(new DeleteProject("p1", AT));

        Orchestration left = desk.state();
        assertThat(left.projects().keySet()).containsExactly("p2");
        assertThat(left.threads().keySet()).containsExactly("t9");
        assertThat(left.turns().keySet()).containsExactly("u9");
        assertThat(left.checkpoints()).isEmpty();
        assertThat(left.commits()).isEmpty();
        assertThat(Integrity.problems(left)).isEmpty();
    }

    @Test
    void P9_the_referential_check_sees_what_dangles() {
        desk.ready("/src/app").turn("u1");
        Orchestration broken = desk.state().without(Item.turn("u1")).withoutProject("p1");

        assertThat(Integrity.problems(broken))
                .containsExactly(
                        "thread:t1 is in project:p1, which is not there",
                        "thread:t1 lists turn:u1, which is not there or listed before");
    }

    @Test
    void P12_an_outcome_that_comes_after_a_revert_or_a_deletion_is_refused_and_changes_nothing() {
        desk.ready("/src/app").turn("u1");
        desk.checkpoint("u1", "c1");
        desk.turn("u2");
        desk.handle(new RequestCheckpoint("t1", "u2", "c2", AT));
        desk.handle(new RevertToCheckpoint("t1", "c1", AT));
        desk.handle(new RequestCommit("t1", "u1", "m1", "Mend", AT));
        desk.handle(new RevertToCheckpoint("t1", "c1", AT));
        Orchestration before = desk.state();

        assertThatExceptionOfType(CheckpointNotFound.class)
                .isThrownBy(() -> desk.handle(new RecordCheckpoint("t1", "c2", "late", AT)));
        assertThatExceptionOfType(CommitNotFound.class)
                .isThrownBy(() -> desk.handle(new RecordCommit("t1", "m1", "late", AT)));
        assertThat(desk.state()).isEqualTo(before);
        assertThat(Integrity.problems(before)).isEmpty();

        desk.handle(new DeleteThread("t1", AT));
        assertThatExceptionOfType(ThreadNotFound.class)
                .isThrownBy(() -> desk.handle(new FailCommit("t1", "m1", "late", AT)));
        assertThat(Integrity.problems(desk.state())).isEmpty();
    }

    @Test
    void P13_a_revert_gives_the_thread_exactly_as_it_was_at_the_checkpoint() {
        desk.ready("/src/app").turn("u1");
        desk.handle(new RequestCommit("t1", "u1", "m1", "Mend", AT));
        desk.handle(new RecordCommit("t1", "m1", "abc", AT));
        desk.checkpoint("u1", "c1");
        Orchestration then = desk.state();
        desk.turn("u2");
        desk.handle(new RequestCommit("t1", "u2", "m2", "More", AT));
        desk.handle(new RecordCommit("t1", "m2", "def", AT));
        desk.checkpoint("u2", "c2");

        desk.handle(new RevertToCheckpoint("t1", "c1", AT));

        Orchestration now = desk.state();
        assertThat(now.threads()).isEqualTo(then.threads());
        assertThat(now.turns()).isEqualTo(then.turns());
        assertThat(now.checkpoints()).isEqualTo(then.checkpoints());
        assertThat(now.commits()).isEqualTo(then.commits());
    }
}
