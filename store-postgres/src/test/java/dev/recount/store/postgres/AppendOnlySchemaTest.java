package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.snapshot.Snapshot;
import dev.recount.snapshot.SnapshotKey;
import dev.recount.store.Append;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendOnlySchemaTest {

    private final PostgresOptions options = Server.options();

    @Nested
    class Triggers {

        @BeforeEach
        void three_events() {
            try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
                store.append(Append.of(Events.numbered(3, "bead:1")).withReceipt("command-7"));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE events SET data = '[]' WHERE sequence = 2",
                    "UPDATE events SET sequence = 9 WHERE sequence = 3",
                    "DELETE FROM events WHERE sequence = 3",
                    "DELETE FROM events",
                    "TRUNCATE events",
                    "INSERT INTO events SELECT rig, 2, type, version, tags, '[]', metadata, occurred_at, stored_at, chain"
                            + " FROM events WHERE sequence = 2 ON CONFLICT (rig, sequence) DO UPDATE SET data = '[]'",
                    "INSERT INTO events SELECT rig, -1, type, version, tags, data, metadata, occurred_at, stored_at, chain"
                            + " FROM events WHERE sequence = 1",
                    "UPDATE event_tags SET tag = 'bead:2'",
                    "DELETE FROM event_tags WHERE sequence = 1",
                    "TRUNCATE event_tags",
                    "UPDATE receipts SET first = 2",
                    "DELETE FROM receipts",
                    "TRUNCATE receipts",
                    "UPDATE rigs SET head = 2",
                    "UPDATE rigs SET log_id = 'another'",
                    "UPDATE rigs SET floor = 4",
                    "UPDATE rigs SET last_stored_at = '2000-01-01T00:00:00.000000Z'",
                    "DELETE FROM rigs",
                    "TRUNCATE rigs",
                    "SET session_replication_role = replica; DELETE FROM events",
                    "SET session_replication_role = replica; UPDATE events SET data = '[]'"
                })
        void the_database_refuses_it_also_to_a_superuser(String statement) throws SQLException {
            assertThatThrownBy(() ->
                            Sql.run(Server.dataSource(), "SET search_path = " + options.schema() + "; " + statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append only");
            Sql.run(Server.dataSource(), "RESET session_replication_role; RESET search_path");
            try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
                assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
            }
        }

        @Test
        void only_what_lies_below_the_floor_may_go() throws SQLException {
            Sql.run(Server.dataSource(), "UPDATE " + options.schema() + ".rigs SET floor = 2");

            Sql.run(Server.dataSource(), "DELETE FROM " + options.schema() + ".events WHERE sequence <= 2");

            assertThatThrownBy(() -> Sql.run(Server.dataSource(), "DELETE FROM " + options.schema() + ".events"))
                    .hasMessageContaining("append only");
        }
    }

    /** The set-up of the documentation: one role owns the schema, another one uses it. */
    @Nested
    class Grants {

        private final String owner = "owner_" + options.schema();
        private final String app = "app_" + options.schema();
        private HikariDataSource asOwner;
        private HikariDataSource asApp;

        @BeforeEach
        void two_roles() throws SQLException {
            Sql.run(Server.dataSource(), "CREATE ROLE " + owner + " LOGIN; CREATE ROLE " + app + " LOGIN");
            Sql.run(Server.dataSource(), "GRANT CREATE ON DATABASE postgres TO " + owner);
            asOwner = Pools.of(Server.urlFor(owner), 3);
            asApp = Pools.of(Server.urlFor(app), 3);
            PostgresSchema schema = PostgresSchema.of(asOwner, options);
            schema.install();
            schema.grantTo(app);
        }

        @AfterEach
        void close_them() {
            asOwner.close();
            asApp.close();
        }

        @Test
        void the_application_can_do_all_that_a_store_does() throws Exception {
            try (PostgresEventStore store = PostgresEventStore.open(asApp, "rig", options)) {
                store.append(Append.of(Events.numbered(3, "bead:1")).withReceipt("command-7"));
                PostgresReactions reactions = PostgresReactions.of(store);
                reactions.register("tickets", new Checkpoint(store.info().logId(), 0));
                PostgresSnapshots snapshots = PostgresSnapshots.open(asApp, options);
                Snapshot snapshot = new Snapshot(new SnapshotKey("log", "seat", 1, "all"), 3, 3, "f", "{}");
                snapshots.save(snapshot);

                assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
                assertThat(store.awaitAfter(0, java.time.Duration.ofSeconds(60)))
                        .isTrue();
                assertThat(reactions.status("tickets")).isPresent();
                assertThat(snapshots.newest(snapshot.key())).contains(snapshot);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE events SET data = '[]'",
                    "DELETE FROM events",
                    "TRUNCATE events",
                    "UPDATE event_tags SET tag = 'bead:2'",
                    "DELETE FROM event_tags",
                    "DELETE FROM receipts",
                    "UPDATE receipts SET first = 2",
                    "UPDATE rigs SET floor = 3",
                    "UPDATE rigs SET log_id = 'another'",
                    "DELETE FROM rigs",
                    "INSERT INTO retentions (rig, at, floor_before, floor, events) VALUES (1, '', 0, 0, 0)",
                    "UPDATE migrations SET digest = ''",
                    "ALTER TABLE events DISABLE TRIGGER ALL",
                    "DROP TABLE events",
                    "CREATE TABLE other (id int)"
                })
        void the_application_may_not_change_what_is_stored(String statement) {
            try (PostgresEventStore store = PostgresEventStore.open(asApp, "rig", options)) {
                store.append(Append.of(Events.numbered(3, "bead:1")));

                assertThatThrownBy(() -> Sql.run(asApp, "SET search_path = " + options.schema() + "; " + statement))
                        .isInstanceOf(SQLException.class)
                        .satisfies(e ->
                                assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
            }
        }

        @Test
        void retention_is_the_owners() {
            try (PostgresEventStore store = PostgresEventStore.open(asApp, "rig", options);
                    PostgresEventStore owners = PostgresEventStore.open(asOwner, "rig", options)) {
                store.append(Append.of(Events.numbered(3, "bead:1")));

                assertThatThrownBy(() -> store.retain(Retention.newest(1)))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("cannot be used by this role");
                assertThat(owners.retain(Retention.newest(1))).isEqualTo(new Retained(0, 2, 2));
                assertThat(Events.sequences(store)).containsExactly(3L);
            }
        }
    }
}
