package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.examples.town.AgentRejected.AgentNotFound;
import dev.recount.examples.town.AgentRejected.DuplicateAgent;
import dev.recount.examples.town.AgentRejected.RoleTaken;
import dev.recount.examples.town.HookRejected.AgentAlreadyHooked;
import dev.recount.examples.town.HookRejected.BeadAlreadyHooked;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.ReasonMissing;
import dev.recount.examples.town.TownRejected.TerminalState;
import dev.recount.testkit.DeciderSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesTest {

    private static final Instant NOON = CommandCase.NOON;
    private static final Instant LATER = NOON.plusSeconds(60);

    private final DeciderSpec<TownCommand, TownState, TownEvent> town =
            DeciderSpec.of(new TownDecider()).encodedBy(TownLog.codec());

    private static TownEvent created(String bead) {
        return new TownEvent.BeadCreated(
                bead, BeadDetails.of(BeadType.ISSUE, bead), Status.OPEN, null, List.of(), "mayor", null, NOON);
    }

    private static TownEvent spawned(String agent, Role role) {
        return new AgentEvent.AgentSpawned(agent, agent + "!", role.word(), "mayor", null, NOON);
    }

    private static TownEvent hooked(String bead, String agent) {
        return new TownEvent.BeadHooked(bead, agent, agent + "!", Status.OPEN, "mayor", null, NOON);
    }

    private static TownEvent unhooked(String bead, String agent, String actor, String reason) {
        return new TownEvent.BeadUnhooked(bead, agent, actor, reason, NOON);
    }

    private static TownEvent moved(String bead, String agent, Status from, Status to, String actor, String reason) {
        return new TownEvent.StatusChanged(bead, agent, from, to, actor, reason, NOON);
    }

    private static TownEvent inProgress(String bead, String agent) {
        return moved(bead, agent, Status.OPEN, Status.IN_PROGRESS, "mayor", null);
    }

    private static TownEvent closed(String bead) {
        return new TownEvent.BeadClosed(bead, null, Status.OPEN, "mayor", "done", NOON);
    }

    @Nested
    class Hooking {

        @Test
        void stores_hooked_and_the_move_to_in_progress_in_one_append() {
            town.given(created("b1"), spawned("toast", Role.POLECAT))
                    .when(CommandCase.hook("b1", "toast"))
                    .then(hooked("b1", "toast"), inProgress("b1", "toast"));
        }

        @Test
        void an_unknown_agent_or_bead_is_refused() {
            town.given(created("b1")).when(CommandCase.hook("b1", "toast")).thenRejected(AgentNotFound.class);
            town.given(spawned("toast", Role.POLECAT))
                    .when(CommandCase.hook("b1", "toast"))
                    .thenRejected(BeadNotFound.class);
        }

        @Test
        void the_same_bead_twice_is_accepted_and_stores_nothing() {
            town.given(created("b1"), spawned("toast", Role.POLECAT), hooked("b1", "toast"), inProgress("b1", "toast"))
                    .when(CommandCase.hook("b1", "toast"))
                    .thenNothing();
        }

        @Test
        void an_agent_that_holds_another_bead_is_refused_by_name_of_that_bead() {
            TownDecider decider = new TownDecider();
            TownState held = decider.projectAll(
                    TownState.empty(),
                    List.of(created("b1"), created("b2"), spawned("toast", Role.POLECAT), hooked("b1", "toast")));

            assertThatExceptionOfType(AgentAlreadyHooked.class)
                    .isThrownBy(() -> decider.decide(CommandCase.hook("b2", "toast"), held))
                    .satisfies(refusal -> assertThat(refusal.bead()).isEqualTo("b1"))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("AGENT_ALREADY_HOOKED"))
                    .withMessage("Agent toast holds bead b1. Unhook that one first.");
        }

        @Test
        void a_bead_that_another_agent_holds_is_refused() {
            town.given(created("b1"), spawned("toast", Role.POLECAT), spawned("nux", Role.POLECAT), hooked("b1", "nux"))
                    .when(CommandCase.hook("b1", "toast"))
                    .thenRejected(BeadAlreadyHooked.class);
        }

        @Test
        void slinging_to_a_known_agent_registers_it_no_second_time() {
            town.given(spawned("nux", Role.POLECAT))
                    .when(CommandCase.sling("b1", "nux"))
                    .then(
                            new TownEvent.BeadCreated(
                                    "b1",
                                    BeadDetails.of(BeadType.ISSUE, "Fix it"),
                                    Status.OPEN,
                                    null,
                                    List.of(),
                                    "mayor",
                                    null,
                                    NOON),
                            hooked("b1", "nux"),
                            inProgress("b1", "nux"));
        }
    }

    @Nested
    class Moving {

        @Test
        void to_the_same_status_stores_nothing() {
            town.given(created("b1"))
                    .when(new BeadCommand.UpdateBeadStatus("b1", Status.OPEN, null, "mayor", NOON))
                    .thenNothing();
        }

        @Test
        void closing_twice_keeps_the_first_time() {
            TownDecider decider = new TownDecider();
            TownState town = decider.projectAll(TownState.empty(), List.of(created("b1"), closed("b1")));

            List<TownEvent> again = decider.decide(new BeadCommand.CloseBead("b1", "again", "mayor", LATER), town);

            assertThat(again).isEmpty();
            assertThat(town.bead("b1").orElseThrow().closedAt()).isEqualTo(NOON);
        }

        @Test
        void a_closed_or_failed_bead_is_refused_with_its_status() {
            town.given(created("b1"), closed("b1"))
                    .when(new BeadCommand.UpdateBeadStatus("b1", Status.OPEN, null, "mayor", NOON))
                    .thenRejected(TerminalState.class);
            town.given(created("b1"), moved("b1", null, Status.OPEN, Status.FAILED, "mayor", "broken"))
                    .when(new BeadCommand.CloseBead("b1", null, "mayor", NOON))
                    .thenRejected(TerminalState.class);
        }

        @Test
        void reopening_forgets_when_and_why_it_was_closed() {
            TownState town = new TownProjector()
                    .projectAll(
                            TownState.empty(),
                            List.of(
                                    created("b1"),
                                    closed("b1"),
                                    moved("b1", null, Status.CLOSED, Status.OPEN, "mayor", "not done")));

            assertThat(town.bead("b1").orElseThrow().closedAt()).isNull();
            assertThat(town.bead("b1").orElseThrow().outcome()).isNull();
        }

        @Test
        void failing_needs_a_reason_whichever_command_asks_for_it() {
            town.given(created("b1"))
                    .when(new BeadCommand.FailBead("b1", null, "mayor", NOON))
                    .thenRejected(ReasonMissing.class);
            town.given(created("b1"))
                    .when(new BeadCommand.UpdateBeadStatus("b1", Status.FAILED, "", "mayor", NOON))
                    .thenRejected(ReasonMissing.class);
        }

        @Test
        void the_reason_of_a_failure_is_in_its_event() {
            town.given(created("b1"))
                    .when(new BeadCommand.FailBead("b1", "cannot reproduce", "mayor", NOON))
                    .then(moved("b1", null, Status.OPEN, Status.FAILED, "mayor", "cannot reproduce"));
        }
    }

    @Nested
    class Ending {

        private final List<TownEvent> atWork = List.of(
                created("b1"), spawned("toast", Role.POLECAT), hooked("b1", "toast"), inProgress("b1", "toast"));

        @Test
        void done_hands_in_and_lets_go_in_consecutive_events() {
            town.given(atWork)
                    .when(new HookCommand.AgentDone("b1", "toast", "ready", "toast", NOON))
                    .then(
                            new TownEvent.ReviewSubmitted("b1", "toast", "toast", "ready", NOON),
                            unhooked("b1", "toast", "toast", "ready"),
                            moved("b1", "toast", Status.IN_PROGRESS, Status.IN_REVIEW, "toast", "ready"));
        }

        @Test
        void completed_closes_lets_go_and_leaves_the_agent_idle() {
            List<TownEvent> events = new TownDecider()
                    .decide(
                            new HookCommand.AgentCompleted("b1", "toast", false, "done", "toast", NOON),
                            new TownProjector().projectAll(TownState.empty(), atWork));
            TownState after =
                    new TownProjector().projectAll(new TownProjector().projectAll(TownState.empty(), atWork), events);

            assertThat(events)
                    .containsExactly(
                            new TownEvent.BeadClosed("b1", "toast", Status.IN_PROGRESS, "toast", "done", NOON),
                            unhooked("b1", "toast", "toast", "done"));
            assertThat(after.agent("toast").orElseThrow().status()).isEqualTo(AgentStatus.IDLE);
            assertThat(after.agent("toast").orElseThrow().hookedBead()).isNull();
        }

        @Test
        void failed_needs_a_reason() {
            town.given(atWork)
                    .when(new HookCommand.AgentCompleted("b1", "toast", true, null, "toast", NOON))
                    .thenRejected(ReasonMissing.class);
        }

        @Test
        void an_agent_that_leaves_opens_its_bead_again_by_an_event() {
            town.given(atWork)
                    .when(new AgentCommand.AgentExits("toast", "tired", "toast", NOON))
                    .then(
                            new AgentEvent.AgentExited("toast", "toast!", "polecat", "toast", "tired", NOON),
                            unhooked("b1", "toast", "toast", "tired"),
                            moved("b1", "toast", Status.IN_PROGRESS, Status.OPEN, "toast", "tired"));
        }

        @Test
        void an_agent_that_leaves_its_bead_stays_gone() {
            TownDecider decider = new TownDecider();
            TownState town = decider.projectAll(TownState.empty(), atWork);

            TownState after = decider.projectAll(
                    town, decider.decide(new AgentCommand.AgentExits("toast", "tired", "toast", NOON), town));

            assertThat(after.agent("toast").orElseThrow().status()).isEqualTo(AgentStatus.DEAD);
            assertThat(after.agent("toast").orElseThrow().hookedBead()).isNull();
        }

        @Test
        void deleting_takes_parts_and_hooks_along_with_one_event_each() {
            TownEvent part = new TownEvent.BeadCreated(
                    "b2", BeadDetails.none().with("parent", "b1"), Status.OPEN, null, List.of(), "mayor", null, NOON);

            town.given(created("b1"), part, spawned("toast", Role.POLECAT), hooked("b2", "toast"))
                    .when(new BeadCommand.DeleteBead("b1", "never mind", "mayor", NOON))
                    .then(
                            unhooked("b2", "toast", "mayor", "never mind"),
                            new TownEvent.BeadDeleted("b2", Status.OPEN, null, "mayor", "never mind", NOON),
                            new TownEvent.BeadDeleted("b1", Status.OPEN, null, "mayor", "never mind", NOON));
        }
    }

    @Nested
    class Mail {

        @Test
        void is_stored_with_sender_recipient_and_subject_though_nobody_is_there() {
            List<TownEvent> events = new TownDecider().decide(CommandCase.mail("m1"), TownState.empty());

            assertThat(events).contains(new MailEvent.MailSent("m1", "toast", "mayor", "Hello", "toast", null, NOON));
        }

        @Test
        void is_delivered_in_order_and_once() {
            TownDecider decider = new TownDecider();
            TownState sent = after(decider, TownState.empty(), CommandCase.mail("m1"), CommandCase.mail("m2"));

            TownState first = after(decider, sent, CommandCase.deliver("m1"));

            assertThat(sent.undelivered("mayor")).containsExactly("m1", "m2");
            assertThat(first.undelivered("mayor")).containsExactly("m2");
            assertThat(decider.decide(CommandCase.deliver("m1"), first)).isEmpty();
            assertThat(decider.decide(CommandCase.deliver("m2"), first)).hasSize(2);
        }

        private static TownState after(TownDecider decider, TownState town, TownCommand... commands) {
            TownState state = town;
            for (TownCommand command : commands) {
                state = decider.projectAll(state, decider.decide(command, state));
            }
            return state;
        }
    }

    @Nested
    class Registering {

        @Test
        void a_taken_id_or_name_is_refused() {
            town.given(spawned("toast", Role.POLECAT))
                    .when(CommandCase.agent("toast", "Another", Role.POLECAT))
                    .thenRejected(DuplicateAgent.class);
            town.given(spawned("toast", Role.POLECAT))
                    .when(CommandCase.agent("another", "toast!", Role.POLECAT))
                    .thenRejected(DuplicateAgent.class);
        }

        @Test
        void a_second_mayor_is_refused_and_a_second_polecat_is_not() {
            town.given(spawned("m1", Role.MAYOR))
                    .when(CommandCase.agent("m2", "Two", Role.MAYOR))
                    .thenRejected(RoleTaken.class);
            town.given(spawned("p1", Role.POLECAT))
                    .when(CommandCase.agent("p2", "Two", Role.POLECAT))
                    .then(new AgentEvent.AgentSpawned("p2", "Two", "polecat", "mayor", null, NOON));
        }

        @Test
        void the_id_and_role_of_an_agent_that_left_are_free_again() {
            town.given(spawned("m1", Role.MAYOR), new AgentEvent.AgentExited("m1", "m1!", "mayor", "m1", "old", NOON))
                    .when(CommandCase.agent("m1", "m1!", Role.MAYOR))
                    .then(new AgentEvent.AgentSpawned("m1", "m1!", "mayor", "mayor", null, NOON));
        }
    }
}
