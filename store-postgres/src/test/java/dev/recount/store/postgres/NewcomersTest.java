package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.reaction.ReactionStore;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rigs that come into a placed town by another way than its directory, at whatever moment, and databases that are away meanwhile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewcomersTest {

    private final PostgresOptions options = Server.options();

    /** What happens before a connection is given. */
    private interface Before {
        void connecting() throws SQLException;
    }

    private static DataSource source(String database, Before before) {
        return (DataSource) Proxy.newProxyInstance(
                NewcomersTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        before.connecting();
                    }
                    try {
                        return method.invoke(Databases.of(database), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void promote(String rig, String database) {
        try (PostgresEventStore source = PostgresEventStore.open(Databases.of("c"), rig, Server.options());
                PostgresTown there = PostgresTown.open(Databases.of(database), options)) {
            source.append(Append.of(Events.numbered(3)));
            Transfer.of(source.transferSource(), there, rig).move("the town");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void a_rig_that_is_brought_after_nobody_had_it_and_before_its_name_is_taken_is_the_rig_of_that_name(String where) {
        AtomicInteger connections = new AtomicInteger(Integer.MIN_VALUE);
        DataSource directory = source("a", () -> {
            // By the first the name is looked for; before the second takes it, all databases were asked.
            if (connections.incrementAndGet() == 2) {
                promote("rig", where);
            }
        });
        Map<String, DataSource> databases = Map.of("a", Databases.of("a"), "b", Databases.of("b"));
        try (PlacedTown town = PlacedTown.open(directory, databases, options)) {
            connections.set(0);

            EventStore rig = town.rig("rig", "b");

            assertThat(connections).hasValueGreaterThan(2);
            assertThat(rig.info().head()).isEqualTo(3);
            assertThat(rig.append(Append.of(Events.numbered(1))).first()).isEqualTo(4);
            assertThat(town.placements()).containsExactly(new Placement("rig", where, null));
        }
        try (PlacedTown next = Databases.town(options, "a", "b")) {
            assertThat(next.rig("rig").info().head()).isEqualTo(4);
        }
    }

    @Test
    void a_name_that_was_taken_by_who_was_killed_then_is_decided_by_the_next_that_asks() {
        Databases.town(options, "a", "b").close();
        Directory directory =
                new Directory(new Database(Databases.of("a"), options.withSchema(options.schema() + "_directory")));
        assertThat(directory.place("brought", List.of("a"))).isPresent();
        assertThat(directory.place("new", List.of("a"))).isPresent();
        promote("brought", "b");

        try (PlacedTown town = Databases.town(options, "a", "b")) {
            assertThat(town.existingRig("brought").orElseThrow().info().head()).isEqualTo(3);
            assertThat(town.existingRig("new").orElseThrow().info().head()).isZero();
            assertThat(town.placements())
                    .containsExactly(new Placement("brought", "b", null), new Placement("new", "a", null));
            assertThat(town.move("new", "b")).isEqualTo(new Placement("new", "b", null));
        }
    }

    @Test
    void a_rig_that_was_brought_is_found_by_who_only_asks_for_it_and_a_copy_is_not_there_yet() {
        try (PlacedTown town = Databases.town(options, "a", "b");
                PostgresEventStore source = PostgresEventStore.open(Databases.of("c"), "copied", Server.options());
                PostgresTown there = PostgresTown.open(Databases.of("b"), options)) {
            promote("brought", "b");
            source.append(Append.of(Events.numbered(3)));
            Transfer.of(source.transferSource(), there, "copied").copy();

            assertThat(town.existingRig("brought").orElseThrow().info().head()).isEqualTo(3);
            assertThat(town.existingRig("copied")).isEmpty();
            assertThat(town.existingRig("nobody")).isEmpty();
            assertThat(town.rigs()).containsExactly("brought");
        }
    }

    @Test
    void whether_there_is_a_rig_cannot_be_told_while_a_database_is_away_that_may_have_it() {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(50));
        HikariDataSource pool = Pools.of(Server.urlOf("b"), 3);
        Map<String, DataSource> databases = Map.of("a", Databases.of("a"), "b", pool);
        try (PlacedTown town = PlacedTown.open(Databases.of("a"), databases, impatient)) {
            town.rig("near", "a");
            promote("found", "a");
            pool.close();

            assertThat(town.existingRig("near")).isPresent();
            assertThat(town.existingRig("found")).isPresent();
            assertThatThrownBy(() -> town.existingRig("nobody"))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("Whether there is a rig 'nobody' cannot be told now");
        }
    }

    @Test
    void databases_that_are_away_are_waited_for_together() {
        Databases.town(options, "a", "b", "c").close();
        CountDownLatch both = new CountDownLatch(2);
        Set<String> asked = ConcurrentHashMap.newKeySet();
        AtomicBoolean alone = new AtomicBoolean();
        Map<String, DataSource> databases = Map.of(
                "a", Databases.of("a"),
                "b", source("b", () -> fail("b", asked, both, alone)),
                "c", source("c", () -> fail("c", asked, both, alone)));
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(50));

        try (PlacedTown town = PlacedTown.open(Databases.of("a"), databases, impatient)) {
            assertThat(town.rigs()).isEmpty();
        }

        assertThat(asked).containsExactlyInAnyOrder("b", "c");
        assertThat(alone).isFalse();
    }

    /** Once both are asked: who is asked alone waits a minute for the other. */
    private static void fail(String database, Set<String> asked, CountDownLatch both, AtomicBoolean alone)
            throws SQLException {
        if (asked.add(database)) {
            both.countDown();
        }
        try {
            if (!both.await(60, TimeUnit.SECONDS)) {
                alone.set(true);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new SQLException("Database " + database + " is away", "08001");
    }

    @Test
    void reactors_of_a_rig_that_moved_away_from_a_database_that_is_away_are_asked_for_where_it_is() {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(50));
        HikariDataSource pool = Pools.of(Server.urlOf("b"), 3);
        Map<String, DataSource> databases = Map.of("a", Databases.of("a"), "b", pool);
        try (PlacedTown town = PlacedTown.open(Databases.of("a"), databases, impatient);
                PlacedTown other = Databases.town(options, "a", "b")) {
            EventStore rig = town.rig("rig", "b");
            ReactionStore reactions = town.reactions("rig");
            reactions.register("mail", new Checkpoint(rig.info().logId(), 0));
            other.move("rig", "a");
            pool.close();

            assertThat(reactions.status("mail")).isPresent();
        }
    }
}
