package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.reaction.Lease;
import dev.recount.reaction.ReactionStore;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacingTest {

    private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

    private final PostgresOptions options = Server.options();

    @Test
    void new_rigs_go_where_the_fewest_are_or_where_the_host_says() {
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            town.rig("one");
            town.rig("two");
            town.rig("three", "b");
            town.rig("three", "a");
            town.rig("four");

            assertThat(town.placements())
                    .containsExactly(at("four", "a"), at("one", "a"), at("three", "b"), at("two", "b"));
            assertThatThrownBy(() -> town.rig("five", "c"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("'c' was not given");
            assertThatThrownBy(() -> town.rig("no name")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Placement at(String rig, String database) {
        return new Placement(rig, database, null);
    }

    @Test
    void a_database_is_added_drained_and_filled_again_while_the_town_is_open() {
        try (PlacedTown before = Databases.town(options, "a", "b")) {
            for (String rig : new String[] {"one", "two", "three"}) {
                before.rig(rig).append(Append.of(Events.numbered(2)));
            }
            try (PlacedTown town = Databases.town(options, "a", "b", "c")) {
                town.drain("b");

                assertThat(town.placements()).containsExactly(at("one", "a"), at("three", "a"), at("two", "c"));
                assertThat(town.rig("four").info().head()).isZero();
                assertThat(town.placements()).contains(at("four", "c"));
                assertThatThrownBy(() -> town.rig("five", "b"))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("takes new rigs");
                town.refill("b");
                town.rig("five");
                assertThat(town.placements()).contains(at("five", "b"));
                assertThat(town.read(TownCursor.start(), Query.all(), 100).events())
                        .hasSize(6);
            }
            // This one was opened without the database that the rig has gone to.
            assertThatThrownBy(() -> before.rig("two").append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("'c' was not given");
            assertThat(before.newest(Query.all(), 10).broken().keySet()).containsExactlyInAnyOrder("two", "four");
        }
    }

    @Test
    void rigs_that_a_database_has_had_before_become_rigs_of_the_town() {
        try (PostgresTown alone = PostgresTown.open(Databases.of("a"), options)) {
            alone.rig("old").append(Append.of(Events.numbered(3)));
            String logId = alone.rig("old").info().logId();
            try (PlacedTown town = Databases.town(options, "a", "b")) {
                assertThat(town.placements()).containsExactly(at("old", "a"));
                town.move("old", "b");

                assertThat(town.rig("old").info().logId()).isEqualTo(logId);
                assertThat(Events.sequences(town.rig("old"))).hasSize(3);
            }
        }
    }

    @Test
    void two_rigs_of_one_name_are_refused_when_a_database_is_added() {
        for (String place : new String[] {"a", "b"}) {
            try (PostgresTown alone = PostgresTown.open(Databases.of(place), options)) {
                alone.rig("old");
            }
        }

        assertThatThrownBy(() -> Databases.town(options, "a", "b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Rig 'old' in Database 'b'");
    }

    @Test
    void a_rig_that_a_transfer_brought_is_the_rig_of_that_name() {
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            promote("asked", "b");
            promote("shown", "b");

            assertThat(town.rig("asked", "a").info().head()).isEqualTo(3);
            assertThat(town.placements()).containsExactly(at("asked", "b"));
            assertThat(town.move("asked", "a")).isEqualTo(at("asked", "a"));
        }
        try (PlacedTown next = Databases.town(options, "a", "b")) {
            assertThat(next.rigs()).containsExactly("asked", "shown");
            assertThat(next.rig("shown").append(Append.of(Events.numbered(1))).first())
                    .isEqualTo(4);
        }
    }

    private void promote(String rig, String database) {
        try (PostgresEventStore source = PostgresEventStore.open(Databases.of("c"), rig, Server.options());
                PostgresTown there = PostgresTown.open(Databases.of(database), options)) {
            source.append(Append.of(Events.numbered(3)));
            Transfer.of(source.transferSource(), there, rig).move("the town");
        }
    }

    @Test
    void a_name_that_is_being_copied_to_a_database_is_given_to_no_other_rig() {
        try (PlacedTown town = Databases.town(options, "a", "b");
                PostgresEventStore source = PostgresEventStore.open(Databases.of("c"), "rig", Server.options());
                PostgresTown there = PostgresTown.open(Databases.of("b"), options)) {
            source.append(Append.of(Events.numbered(3)));
            Transfer transfer = Transfer.of(source.transferSource(), there, "rig");
            transfer.copy();

            assertThatThrownBy(() -> town.rig("rig"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("in Database 'b' is a copy");
            transfer.move("the town");

            assertThat(town.rig("rig").info().head()).isEqualTo(3);
        }
    }

    @Test
    void another_log_of_a_name_that_is_taken_keeps_no_town_from_opening_and_is_no_rig_of_it() {
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            town.rig("rig", "a");
        }
        promote("new", "b");
        try (PostgresTown alone = PostgresTown.open(Databases.of("b"), options)) {
            alone.rig("rig").append(Append.of(Events.numbered(5)));
        }

        try (PlacedTown town = Databases.town(options, "a", "b")) {
            assertThat(town.placements()).containsExactly(at("new", "b"), at("rig", "a"));
            assertThat(town.rig("rig").info().head()).isZero();
        }
    }

    @Test
    void a_rig_of_a_new_name_waits_for_a_database_that_is_away_and_may_have_one() {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(50));
        Databases.town(options, "a", "b").close();
        promote("there", "b");
        HikariDataSource pool = Pools.of(Server.urlOf("b"), 3);
        pool.close();
        Map<String, DataSource> sources = Map.of("a", Databases.of("a"), "b", pool);

        try (PlacedTown town = PlacedTown.open(Databases.of("a"), sources, impatient)) {
            assertThatThrownBy(() -> town.rig("there", "a"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("whether Database 'b' has one");
            assertThat(town.rigs()).isEmpty();
        }
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            assertThat(town.rig("there", "a").info().head()).isEqualTo(3);
        }
    }

    @Test
    void a_database_given_under_the_name_of_another_is_refused() {
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            town.rig("rig", "b").append(Append.of(Events.numbered(1)));
        }
        Map<String, DataSource> mixedUp = Map.of("a", Databases.of("a"), "b", Databases.of("c"));
        try (PlacedTown town = PlacedTown.open(Databases.of("a"), mixedUp, options)) {
            assertThatThrownBy(() -> town.rig("rig").info())
                    .isInstanceOf(LogCorrupt.class)
                    .hasMessageContaining("is not in Database 'b', where the directory placed it");
        }
    }

    @Test
    void a_database_that_is_away_makes_its_rigs_broken_and_harms_no_other() throws Exception {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(50));
        HikariDataSource pool = Pools.of(Server.urlOf("b"), 3);
        Map<String, DataSource> sources = Map.of("a", Databases.of("a"), "b", pool);
        try (PlacedTown town = PlacedTown.open(Databases.of("a"), sources, impatient)) {
            EventStore near = town.rig("near", "a");
            EventStore far = town.rig("far", "b");
            far.append(Append.of(Events.numbered(1)));
            pool.close();

            assertThat(near.append(Append.of(Events.numbered(1))).first()).isEqualTo(1);
            TownPage page = town.read(TownCursor.start(), Query.all(), 10);
            assertThat(page.events()).hasSize(1);
            assertThat(page.broken()).containsOnlyKeys("far");
            assertThat(town.newest(Query.all(), 10).broken()).containsOnlyKeys("far");
            assertThat(town.awaitAfter(page.next(), Duration.ofMillis(1))).isFalse();
            near.append(Append.of(Events.numbered(1)));
            assertThat(town.awaitAfter(page.next(), Duration.ofSeconds(60))).isTrue();
            assertThat(town.chainsAt(Map.of("near", List.of(1L), "far", List.of(1L))))
                    .containsOnlyKeys("near");
            assertThatThrownBy(far::info).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> town.move("near", "b")).isInstanceOf(StoreUnavailable.class);
            assertThat(near.append(Append.of(Events.numbered(1))).first()).isEqualTo(3);
        }
    }

    @Test
    void a_reactor_that_runs_while_its_rig_is_moved_keeps_its_lease_and_consumers_their_place() {
        try (PlacedTown town = Databases.town(options, "a", "b")) {
            EventStore rig = town.rig("rig", "a");
            rig.append(Append.of(Events.numbered(3)));
            ReactionStore reactions = town.reactions("rig");
            reactions.register("mail", new Checkpoint(rig.info().logId(), 1));
            Lease lease = reactions
                    .acquire("mail", "instance", NOON, NOON.plusSeconds(60))
                    .orElseThrow();

            try (PostgresTown there = PostgresTown.open(Databases.of("a"), options)) {
                there.rig("rig").consumers().advance("report", 2);
            }
            town.move("rig", "b");

            try (PostgresTown there = PostgresTown.open(Databases.of("b"), options)) {
                assertThat(there.rig("rig").consumers().list())
                        .extracting(LogConsumer::name, LogConsumer::checkpoint)
                        .containsExactly(tuple("mail", 1L), tuple("report", 2L));
            }
            Lease renewed = reactions.renew(lease, NOON.plusSeconds(120));
            assertThat(renewed.fence()).isEqualTo(lease.fence());
            assertThat(reactions.status("mail").orElseThrow().checkpoint().sequence())
                    .isEqualTo(1);
            assertThat(reactions.acquire("mail", "another", NOON, NOON.plusSeconds(60)))
                    .isEmpty();
        }
    }
}
