package dev.recount.examples.workspaces;

import static dev.recount.examples.workspaces.Samples.AT;
import static dev.recount.examples.workspaces.Samples.CARD;
import static dev.recount.examples.workspaces.Samples.assigned;
import static dev.recount.examples.workspaces.Samples.degraded;
import static dev.recount.examples.workspaces.Samples.failed;
import static dev.recount.examples.workspaces.Samples.offline;
import static dev.recount.examples.workspaces.Samples.online;
import static dev.recount.examples.workspaces.Samples.provisioning;
import static dev.recount.examples.workspaces.Samples.removed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.workspaces.StructuralEvent.AgentCardUpdated;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentRemoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentReplaced;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceCollapsed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceExpanded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceUpdated;
import dev.recount.examples.workspaces.WorkspaceCommand.AssignAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.CollapseWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ExpandWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.FailProvisioning;
import dev.recount.examples.workspaces.WorkspaceCommand.MarkOffline;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.NewChild;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RegisterWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ReplaceAgent;
import dev.recount.examples.workspaces.WorkspaceCommand.ReportHealth;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateAgentCard;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.testkit.DeciderLaws;
import dev.recount.testkit.DeciderSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesTest {

    private static final StructuralEvent TEAM = new WorkspaceExpanded("a", "/", List.of("b"), AT);
    private static final NewChild CHILD = new NewChild("b", "The b", 2);

    private static DeciderSpec<WorkspaceCommand, Organisation, StructuralEvent> given(StructuralEvent... events) {
        return DeciderSpec.of(new WorkspaceDecider())
                .encodedBy(WorkspaceLog.codec())
                .given(events);
    }

    /** A tree of a; b below a; c below b. */
    private static DeciderSpec<WorkspaceCommand, Organisation, StructuralEvent> chain(StructuralEvent... more) {
        return given(provisioning("a"), provisioning("b", "a"), provisioning("c", "b"))
                .given(List.of(more));
    }

    @Test
    void the_laws_of_a_decider_hold() {
        RandomCommands commands = new RandomCommands(30);
        DeciderLaws.of(new WorkspaceDecider(), (random, organisation) -> commands.next(random))
                .withHistories(30, 40)
                .encodedBy(WorkspaceLog.codec())
                .check();
    }

    @Test
    void each_command_is_there_under_a_name() {
        assertThat(WorkspaceLog.commandCodec().types(WorkspaceCommand.class))
                .hasSize((int) Arrays.stream(WorkspaceCommand.class.getDeclaredClasses())
                        .filter(WorkspaceCommand.class::isAssignableFrom)
                        .count());
    }

    @Nested
    class Provisioning {

        @Test
        void it_begins_at_the_top_or_below_another_one() {
            given().when(new ProvisionWorkspace("a", "The a", 2, null, AT)).then(provisioning("a"));
            given(provisioning("a"))
                    .when(new ProvisionWorkspace("b", "The b", 2, "a", AT))
                    .then(provisioning("b", "a"));
        }

        @Test
        void not_twice_and_not_with_values_like_none() {
            given(provisioning("a"))
                    .when(new ProvisionWorkspace("a", "Again", 2, null, AT))
                    .thenRejected(WorkspaceRejected.WorkspaceExists.class);
            for (ProvisionWorkspace bad : List.of(
                    new ProvisionWorkspace("a/b", "x", 2, null, AT),
                    new ProvisionWorkspace("a", " ", 2, null, AT),
                    new ProvisionWorkspace("a", "x", 5, null, AT),
                    new ProvisionWorkspace("a", "x", 0, null, AT))) {
                given().when(bad).thenRejected(WorkspaceRejected.BadValue.class);
            }
        }

        @Test
        void it_fails_with_a_reason_and_only_while_it_lasts() {
            given(provisioning("a"))
                    .when(new FailProvisioning("a", "no quota", AT))
                    .then(failed("a"));
            given(provisioning("a"))
                    .when(new FailProvisioning("a", "", AT))
                    .thenRejected(WorkspaceRejected.BadValue.class);
            given(provisioning("a"), online("a"))
                    .when(new FailProvisioning("a", "no quota", AT))
                    .thenRejected(WorkspaceRejected.WrongStatus.class);
        }

        @Test
        void registering_brings_it_online_also_after_it_failed() {
            RegisterWorkspace register = new RegisterWorkspace("a", "http://a.test", CARD, AT);
            given(provisioning("a")).when(register).then(online("a"));
            given(provisioning("a"), failed("a")).when(register).then(online("a", Status.FAILED));
            given(provisioning("a"), online("a")).when(register).thenRejected(WorkspaceRejected.WrongStatus.class);
            given().when(register).thenRejected(WorkspaceRejected.WorkspaceNotFound.class);
        }
    }

    @Nested
    class Moving {

        @Test
        void a_workspace_moves_with_all_below_it() {
            chain().when(new MoveWorkspace("b", null, AT))
                    .then(new WorkspaceMoved("b", List.of("a", "/"), "a", null, AT));
        }

        @Test
        void to_where_it_stands_nothing_happens() {
            chain().when(new MoveWorkspace("b", "a", AT)).thenNothing();
        }

        @Test
        void M6_not_below_itself_or_what_is_below_it() {
            for (String below : List.of("a", "b", "c")) {
                chain().when(new MoveWorkspace("a", below, AT))
                        .thenRejected(
                                WorkspaceRejected.UnderItself.class,
                                refused -> assertThat(refused.ids())
                                        .isEqualTo(Map.of("workspace_id", "a", "target_id", below)));
            }
        }

        @Test
        void M6_not_below_what_never_was_or_is_gone() {
            chain().when(new MoveWorkspace("a", "x", AT))
                    .thenRejected(
                            WorkspaceRejected.ParentNotFound.class,
                            refused -> assertThat(refused.getMessage())
                                    .isEqualTo(
                                            "Workspace 'a' cannot stand below 'x', which does not exist. Name a workspace that"
                                                    + " does, or none for the top."));
            chain(removed("c", "b", "c"))
                    .when(new MoveWorkspace("a", "c", AT))
                    .thenRejected(WorkspaceRejected.ParentRemoved.class);
            given().when(new ProvisionWorkspace("b", "The b", 2, "x", AT))
                    .thenRejected(WorkspaceRejected.ParentNotFound.class);
        }
    }

    @Nested
    class Removing {

        @Test
        void M12_it_takes_all_below_it_along_the_deepest_first() {
            chain(provisioning("d", "a"))
                    .when(new RemoveWorkspace("a", null, AT))
                    .then(removed("c", "b", "a"), removed("b", "a", "a"), removed("d", "a", "a"), removed("a"));
        }

        @Test
        void who_asks_for_it_can_be_sent_elsewhere_but_not_to_what_goes_too() {
            given(provisioning("a"), provisioning("z"))
                    .when(new RemoveWorkspace("a", "z", AT))
                    .then(new StructuralEvent.WorkspaceRemoved("a", "/", null, "z", AT));
            for (String gone : List.of("a", "c", "x")) {
                chain().when(new RemoveWorkspace("a", gone, AT)).thenRejected(WorkspaceRejected.CannotForward.class);
            }
        }

        @Test
        void M8_after_it_nothing_happens_to_it_ever_again() {
            for (WorkspaceCommand late : List.of(
                    new ReportHealth("a", 0, null, AT),
                    new RegisterWorkspace("a", "http://a.test", CARD, AT),
                    new ProvisionWorkspace("a", "The a", 2, null, AT),
                    new FailProvisioning("a", "no quota", AT),
                    new MarkOffline("a", AT),
                    new RemoveWorkspace("a", null, AT),
                    new MoveWorkspace("a", null, AT),
                    new UpdateWorkspace("a", "b", null, null, AT),
                    new ExpandWorkspace("a", List.of(CHILD), AT),
                    new CollapseWorkspace("a", AT),
                    new AssignAgent("a", "scout", "small-1", AT),
                    new RemoveAgent("a", "tired", AT),
                    new ReplaceAgent("a", "scout", "small-1", AT),
                    new MoveAgent("a", "z", AT),
                    new UpdateAgentCard("a", CARD, AT))) {
                given(provisioning("a"), provisioning("z"), removed("a"))
                        .when(late)
                        .thenRejected(
                                WorkspaceRejected.WorkspaceRemoved.class,
                                refused -> assertThat(refused.code()).isEqualTo("WORKSPACE_REMOVED"));
            }
        }

        @Test
        void an_agent_comes_into_no_workspace_that_is_gone() {
            given(provisioning("a"), assigned("a", "scout"), provisioning("z"), removed("z"))
                    .when(new MoveAgent("a", "z", AT))
                    .thenRejected(WorkspaceRejected.WorkspaceRemoved.class);
        }
    }

    @Nested
    class Teams {

        @Test
        void M13_expanding_provisions_each_child_and_tells_their_ids() {
            NewChild other = new NewChild("c", "The c", 2);
            given(provisioning("a"))
                    .when(new ExpandWorkspace("a", List.of(CHILD, other), AT))
                    .then(
                            provisioning("b", "a"),
                            provisioning("c", "a"),
                            new WorkspaceExpanded("a", "/", List.of("b", "c"), AT));
        }

        @Test
        void M13_collapsing_removes_each_child_and_tells_their_ids() {
            given(provisioning("a"), provisioning("b", "a"), TEAM, provisioning("c", "b"))
                    .when(new CollapseWorkspace("a", AT))
                    .then(
                            removed("c", "b", "a"),
                            removed("b", "a", "a"),
                            new WorkspaceCollapsed("a", "/", List.of("c", "b"), AT));
        }

        @Test
        void a_team_is_made_once_of_children_that_are_new_and_ends_once() {
            given(provisioning("a"), provisioning("b", "a"), TEAM)
                    .when(new ExpandWorkspace("a", List.of(new NewChild("c", "The c", 1)), AT))
                    .thenRejected(WorkspaceRejected.AlreadyExpanded.class);
            given(provisioning("a"), provisioning("b"))
                    .when(new ExpandWorkspace("a", List.of(CHILD), AT))
                    .thenRejected(WorkspaceRejected.WorkspaceExists.class);
            given(provisioning("a"))
                    .when(new ExpandWorkspace("a", List.of(CHILD, CHILD), AT))
                    .thenRejected(WorkspaceRejected.WorkspaceExists.class);
            given(provisioning("a"))
                    .when(new ExpandWorkspace("a", List.of(), AT))
                    .thenRejected(WorkspaceRejected.BadValue.class);
            given(provisioning("a"))
                    .when(new CollapseWorkspace("a", AT))
                    .thenRejected(WorkspaceRejected.NotExpanded.class);
        }

        @Test
        void what_is_updated_is_told_with_what_it_was() {
            given(provisioning("a"))
                    .when(new UpdateWorkspace("a", "Find", "finder", 3, AT))
                    .then(new WorkspaceUpdated(
                            "a",
                            "/",
                            List.of(
                                    new Changed("name", "The a", "Find"),
                                    new Changed("role", null, "finder"),
                                    new Changed("tier", "2", "3")),
                            AT));
            given(provisioning("a"))
                    .when(new UpdateWorkspace("a", "The a", null, 2, AT))
                    .thenNothing();
            given(provisioning("a"))
                    .when(new UpdateWorkspace("a", null, null, 9, AT))
                    .thenRejected(WorkspaceRejected.BadValue.class);
        }
    }

    @Nested
    class Health {

        @Test
        void M7_it_is_degraded_from_one_half_on_and_only_from_online() {
            given(provisioning("a"), online("a"))
                    .when(new ReportHealth("a", 0.5, "timeout", AT))
                    .then(degraded("a", 0.5));
            given(provisioning("a"), online("a"))
                    .when(new ReportHealth("a", 0.49, "timeout", AT))
                    .thenNothing();
            given(provisioning("a"), online("a"), degraded("a", 0.5))
                    .when(new ReportHealth("a", 0.9, "timeout", AT))
                    .thenNothing();
            given(provisioning("a"), online("a"), offline("a"))
                    .when(new ReportHealth("a", 0.9, "timeout", AT))
                    .then(online("a", Status.OFFLINE));
            given(provisioning("a"))
                    .when(new ReportHealth("a", 0.9, "timeout", AT))
                    .thenRejected(WorkspaceRejected.WrongStatus.class);
        }

        @Test
        void M7_it_is_well_again_below_one_tenth_and_in_between_nothing_changes() {
            given(provisioning("a"), online("a"), degraded("a", 0.5))
                    .when(new ReportHealth("a", 0.09, null, AT))
                    .then(online("a", Status.DEGRADED));
            given(provisioning("a"), online("a"), degraded("a", 0.5))
                    .when(new ReportHealth("a", 0.1, null, AT))
                    .thenNothing();
        }

        @Test
        void an_error_rate_is_a_number_from_0_to_1() {
            for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
                given(provisioning("a"), online("a"))
                        .when(new ReportHealth("a", bad, null, AT))
                        .thenRejected(WorkspaceRejected.BadValue.class);
            }
        }

        @Test
        void it_goes_offline_once_and_only_when_it_was_up() {
            given(provisioning("a"), online("a")).when(new MarkOffline("a", AT)).then(offline("a"));
            given(provisioning("a"), online("a"), offline("a"))
                    .when(new MarkOffline("a", AT))
                    .thenNothing();
            given(provisioning("a")).when(new MarkOffline("a", AT)).thenRejected(WorkspaceRejected.WrongStatus.class);
        }
    }

    @Nested
    class Agents {

        @Test
        void M10_one_agent_is_active_in_a_workspace_and_assigning_another_is_a_conflict() {
            given(provisioning("a"))
                    .when(new AssignAgent("a", "scout", "small-1", AT))
                    .then(assigned("a", "scout"));
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new AssignAgent("a", "rover", "small-1", AT))
                    .thenRejected(
                            WorkspaceRejected.WorkspaceOccupied.class,
                            refused -> assertThat(refused.ids())
                                    .isEqualTo(Map.of("workspace_id", "a", "agent_id", "scout")));
            given(provisioning("a"), assigned("a", "scout"), provisioning("b"))
                    .when(new AssignAgent("b", "scout", "small-1", AT))
                    .thenRejected(WorkspaceRejected.AgentElsewhere.class);
            given(provisioning("a"))
                    .when(new AssignAgent("a", "no agent", "small-1", AT))
                    .thenRejected(WorkspaceRejected.BadValue.class);
        }

        @Test
        void M10_where_none_is_there_is_none_to_replace_remove_or_move() {
            for (WorkspaceCommand command : List.of(
                    new ReplaceAgent("a", "rover", "small-1", AT),
                    new RemoveAgent("a", "tired", AT),
                    new MoveAgent("a", "b", AT))) {
                given(provisioning("a"), provisioning("b"))
                        .when(command)
                        .thenRejected(WorkspaceRejected.AgentNotFound.class);
            }
        }

        @Test
        void M10_an_agent_moves_to_a_free_workspace_only() {
            given(provisioning("a"), assigned("a", "scout"), provisioning("b"), assigned("b", "rover"))
                    .when(new MoveAgent("a", "b", AT))
                    .thenRejected(WorkspaceRejected.WorkspaceOccupied.class);
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new MoveAgent("a", "a", AT))
                    .thenNothing();
        }

        @Test
        void M11_a_move_is_one_event() {
            given(provisioning("a"), assigned("a", "scout"), provisioning("b", "a"))
                    .when(new MoveAgent("a", "b", AT))
                    .then(new AgentMoved("scout", List.of("/", "a"), "a", "b", AT));
        }

        @Test
        void replacing_tells_who_was_there_and_replacing_by_the_same_nothing() {
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new ReplaceAgent("a", "rover", "large-1", AT))
                    .then(new AgentReplaced("a", "/", "rover", "large-1", "scout", "small-1", AT));
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new ReplaceAgent("a", "scout", "small-1", AT))
                    .thenNothing();
        }

        @Test
        void removing_needs_a_reason() {
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new RemoveAgent("a", "tired", AT))
                    .then(new AgentRemoved("a", "/", "scout", "tired", AT));
            given(provisioning("a"), assigned("a", "scout"))
                    .when(new RemoveAgent("a", " ", AT))
                    .thenRejected(WorkspaceRejected.BadValue.class);
        }

        @Test
        void a_card_is_updated_where_it_says_something_else() {
            AgentCard other = new AgentCard("Scout", List.of("search"));
            given(provisioning("a"), online("a"))
                    .when(new UpdateAgentCard("a", other, AT))
                    .then(new AgentCardUpdated("a", "/", other, AT));
            given(provisioning("a"), online("a"))
                    .when(new UpdateAgentCard("a", CARD, AT))
                    .thenNothing();
        }
    }
}
