package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.EventLog;
import dev.recount.examples.town.TownRejected.BeadIdUsed;
import dev.recount.store.AppendCondition;
import dev.recount.store.memory.MemoryEventStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of beads that are gone: their histories are told by tag, so a second bead of that id would be mixed into the first one's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FormerIdsTest {

    private static final String GONE = "x1";

    private final EventLog<TownEvent> rig = TownLog.in(MemoryEventStore.create());

    /** Every command that can create {@code x1}. */
    static Stream<Named<TownCommand>> creations() {
        return Stream.of(
                        CommandCase.create(GONE),
                        CommandCase.sling(GONE, "nux"),
                        CommandCase.mail(GONE),
                        CommandCase.escalate(GONE, "low"),
                        CommandCase.convoy(GONE, "harbour/h1"),
                        CommandCase.molecule(GONE, "Build"))
                .map(command -> Named.of(command.getClass().getSimpleName(), command));
    }

    @ParameterizedTest
    @MethodSource("creations")
    void a_bead_that_was_deleted_leaves_its_id_to_nobody(TownCommand creation) {
        handle(CommandCase.create(GONE), new BeadCommand.DeleteBead(GONE, null, "mayor", CommandCase.NOON));

        assertRefused(creation, GONE);
    }

    @ParameterizedTest
    @MethodSource("creations")
    void a_bead_that_was_renamed_leaves_its_old_id_to_nobody(TownCommand creation) {
        handle(CommandCase.create(GONE));
        rig.append(
                List.of(new TownEvent.BeadRenamed("x2", GONE, "mayor", null, CommandCase.NOON)),
                AppendCondition.none());

        assertRefused(creation, GONE);
    }

    @Test
    void a_step_does_not_get_the_id_of_one_that_was_deleted_with_its_molecule() {
        handle(
                CommandCase.molecule("m1", "Build", "Ship"),
                new BeadCommand.DeleteBead("m1.2", null, "mayor", CommandCase.NOON));

        assertRefused(CommandCase.create("m1.2"), "m1.2");

        handle(new BeadCommand.DeleteBead("m1", null, "mayor", CommandCase.NOON));

        assertRefused(CommandCase.create("m1.1"), "m1.1");
        assertRefused(CommandCase.molecule("m1", "Build"), "m1");
    }

    @Test
    void a_molecule_is_refused_where_one_of_its_steps_would_get_the_id_of_a_bead_that_is_gone() {
        handle(CommandCase.create("m1.2"), new BeadCommand.DeleteBead("m1.2", null, "mayor", CommandCase.NOON));

        assertRefused(CommandCase.molecule("m1", "Build", "Ship"), "m1.2");
    }

    @Test
    void a_snapshot_keeps_them_and_one_that_does_not_tell_them_is_refused() {
        handle(CommandCase.create(GONE), new BeadCommand.DeleteBead(GONE, null, "mayor", CommandCase.NOON));
        TownState town = rig.replay(new TownProjector()).run().state();
        TownSnapshots snapshots = new TownSnapshots();

        TownState decoded = snapshots.decode(snapshots.encode(town));

        assertThatExceptionOfType(BeadIdUsed.class)
                .isThrownBy(() -> new TownDecider().decide(CommandCase.create(GONE), decoded));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> snapshots.decode("{\"beads\":[],\"agents\":[],\"mailboxes\":{}}"))
                .withMessageContaining("formerIds");
    }

    private void handle(TownCommand... commands) {
        Stream.of(commands).forEach(TownLog.commands(rig)::handle);
    }

    private void assertRefused(TownCommand creation, String id) {
        long head = rig.store().info().head();
        assertThatExceptionOfType(BeadIdUsed.class)
                .isThrownBy(() -> handle(creation))
                .withMessage(
                        "Bead " + id + " was deleted or renamed, and its history keeps that id. Choose another id.")
                .satisfies(refusal -> assertThat(refusal.bead()).isEqualTo(id));
        assertThat(rig.store().info().head()).isEqualTo(head);
    }
}
