package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.LogCorrupt;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RigMoveTest {

    private static final int MORE_THAN_A_PAGE = 2_500;

    private final PostgresOptions options = Server.options().withBusyTimeout(Duration.ofSeconds(60));
    private PlacedTown town;
    private EventStore rig;

    @BeforeEach
    void place() {
        town = Databases.town(options, "a", "b", "c");
        rig = town.rig("rig", "a");
    }

    @AfterEach
    void close() {
        town.close();
    }

    /** What a SIGKILL of the mover is to its next run: nothing is tidied up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static Consumer<String> killedAt(String step) {
        return done -> {
            if (done.equals(step)) {
                throw new Killed();
            }
        };
    }

    @Test
    void a_database_that_has_a_copy_of_the_rig_is_refused_with_the_reason_and_the_rig_stays() {
        rig.append(Append.of(Events.numbered(2)));
        try (PostgresTown here = PostgresTown.open(Databases.of("a"), options);
                PostgresTown there = PostgresTown.open(Databases.of("b"), options)) {
            Transfer.of(here.rig("rig").transferSource(), there, "rig").copy();
        }

        assertThatThrownBy(() -> town.move("rig", "b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be moved to Database 'b', which has a copy of its log")
                .hasMessageContaining("Move it to another database");

        assertThat(town.placements()).containsExactly(new Placement("rig", "a", null));
        assertThat(rig.append(Append.of(Events.numbered(1))).first()).isEqualTo(3);
        assertThat(town.move("rig", "c")).isEqualTo(new Placement("rig", "c", null));
    }

    @Test
    void all_that_makes_a_rig_goes_with_it() {
        rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE, "bead:1")).withReceipt("first"));
        rig.append(Append.of(List.of()).withReceipt("nothing"));
        LogInfo info = rig.info();
        List<StoredEvent> events = Events.all(rig, Query.all());
        String chain = rig.chainAt(info.head()).orElseThrow();

        assertThat(town.move("rig", "b")).isEqualTo(new Placement("rig", "b", null));

        assertThat(rig.info()).isEqualTo(info);
        assertThat(Events.all(rig, Query.all())).isEqualTo(events);
        assertThat(Events.all(rig, Query.tagged("bead", "1"))).hasSize(MORE_THAN_A_PAGE);
        assertThat(rig.chainAt(info.head())).contains(chain);
        assertThat(rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE, "bead:1"))
                                .withReceipt("first"))
                        .repeated())
                .isTrue();
        assertThat(rig.receipt("nothing")).isPresent();
        assertThat(rig.append(Append.of(Events.numbered(1))).first()).isEqualTo(MORE_THAN_A_PAGE + 1);
    }

    @Test
    void the_old_place_says_that_it_is_sealed_and_can_be_moved_back_to() {
        rig.append(Append.of(Events.numbered(3)));
        town.move("rig", "b");
        rig.append(Append.of(Events.numbered(3)).withReceipt("at b"));

        assertThatThrownBy(() -> appendAt("a"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageStartingWith("Rig 'rig' is sealed here")
                .hasMessageContaining("Nothing was stored");
        town.move("rig", "a");

        assertThat(Events.sequences(rig)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(rig.receipt("at b")).isPresent();
        assertThat(appendAt("a")).isEqualTo(7);
        assertThatThrownBy(() -> appendAt("b")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void a_move_that_is_killed_after_any_step_is_finished_by_the_next_run() {
        rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)).withReceipt("before"));
        List<String> steps = new ArrayList<>();
        town.mover(steps::add).move(town.entry("rig"), "b");
        assertThat(steps).contains("claimed", "prepared", "events copied", "sealed", "whole", "decided", "settled");

        String from = "b";
        for (String step : List.copyOf(new java.util.LinkedHashSet<>(steps))) {
            String to = from.equals("b") ? "a" : "b";
            killAt(step, to);
            try (PlacedTown next = Databases.town(options, "a", "b", "c")) {
                next.move("rig", to);
                assertThat(next.placements()).containsExactly(new Placement("rig", to, null));
            }
            requireWholeAndOpenIn(to, step);
            from = to;
        }
    }

    @Test
    void a_move_that_is_killed_after_any_step_can_be_taken_back_until_it_is_decided() {
        rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)).withReceipt("before"));
        for (String step : List.of("claimed", "prepared", "events copied", "receipts copied", "sealed", "whole")) {
            killAt(step, "b");
            try (PlacedTown next = Databases.town(options, "a", "b", "c")) {
                assertThat(next.takeBack("rig")).isEqualTo(new Placement("rig", "a", null));
            }
            requireWholeAndOpenIn("a", step);
        }
        killAt("decided", "b");
        assertThat(town.takeBack("rig")).isEqualTo(new Placement("rig", "b", null));
        requireWholeAndOpenIn("b", "decided");
    }

    private void killAt(String step, String to) {
        // So that there is something to copy in each step.
        rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)));
        Consumer<String> kill = killedAt(step);
        Consumer<String> appendAndKill = done -> {
            if (done.equals("receipts copied")) {
                rig.append(Append.of(Events.numbered(1)).withReceipt(step + " to " + to));
            }
            kill.accept(done);
        };
        try {
            town.mover(appendAndKill).move(town.entry("rig"), to);
        } catch (Killed here) {
            assertThat(placesThatTakeAppends()).as("killed after " + step).hasSizeLessThanOrEqualTo(1);
        }
    }

    private void requireWholeAndOpenIn(String place, String step) {
        assertThat(placesThatTakeAppends()).as("after " + step).containsExactly(place);
        assertThat(rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)).withReceipt("before"))
                        .repeated())
                .isTrue();
        Chain.requireWhole(rig);
    }

    private List<String> placesThatTakeAppends() {
        List<String> open = new ArrayList<>();
        for (String place : List.of("a", "b", "c")) {
            try (PostgresTown direct = PostgresTown.open(Databases.of(place), options)) {
                direct.existingRig("rig").ifPresent(there -> {
                    there.append(Append.of(Events.numbered(1)));
                    open.add(place);
                });
            } catch (StoreUnavailable refused) {
                assertThat(RigNotOpen.isCauseOf(refused)).isTrue();
            }
        }
        return open;
    }

    // As a program would that knows nothing of the directory.
    private long appendAt(String place) {
        try (PostgresEventStore direct = PostgresEventStore.open(Databases.of(place), "rig", options)) {
            return direct.append(Append.of(Events.numbered(1))).first();
        }
    }

    @Test
    void a_mover_that_was_thought_dead_cannot_seal_or_decide_what_was_taken_back() {
        rig.append(Append.of(Events.numbered(3)));
        for (String step : List.of("claimed", "prepared", "receipts copied", "sealed", "whole")) {
            RigMove slow = town.mover(done -> {
                if (done.equals(step)) {
                    town.takeBack("rig");
                }
            });

            assertThatThrownBy(() -> slow.move(town.entry("rig"), "b"))
                    .as(step)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("nother");

            assertThat(placesThatTakeAppends()).as(step).containsExactly("a");
        }
    }

    @Test
    void two_movers_at_once_are_as_one() {
        for (String step : List.of("claimed", "prepared", "events copied", "receipts copied", "sealed", "whole")) {
            rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)));
            String from = town.entry("rig").database();
            String to = from.equals("a") ? "b" : "a";
            RigMove slow = town.mover(done -> {
                if (done.equals(step) && town.entry("rig").movingTo() != null) {
                    town.move("rig", to);
                }
            });

            assertThatThrownBy(() -> slow.move(town.entry("rig"), to)).isInstanceOf(StoreUnavailable.class);

            assertThat(placesThatTakeAppends()).as(step).containsExactly(to);
        }
        Chain.requireWhole(rig);
    }

    @Test
    void a_move_that_fails_leaves_the_rig_where_it_was_and_open() {
        rig.append(Append.of(Events.numbered(3)));
        RigMove failing = town.mover(done -> {
            if (done.equals("whole")) {
                throw new StoreUnavailable("the target went away", null);
            }
        });

        assertThatThrownBy(() -> failing.move(town.entry("rig"), "b")).hasMessage("the target went away");

        assertThat(town.placements()).containsExactly(new Placement("rig", "a", null));
        assertThat(rig.append(Append.of(Events.numbered(1))).first()).isEqualTo(4);
    }

    @Test
    void a_target_that_has_something_else_by_that_name_is_refused() {
        rig.append(Append.of(Events.numbered(3)));
        try (PostgresTown alone = PostgresTown.open(Databases.of("b"), options)) {
            alone.rig("rig").append(Append.of(Events.numbered(1)));
        }

        assertThatThrownBy(() -> town.move("rig", "b"))
                .isInstanceOf(LogCorrupt.class)
                .hasMessageContaining("Give the DataSource that the directory means");

        assertThat(town.placements()).containsExactly(new Placement("rig", "a", null));
        assertThat(rig.append(Append.of(Events.numbered(1))).first()).isEqualTo(4);
    }

    @Test
    void what_retention_has_removed_is_removed_from_an_old_copy_too() {
        rig.append(Append.of(Events.numbered(10, "bead:1")));
        town.move("rig", "b");
        rig.append(Append.of(Events.numbered(10, "bead:1")));
        retainAt("b", 5);
        town.move("rig", "a");
        assertThat(rig.info().floor()).isEqualTo(5);
        assertThat(Events.sequences(rig).get(0)).isEqualTo(6);
        assertThat(Events.all(rig, Query.tagged("bead", "1"))).hasSize(15);

        rig.append(Append.of(Events.numbered(10)));
        retainAt("a", 25);
        town.move("rig", "b");
        town.move("rig", "c");

        assertThat(rig.info().floor()).isEqualTo(25);
        assertThat(Events.sequences(rig)).containsExactly(26L, 27L, 28L, 29L, 30L);
        Chain.requireWhole(rig);
    }

    @Test
    void a_rig_that_a_transfer_moved_out_of_the_town_is_opened_nowhere_in_it() {
        rig.append(Append.of(Events.numbered(5)));
        try (PostgresTown other = PostgresTown.open(Databases.of("b"), Server.options());
                PostgresEventStore source = PostgresEventStore.open(Databases.of("a"), "rig", options)) {
            Transfer.of(source.transferSource(), other, "rig").move("another town");
        }

        assertThatThrownBy(() -> town.move("rig", "b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("moved out of this town to another town");
        town.takeBack("rig");
        try (PlacedTown impatient = Databases.town(options.withBusyTimeout(Duration.ofMillis(50)), "a", "b", "c")) {
            assertThatThrownBy(() -> impatient.rig("rig").append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("another town");
        }
        assertThat(rig.info().head()).isEqualTo(5);
    }

    private record Seen() implements SqlReadModel {
        @Override
        public String name() {
            return "seen";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> schema() {
            return List.of("CREATE TABLE {seen} (sequence BIGINT PRIMARY KEY NOT NULL)");
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute("INSERT INTO {seen} VALUES (?)", event.sequence());
        }
    }

    @Test
    void a_read_model_at_an_old_place_stops_where_retention_removed_meanwhile_what_it_has_not_seen() {
        PostgresOptions withModel = options.withInline(new Seen());
        try (PostgresEventStore there = PostgresEventStore.open(Databases.of("a"), "rig", withModel)) {
            there.append(Append.of(Events.numbered(10)));
        }
        town.move("rig", "b");
        rig.append(Append.of(Events.numbered(90)));
        retainAt("b", 50);
        town.move("rig", "a");

        try (PostgresEventStore there = PostgresEventStore.open(Databases.of("a"), "rig", withModel)) {
            there.append(Append.of(Events.numbered(1)));
            assertThat(there.query("SELECT sequence FROM seen")).hasSize(10);
            assertThat(there.readModels()).singleElement().satisfies(status -> {
                assertThat(status.checkpoint()).isEqualTo(10);
                assertThat(status.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.cause()).contains("up to 50", "another version"));
            });
        }
    }

    @Test
    void inline_read_models_catch_up_before_the_seal_and_before_the_rig_is_opened() {
        rig.append(Append.of(Events.numbered(MORE_THAN_A_PAGE)));
        PostgresOptions withModel = options.withInline(new Seen());
        try (PlacedTown keeping = Databases.town(withModel, "a", "b", "c")) {
            List<Integer> seen = new ArrayList<>();
            RigMove mover = keeping.mover(done -> {
                if (done.equals("receipts copied")) {
                    rig.append(Append.of(Events.numbered(3)));
                }
                if (done.equals("sealed") || done.equals("decided")) {
                    seen.add(seenAt("b").size());
                }
            });

            mover.move(keeping.entry("rig"), "b");

            assertThat(seen).containsExactly(MORE_THAN_A_PAGE, MORE_THAN_A_PAGE + 3);
            keeping.rig("rig").append(Append.of(Events.numbered(1)));
            assertThat(seenAt("b")).hasSize(MORE_THAN_A_PAGE + 4);
        }
    }

    private List<?> seenAt(String place) {
        try (PostgresEventStore there = PostgresEventStore.open(Databases.of(place), "rig", options)) {
            return there.query("SELECT sequence FROM seen");
        }
    }

    @Test
    void a_consumer_is_not_removed_where_its_rig_was_moved_from() {
        rig.append(Append.of(Events.numbered(3)));
        try (PostgresEventStore there = PostgresEventStore.open(Databases.of("a"), "rig", options)) {
            there.consumers().advance("report", 2);
            town.move("rig", "b");

            assertThatThrownBy(() -> there.consumers().remove("report"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("is sealed here");
        }
        try (PostgresEventStore there = PostgresEventStore.open(Databases.of("b"), "rig", options)) {
            assertThat(there.consumers().remove("report")).isTrue();
        }
    }

    private void retainAt(String place, long floor) {
        try (PostgresEventStore there = PostgresEventStore.open(Databases.of(place), "rig", options)) {
            there.retain(Retention.from(floor + 1));
        }
    }

    @Test
    void a_move_to_a_third_place_is_refused_until_the_first_is_over() {
        killAt("sealed", "b");

        assertThatThrownBy(() -> town.move("rig", "c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is being moved to database 'b'");

        town.takeBack("rig");
        assertThat(town.move("rig", "c").database()).isEqualTo("c");
    }

    @Test
    void an_append_that_finds_its_rig_sealed_waits_no_longer_than_the_busy_timeout_and_stores_nothing() {
        killAt("sealed", "b");
        try (PlacedTown impatient = Databases.town(options.withBusyTimeout(Duration.ofMillis(50)), "a", "b", "c")) {
            EventStore sealed = impatient.rig("rig");
            long head = sealed.info().head();

            assertThatThrownBy(() -> sealed.append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("sealed");

            assertThat(sealed.info().head()).isEqualTo(head);
            assertThat(Events.sequences(sealed)).hasSize((int) head);
        }
    }
}
