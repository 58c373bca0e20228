package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.postgres.PlacedTown;
import dev.recount.store.postgres.Placement;
import dev.recount.store.postgres.PostgresEventStore;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.postgres.PostgresSchema;
import dev.recount.store.postgres.PostgresSnapshots;
import dev.recount.store.postgres.PostgresTown;
import dev.recount.store.postgres.Transfer;
import dev.recount.store.postgres.Transferred;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteTown;
import dev.recount.town.Town;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of store-postgres, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSamplesTest {

    private static EmbeddedPostgres server;

    private final DataSource dataSource = server.getPostgresDatabase();

    @BeforeAll
    static void start_a_server() throws IOException {
        server = Postgres.start();
    }

    @AfterAll
    static void stop_it() throws IOException {
        server.close();
    }

    @Test
    void a_log_is_a_rig_of_a_database() {
        try (PostgresEventStore store = PostgresEventStore.open(dataSource, "gastown")) {
            store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));
        }

        try (PostgresEventStore again = PostgresEventStore.open(dataSource, "gastown")) {
            assertThat(again.info().head()).isPositive();
        }
    }

    @Test
    void a_replica_is_read_like_any_other() throws Exception {
        // One server stands for both here; store-postgres tests it with two.
        DataSource primarySource = dataSource;
        DataSource replicaSource = dataSource;
        List<StoredEvent> seen = List.of();

        try (PostgresEventStore primary = PostgresEventStore.open(primarySource, "gastown");
                PostgresEventStore replica = PostgresEventStore.open(replicaSource, "gastown")) {
            long written = primary.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))))
                    .last();
            if (replica.awaitAfter(written - 1, Duration.ofSeconds(30))) {
                seen = replica.read(Query.all(), ReadOptions.defaults().after(written - 1))
                        .events();
            }
        }

        assertThat(seen).hasSize(1);
    }

    @Test
    void a_town_has_many() {
        List<NewEvent> events = List.of(NewEvent.of("bead.created", "{}"));
        List<String> rigs;
        PostgresOptions options = PostgresOptions.defaults().withSchema("town").withBusyTimeout(Duration.ofSeconds(5));
        PostgresTown.open(dataSource, options).close();

        try (PostgresTown town = PostgresTown.open(dataSource)) {
            town.rig("gastown").append(Append.of(events));
            rigs = town.rigs(); // [gastown]
        }

        assertThat(rigs).contains("gastown");
    }

    @Test
    void a_file_becomes_a_rig(@TempDir Path folder) {
        Path path = folder.resolve("gastown.db");
        PostgresOptions options = PostgresOptions.defaults().withSchema("moved");
        try (SqliteEventStore file = SqliteEventStore.open(path);
                PostgresTown town = PostgresTown.open(dataSource, options)) {
            file.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))));

            Transfer transfer = Transfer.of(file.transferSource(), town, "gastown");
            transfer.copy(); // as often as one likes; the rig can be read, and is a copy
            Transferred moved = transfer.move("town"); // the file takes no appends from now on, the rig does

            assertThat(moved.head()).isEqualTo(1);
            assertThat(town.rig("gastown").info()).isEqualTo(file.info());
        }
    }

    @Test
    void one_line_says_where_a_log_is(@TempDir Path folder) {
        Path path = folder.resolve("gastown.db");
        try (EventStore before = SqliteEventStore.open(path)) {
            assertThat(before.info().head()).isZero();
        }

        EventStore store = PostgresEventStore.open(dataSource, "gastown");

        assertThat(store.info().logId()).isNotBlank();
        store.close();
    }

    @Test
    void a_schema_has_an_owner() throws SQLException {
        DataSource ownersDataSource = dataSource;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE app LOGIN");
        }

        PostgresSchema schema = PostgresSchema.of(ownersDataSource, PostgresOptions.defaults());
        schema.install();
        schema.grantTo("app");

        try (PostgresEventStore store = PostgresEventStore.open(server.getDatabase("app", "postgres"), "granted")) {
            assertThat(store.append(Append.of(List.of(NewEvent.of("bead.created", "{}"))))
                            .first())
                    .isEqualTo(1);
        }
    }

    @Test
    void snapshots_have_a_table() {
        PostgresSnapshots kept = PostgresSnapshots.open(dataSource, PostgresOptions.defaults());

        assertThat(kept.newest(new SnapshotKey("log", "seat", 1, "all"))).isEmpty();
    }

    @Test
    void a_town_has_its_rigs_in_several_databases() throws SQLException {
        List<NewEvent> events = List.of(NewEvent.of("bead.created", "{}"));
        DataSource directory = database("one");
        DataSource first = directory;
        DataSource second = database("two");

        try (PlacedTown town = PlacedTown.open(directory, Map.of("a", first, "b", second))) {
            EventStore rig = town.rig("gastown");
            rig.append(Append.of(events));
            town.move("gastown", "b");
            rig.append(Append.of(events));
        }

        try (PlacedTown again = PlacedTown.open(directory, Map.of("a", first, "b", second))) {
            assertThat(again.rig("gastown").info().head()).isEqualTo(2);
            assertThat(again.placements()).containsExactly(new Placement("gastown", "b", null));
        }
    }

    @Test
    void each_step_of_scale_changes_the_line_that_opens_the_store(@TempDir Path directory) throws SQLException {
        Path path = directory.resolve("rig.db");
        DataSource replica = dataSource;
        EventStore store = SqliteEventStore.open(path);
        Town town = SqliteTown.open(directory);
        Town rigs = PostgresTown.open(dataSource);
        Town feeds = PostgresTown.open(replica);
        DataSource first = database("three");
        DataSource second = database("four");
        PlacedTown placed = PlacedTown.open(dataSource, Map.of("a", first, "b", second));

        placed.rig("gastown"); // where the fewest rigs are
        placed.rig("beads", "b"); // or where you say
        placed.move("gastown", "b"); // while it is written to; once more after a crash
        placed.takeBack("gastown"); // or leave it where it is
        placed.drain("a"); // moves all rigs away; no new ones come
        placed.refill("a"); // takes new rigs again

        assertThat(placed.placements())
                .allMatch(placement -> placement.database().equals("b"));
        assertThat(town.rigs()).containsExactly("rig");
        assertThat(feeds.rigs()).isEqualTo(rigs.rigs());
        store.close();
        for (Town each : List.of(town, rigs, feeds, placed)) {
            each.close();
        }
    }

    private DataSource database(String name) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getDatabase("postgres", name);
    }
}
