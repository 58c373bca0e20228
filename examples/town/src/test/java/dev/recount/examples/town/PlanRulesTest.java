package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.examples.town.ConvoyRejected.AlreadyLanded;
import dev.recount.examples.town.ConvoyRejected.ConvoyNotReady;
import dev.recount.examples.town.ConvoyRejected.EmptyConvoy;
import dev.recount.examples.town.MoleculeRejected.EmptyMolecule;
import dev.recount.examples.town.MoleculeRejected.MoleculeFinished;
import dev.recount.examples.town.MoleculeRejected.StepOutOfOrder;
import dev.recount.examples.town.TownRejected.BeadExists;
import dev.recount.examples.town.TownRejected.BeadNotFound;
import dev.recount.examples.town.TownRejected.FieldFixed;
import dev.recount.examples.town.TownRejected.OwnCommandNeeded;
import dev.recount.examples.town.TownRejected.PartOfItself;
import dev.recount.examples.town.TownRejected.TerminalState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Escalations, molecules and convoys: what one rig decides about them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanRulesTest {

    private static final Instant NOON = CommandCase.NOON;
    private static final TownDecider RULES = new TownDecider();

    private static TownState after(TownCommand... commands) {
        TownState town = TownState.empty();
        for (TownCommand command : commands) {
            town = RULES.projectAll(town, RULES.decide(command, town));
        }
        return town;
    }

    private static void assertRefused(
            Class<? extends TownRejected> refusal, String message, TownCommand command, TownState town) {
        assertThatExceptionOfType(refusal)
                .isThrownBy(() -> RULES.decide(command, town))
                .withMessage(message);
    }

    private static TownCommand close(String bead) {
        return new BeadCommand.CloseBead(bead, "done", "mayor", NOON);
    }

    private static TownCommand reopen(String bead) {
        return new BeadCommand.ReopenBead(bead, null, "mayor", NOON);
    }

    private static TownCommand delete(String bead) {
        return new BeadCommand.DeleteBead(bead, null, "mayor", NOON);
    }

    @Nested
    class Escalations {

        private static TownCommand raise(int time) {
            return new EscalationCommand.RaiseEscalation("e1", time, "escalations", NOON);
        }

        private static final TownCommand ACKNOWLEDGE =
                new EscalationCommand.AcknowledgeEscalation("e1", "on it", "ann", NOON);

        @Test
        void are_beads_with_a_severity() {
            TownState town = after(CommandCase.escalate("e1", "high"));

            Bead escalation = town.bead("e1").orElseThrow();
            assertThat(escalation.is(BeadType.ESCALATION)).isTrue();
            assertThat(escalation.details().priority()).isEqualTo(Priority.HIGH);
            assertThat(escalation.progress().escalatedAt()).isEqualTo(NOON);
        }

        @Test
        void are_raised_level_by_level_and_three_times_at_most() {
            TownState town = after(CommandCase.escalate("e1", "low"), raise(1), raise(2), raise(3));

            assertThat(town.bead("e1").orElseThrow().details().priority()).isEqualTo(Priority.CRITICAL);
            assertThat(RULES.decide(raise(4), town)).isEmpty();
            assertThat(RULES.decide(raise(2), after(CommandCase.escalate("e1", "low"), raise(1))))
                    .containsExactly(new EscalationEvent.Escalated(
                            "e1",
                            2,
                            Priority.MEDIUM,
                            Priority.HIGH,
                            NOON,
                            "escalations",
                            "nobody has acknowledged it",
                            NOON));
        }

        @Test
        void are_raised_by_nobody_who_is_late_or_comes_twice() {
            TownCommand escalate = CommandCase.escalate("e1", "low");

            assertThat(RULES.decide(raise(2), after(escalate))).isEmpty();
            assertThat(RULES.decide(raise(1), after(escalate, raise(1)))).isEmpty();
            assertThat(RULES.decide(raise(1), after(escalate, ACKNOWLEDGE))).isEmpty();
            assertThat(RULES.decide(raise(1), after(escalate, close("e1")))).isEmpty();
            assertThat(RULES.decide(raise(1), after(escalate, delete("e1")))).isEmpty();
        }

        @Test
        void are_acknowledged_once_and_only_while_they_are_open() {
            TownCommand escalate = CommandCase.escalate("e1", "low");

            assertThat(RULES.decide(ACKNOWLEDGE, after(escalate)))
                    .containsExactly(
                            new EscalationEvent.EscalationAcknowledged("e1", Priority.LOW, "ann", "on it", NOON));
            assertThat(RULES.decide(ACKNOWLEDGE, after(escalate, ACKNOWLEDGE))).isEmpty();
            assertThatExceptionOfType(TerminalState.class)
                    .isThrownBy(() -> RULES.decide(ACKNOWLEDGE, after(escalate, close("e1"))));
        }

        @Test
        void begin_their_time_anew_when_they_are_reopened_without_an_answer() {
            TownCommand escalate = CommandCase.escalate("e1", "low");

            assertThat(RULES.decide(reopen("e1"), after(escalate, close("e1")))).hasSize(2);
            assertThat(RULES.decide(reopen("e1"), after(escalate, ACKNOWLEDGE, close("e1"))))
                    .hasSize(1);
        }
    }

    @Nested
    class Molecules {

        private static final TownCommand MOLECULE = CommandCase.molecule("m1", "Build", "Ship");
        private static final TownCommand FIRST = CommandCase.advance("m1", "m1.1");
        private static final TownCommand LAST = CommandCase.advance("m1", "m1.2");

        @Test
        void have_their_steps_as_parts_in_order() {
            TownState town = after(MOLECULE);

            assertThat(town.bead("m1").orElseThrow().steps()).containsExactly("m1.1", "m1.2");
            assertThat(town.bead("m1.1").orElseThrow().details().parent()).isEqualTo("m1");
            assertThat(town.bead("m1.2").orElseThrow().details().title()).isEqualTo("Ship");
        }

        @Test
        void are_refused_without_a_step_or_where_an_id_is_taken() {
            assertRefused(
                    EmptyMolecule.class,
                    "Molecule m1 has no step. Give one at least.",
                    CommandCase.molecule("m1"),
                    TownState.empty());
            assertRefused(
                    BeadExists.class,
                    "Bead m1.2 exists already. Choose another id.",
                    MOLECULE,
                    after(CommandCase.create("m1.2")));
        }

        @Test
        void advancing_closes_the_step_and_lets_its_agent_go() {
            TownState town = after(
                    MOLECULE, CommandCase.agent("toast", "Toast", Role.POLECAT), CommandCase.hook("m1.1", "toast"));

            TownState advanced = RULES.projectAll(town, RULES.decide(FIRST, town));

            assertThat(advanced.bead("m1.1").orElseThrow().status()).isEqualTo(Status.CLOSED);
            assertThat(advanced.agent("toast").orElseThrow().hookedBead()).isNull();
            assertThat(advanced.bead("m1").orElseThrow().progress().stepsDone()).isEqualTo(1);
            assertThat(advanced.bead("m1").orElseThrow().status()).isEqualTo(Status.OPEN);
        }

        @Test
        void the_last_step_completes_and_closes_them() {
            TownState town = after(MOLECULE, FIRST);

            assertThat(RULES.decide(LAST, town))
                    .containsExactly(
                            new TownEvent.BeadClosed("m1.2", null, Status.OPEN, "toast", null, NOON),
                            new MoleculeEvent.MoleculeAdvanced("m1", "m1.2", 2, 2, "toast", null, NOON),
                            new MoleculeEvent.MoleculeCompleted("m1", 2, "toast", null, NOON),
                            new TownEvent.BeadClosed("m1", null, Status.OPEN, "toast", null, NOON));
        }

        @Test
        void advancing_a_step_twice_ends_no_second_one() {
            assertThat(RULES.decide(FIRST, after(MOLECULE, FIRST))).isEmpty();
        }

        @Test
        void a_finished_one_is_not_advanced_also_when_it_is_reopened() {
            String message = "Molecule m1 is finished, no step is left. Create another one.";

            assertRefused(MoleculeFinished.class, message, LAST, after(MOLECULE, FIRST, LAST));
            assertRefused(MoleculeFinished.class, message, LAST, after(MOLECULE, FIRST, LAST, reopen("m1")));
            assertRefused(MoleculeFinished.class, message, FIRST, after(MOLECULE, close("m1")));
        }

        @Test
        void a_step_that_is_not_next_or_not_its_own_is_refused_by_the_one_that_is() {
            assertRefused(
                    StepOutOfOrder.class,
                    "Bead m1.2 is not the next step of molecule m1. Do m1.1 first.",
                    LAST,
                    after(MOLECULE));
            assertRefused(
                    StepOutOfOrder.class,
                    "Bead b1 is not the next step of molecule m1. Do m1.1 first.",
                    CommandCase.advance("m1", "b1"),
                    after(MOLECULE, CommandCase.create("b1")));
        }

        @Test
        void a_step_that_was_closed_or_deleted_before_is_advanced_over() {
            assertThat(RULES.decide(FIRST, after(MOLECULE, close("m1.1"))))
                    .containsExactly(new MoleculeEvent.MoleculeAdvanced("m1", "m1.1", 1, 2, "toast", null, NOON));
            assertThat(RULES.decide(FIRST, after(MOLECULE, delete("m1.1"))))
                    .containsExactly(new MoleculeEvent.MoleculeAdvanced("m1", "m1.1", 1, 2, "toast", null, NOON));
        }
    }

    @Nested
    class Convoys {

        private static final TownCommand BEADS = CommandCase.create("b1");

        private static TownCommand land(Map<String, Long> seen, String... tracked) {
            return new ConvoyCommand.LandConvoy(
                    "c1", CommandCase.tracked(tracked), new TreeMap<>(seen), "convoys", NOON);
        }

        @Test
        void wait_for_beads_of_their_own_rig_that_exist_and_of_others_unseen() {
            TownState town = after(BEADS, CommandCase.convoy("c1", "b1", "mill/m-1", "b1"));

            assertThat(town.bead("c1").orElseThrow().tracked())
                    .containsExactly(new TrackedBead(null, "b1"), new TrackedBead("mill", "m-1"));
            assertRefused(
                    BeadNotFound.class,
                    "Bead b2 does not exist. Create it first.",
                    CommandCase.convoy("c2", "b1", "b2"),
                    town);
        }

        @Test
        void are_refused_without_a_bead() {
            assertRefused(
                    EmptyConvoy.class,
                    "Convoy c1 tracks no bead. Name one at least.",
                    CommandCase.convoy("c1"),
                    TownState.empty());
        }

        @Test
        void do_not_land_before_the_beads_of_their_own_rig_are_closed_whatever_was_seen() {
            TownState town = after(BEADS, CommandCase.convoy("c1", "b1"), close("b1"), reopen("b1"));

            assertRefused(
                    ConvoyNotReady.class, "Convoy c1 waits for b1. Close that first.", land(Map.of(), "b1"), town);
        }

        @Test
        void do_not_land_unless_each_other_rig_was_looked_into() {
            TownState town = after(BEADS, CommandCase.convoy("c1", "b1", "mill/m-1"), close("b1"));

            assertThatExceptionOfType(ConvoyNotReady.class)
                    .isThrownBy(() -> RULES.decide(land(Map.of(), "b1", "mill/m-1"), town))
                    .satisfies(refusal -> assertThat(refusal.bead()).isEqualTo("mill/m-1"));
            assertThatExceptionOfType(ConvoyNotReady.class)
                    .isThrownBy(() -> RULES.decide(land(Map.of("mill", 7L), "b1"), town));
            assertThat(RULES.decide(land(Map.of("mill", 7L), "b1", "mill/m-1"), town))
                    .hasSize(2);
        }

        @Test
        void land_once_and_for_good() {
            TownCommand land = land(Map.of(), "b1");
            TownState landed = after(BEADS, CommandCase.convoy("c1", "b1"), close("b1"), land);

            assertThat(landed.bead("c1").orElseThrow().status()).isEqualTo(Status.CLOSED);
            assertThat(landed.bead("c1").orElseThrow().progress().landedAt()).isEqualTo(NOON);
            assertThat(RULES.decide(land, landed)).isEmpty();
            assertRefused(
                    AlreadyLanded.class,
                    "Convoy c1 has landed, which is final. Create another one.",
                    reopen("c1"),
                    landed);
        }

        @Test
        void that_were_closed_by_hand_land_no_more_until_they_are_reopened() {
            TownState closed = after(BEADS, CommandCase.convoy("c1", "b1"), close("b1"), close("c1"));

            assertThatExceptionOfType(TerminalState.class).isThrownBy(() -> RULES.decide(land(Map.of(), "b1"), closed));
            TownState open = RULES.projectAll(closed, RULES.decide(reopen("c1"), closed));
            assertThat(RULES.decide(land(Map.of(), "b1"), open)).hasSize(2);
        }

        @Test
        void do_not_wait_for_what_was_deleted_but_something_must_be_left() {
            TownCommand two = CommandCase.create("b2");
            TownState one = after(BEADS, two, CommandCase.convoy("c1", "b1", "b2"), close("b1"), delete("b2"));
            TownState none = after(BEADS, CommandCase.convoy("c1", "b1"), delete("b1"));

            assertThat(RULES.decide(land(Map.of(), "b1", "b2"), one)).hasSize(2);
            assertThatExceptionOfType(ConvoyNotReady.class).isThrownBy(() -> RULES.decide(land(Map.of(), "b1"), none));
        }
    }

    @Nested
    class Fields {

        @Test
        void of_what_a_bead_is_made_of_stay() {
            TownState town = after(CommandCase.molecule("m1", "Build"), CommandCase.create("b1"));

            assertThatExceptionOfType(OwnCommandNeeded.class)
                    .isThrownBy(() -> RULES.decide(CommandCase.fields("m1", "type", "issue"), town));
            assertThatExceptionOfType(OwnCommandNeeded.class)
                    .isThrownBy(() -> RULES.decide(CommandCase.fields("b1", "type", "convoy"), town));
            assertThatExceptionOfType(FieldFixed.class)
                    .isThrownBy(() -> RULES.decide(CommandCase.fields("m1", "dependencies", "blocks:b1"), town));
            assertThat(RULES.decide(CommandCase.fields("b1", "dependencies", "blocks:m1"), town))
                    .hasSize(1);
        }

        @Test
        void a_bead_with_a_command_of_its_own_is_created_by_no_other() {
            TownCommand convoy =
                    new BeadCommand.CreateBead("c1", BeadDetails.of(BeadType.CONVOY, "All"), "mayor", NOON);

            assertRefused(
                    OwnCommandNeeded.class,
                    "Bead c1 cannot get or lose type convoy this way. Use the command that makes such a bead.",
                    convoy,
                    TownState.empty());
        }

        @Test
        void a_parent_must_exist_and_be_no_part_of_the_bead() {
            TownCommand part = CommandCase.fields("b2", "parent", "b1");
            TownState town = after(CommandCase.create("b1"), CommandCase.create("b2"), part);

            assertThatExceptionOfType(BeadNotFound.class)
                    .isThrownBy(() -> RULES.decide(CommandCase.fields("b1", "parent", "b9"), town));
            assertRefused(
                    PartOfItself.class,
                    "Bead b2 is bead b1 or a part of it. Choose a parent that is neither.",
                    CommandCase.fields("b1", "parent", "b2"),
                    town);
        }
    }

    @Nested
    class Mail {

        @Test
        void that_was_deleted_holds_up_no_other() {
            TownState town = after(CommandCase.mail("m1"), CommandCase.mail("m2"), delete("m1"));

            assertThat(town.undelivered("mayor")).containsExactly("m2");
            assertThat(RULES.decide(CommandCase.deliver("m2"), town)).hasSize(2);
        }

        @Test
        void that_was_closed_by_hand_is_delivered_without_being_closed_again() {
            TownState town = after(CommandCase.mail("m1"), close("m1"));

            assertThat(RULES.decide(CommandCase.deliver("m1"), town))
                    .containsExactly(new MailEvent.MailDelivered("m1", "mayor", "postmaster", null, NOON));
        }
    }

    @Nested
    class Leaving {

        @Test
        void leaves_a_bead_in_review_though_it_was_in_progress_under_the_same_agent_before() {
            List<TownCommand> history = List.of(
                    CommandCase.create("b1"),
                    CommandCase.agent("toast", "Toast", Role.POLECAT),
                    CommandCase.hook("b1", "toast"),
                    new HookCommand.UnhookBead("b1", "toast", null, "toast", NOON),
                    new BeadCommand.SubmitReview("b1", null, "ann", NOON),
                    CommandCase.hook("b1", "toast"));
            TownCommand exits = new AgentCommand.AgentExits("toast", null, "toast", NOON);
            TownState town = after(history.toArray(TownCommand[]::new));

            assertThat(RULES.decide(exits, town)).hasSize(2);
        }
    }
}
