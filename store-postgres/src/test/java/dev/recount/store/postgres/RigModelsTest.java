package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.event.StoredEvent;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.Retention;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is PostgreSQL's own with read models; what is the same everywhere is in the contract. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class RigModelsTest {

    private final PostgresOptions options = Server.options();

    /** A read model in one line. */
    private record Model(
            int version, FailurePolicy onFailure, List<String> schema, BiConsumer<StoredEvent, SqlStatements> rules)
            implements SqlReadModel {

        static Model of(BiConsumer<StoredEvent, SqlStatements> rules, String... schema) {
            return new Model(1, FailurePolicy.refuse(), List.of(schema), rules);
        }

        /** How many events there are of each type; fails at the second of a type, and goes on. */
        static Model careless(FailurePolicy policy) {
            return new Model(
                    1, policy, List.of("CREATE TABLE {seen} (type TEXT PRIMARY KEY NOT NULL)"), (event, sql) -> {
                        try {
                            sql.execute("INSERT INTO {seen} VALUES (?)", event.type());
                        } catch (IllegalArgumentException seenAlready) {
                            assertThat(seenAlready).hasMessageContaining("duplicate key");
                        }
                    });
        }

        static Model beads(int version) {
            return new Model(
                    version,
                    FailurePolicy.refuse(),
                    List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL)"),
                    (event, sql) -> sql.execute(
                            "INSERT INTO {bead} VALUES (?) ON CONFLICT (id) DO NOTHING",
                            event.tags().value("bead").orElse("none")));
        }

        @Override
        public String name() {
            return "model";
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            rules.accept(event, sql);
        }
    }

    private PostgresEventStore open(SqlReadModel model) {
        return PostgresEventStore.open(Server.dataSource(), "gastown", options.withInline(model));
    }

    @Test
    void a_statement_that_failed_has_failed_the_event_though_the_model_caught_it() {
        try (PostgresEventStore store = open(Model.careless(FailurePolicy.refuse()))) {
            store.append(Append.of(List.of(Events.event("created"))));

            assertThatThrownBy(() -> store.append(Append.of(List.of(Events.event("closed"), Events.event("created")))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("INSERT INTO {seen}")
                    .hasMessageContaining("duplicate key");

            assertThat(store.info().head()).isEqualTo(1);
            assertThat(store.query("SELECT type FROM seen")).hasSize(1);
            store.append(Append.of(List.of(Events.event("closed"))));
        }
    }

    @Test
    void a_policy_goes_on_after_a_statement_that_failed() {
        try (PostgresEventStore store = open(Model.careless(FailurePolicy.quarantine("bead")))) {
            store.append(Append.of(List.of(
                    Events.event("created", "bead:1"),
                    Events.event("created", "bead:2"),
                    Events.event("closed", "bead:2"),
                    Events.event("closed", "bead:3"))));

            assertThat(store.query("SELECT type FROM seen ORDER BY type"))
                    .containsExactly(Map.of("type", "closed"), Map.of("type", "created"));
            ReadModelStatus.Failure failure =
                    store.readModels().get(0).failures().get(0);
            assertThat(failure.tag()).contains("bead:2");
            assertThat(failure.leftOut()).isEqualTo(2);
        }
    }

    @Test
    void arguments_become_what_their_columns_are() {
        Model model = Model.of(
                (event, sql) -> {
                    sql.execute(
                            "INSERT INTO {kinds} VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            7,
                            true,
                            true,
                            1.5,
                            new BigDecimal("12345678901234567890.125"),
                            Instant.EPOCH,
                            new byte[] {1, 2},
                            null);
                    assertThat(sql.query("SELECT n FROM {kinds} WHERE flag = ? AND n = ?", true, 7))
                            .hasSize(1);
                },
                "CREATE TABLE {kinds} (n BIGINT, flag BIGINT, really BOOLEAN, part DOUBLE PRECISION, exact NUMERIC,"
                        + " at TEXT, bytes BYTEA, nothing BIGINT)");
        try (PostgresEventStore store = open(model)) {
            store.append(Append.of(List.of(Events.event("created"))));

            Map<String, Object> row = store.query("SELECT * FROM kinds").get(0);
            assertThat(row).containsEntry("n", 7L).containsEntry("flag", 1L).containsEntry("really", 1);
            assertThat(row).containsEntry("part", 1.5).containsEntry("at", "1970-01-01T00:00:00.000000Z");
            assertThat(row.get("exact")).isEqualTo(new BigDecimal("12345678901234567890.125"));
            assertThat(row.get("bytes")).isEqualTo(new byte[] {1, 2});
            assertThat(row.get("nothing")).isNull();
            assertThat(store.verify(model).isEqual()).isTrue();
            assertThatThrownBy(() -> store.query("SELECT ?::float8", Double.NaN))
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void the_logs_own_tables_are_out_of_reach() {
        Model forger = Model.of(
                (event, sql) -> sql.execute("DELETE FROM " + options.schema() + ".receipts"),
                "CREATE TABLE {forged} (id TEXT)");
        try (PostgresEventStore store = open(forger)) {
            assertThatThrownBy(() -> store.append(Append.of(List.of(Events.event("created")))))
                    .hasMessageContaining("touches the log's own tables");
            assertThat(store.info().head()).isZero();
            assertThatThrownBy(() -> store.query("SELECT 1; COMMIT; DROP SCHEMA " + options.schema() + " CASCADE"))
                    .hasMessageContaining("more than one statement");
        }
    }

    @Test
    void what_is_SQLites_own_is_refused_before_anything_is_opened() {
        for (String sql : List.of(
                "CREATE TRIGGER {t} AFTER INSERT ON {bead} BEGIN SELECT 1; END",
                "CREATE VIRTUAL TABLE {words} USING fts5(t)",
                "CREATE TABLE {Other} (id TEXT)")) {
            assertThatThrownBy(() -> options.withInline(
                            Model.of((event, statements) -> {}, "CREATE TABLE {bead} (id TEXT)", sql)))
                    .as(sql)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PostgreSQL");
        }
    }

    @Test
    void retention_waits_for_a_model_until_it_is_withdrawn() {
        try (PostgresEventStore store = open(Model.beads(1))) {
            store.append(Append.of(Events.numbered(5, "bead:1")));
        }
        try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), "gastown", options)) {
            store.append(Append.of(Events.numbered(5, "bead:1")));
            Retention eight = Retention.from(9);
            assertThatThrownBy(() -> store.retain(eight))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read model 'model' has read up to 5 only");

            store.withdraw("model");

            assertThat(store.retain(eight).floor()).isEqualTo(8);
        }
    }

    @Test
    void a_reader_that_holds_the_live_tables_holds_up_a_swap_and_no_append() throws Exception {
        try (PostgresEventStore old = open(Model.beads(1))) {
            old.append(Append.of(Events.numbered(5, "bead:1")));
        }
        try (PostgresEventStore store = PostgresEventStore.open(
                        Server.dataSource(),
                        "gastown",
                        options.withInline(Model.beads(2)).buildingInBackground());
                PostgresEventStore appending = PostgresEventStore.open(Server.dataSource(), "gastown", options)) {
            assertThat(store.awaitApplied("model", 5, Duration.ofMinutes(2))).isTrue();
            try (Connection reader = Server.dataSource().getConnection()) {
                reader.setAutoCommit(false);
                run(reader, "SELECT count(*) FROM " + options.schema() + "_rig_1.bead");
                FutureTask<Void> rebuild = new FutureTask<>(() -> store.rebuild("model"), null);
                Thread thread = new Thread(rebuild);
                thread.start();

                appending.append(Append.of(Events.numbered(5, "bead:2")));
                assertThat(rebuild.isDone()).isFalse();

                reader.rollback();
                rebuild.get(120, TimeUnit.SECONDS);
                thread.join();
            }
            assertThat(store.query("SELECT id FROM bead ORDER BY id")).hasSize(2);
        }
    }

    @Test
    void an_application_keeps_models_and_the_owner_of_the_log_waits_for_them() throws SQLException {
        String owner = options.schema() + "_owner";
        String app = options.schema() + "_app";
        Sql.run(Server.dataSource(), "CREATE ROLE " + owner + " LOGIN; CREATE ROLE " + app + " LOGIN");
        Sql.run(Server.dataSource(), "GRANT CREATE ON DATABASE postgres TO " + owner + ", " + app);
        try (HikariDataSource asOwner = Pools.of(Server.urlFor(owner), 3);
                HikariDataSource asApp = Pools.of(Server.urlFor(app), 3)) {
            PostgresSchema schema = PostgresSchema.of(asOwner, options);
            schema.install();
            schema.grantTo(app);
            try (PostgresEventStore store =
                            PostgresEventStore.open(asApp, "gastown", options.withInline(Model.beads(1)));
                    PostgresEventStore owned = PostgresEventStore.open(asOwner, "gastown", options)) {
                store.append(Append.of(Events.numbered(5, "bead:1")));
                assertThat(store.query("SELECT id FROM bead")).hasSize(1);

                assertThat(owned.consumers().list()).singleElement().satisfies(consumer -> {
                    assertThat(consumer.kind()).isEqualTo("read model");
                    assertThat(consumer.checkpoint()).isEqualTo(5);
                });
                assertThat(owned.readModels())
                        .extracting(ReadModelStatus::checkpoint)
                        .containsExactly(5L);
                Sql.run(asApp, "UPDATE " + options.schema() + "_rig_1.recount_read_models SET checkpoint = 6");
                assertThat(owned.check().problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.kind()).isEqualTo("readModel"));
                Sql.run(asApp, "UPDATE " + options.schema() + "_rig_1.recount_read_models SET checkpoint = 5");
                assertThat(owned.retain(Retention.from(4)).floor()).isEqualTo(3);
                assertThat(owned.check().problems()).isEmpty();
                Sql.run(asApp, "REVOKE ALL ON ALL TABLES IN SCHEMA " + options.schema() + "_rig_1 FROM " + owner);
                assertThat(owned.check().problems()).isEmpty();
                Sql.run(
                        asApp,
                        "GRANT SELECT ON " + options.schema() + "_rig_1.recount_read_model_failures TO " + owner);
                assertThat(owned.check().problems()).isEmpty();
            }
        }
    }

    /** The live tables by other means than those of the store. */
    private void asHost(String sql) throws SQLException {
        Sql.run(Server.dataSource(), sql.replace("{m}", options.schema() + "_rig_1"));
    }

    private List<String> told(String view) throws SQLException {
        return Sql.texts(Server.dataSource(), "SELECT id FROM " + options.schema() + "_rig_1." + view + " ORDER BY id");
    }

    private static Model withView(int version, String schema) {
        return new Model(
                version,
                FailurePolicy.refuse(),
                List.of(schema, "CREATE VIEW {first} AS SELECT min(id) AS id FROM {bead}"),
                (event, sql) -> sql.execute(
                        "INSERT INTO {bead} (id) VALUES (?) ON CONFLICT (id) DO NOTHING",
                        event.tags().value("bead").orElse("none") + "." + version));
    }

    @Test
    void views_that_others_made_on_a_model_follow_a_swap_and_stay_the_same_views() throws SQLException {
        String role = options.schema() + "_reader";
        Sql.run(Server.dataSource(), "CREATE ROLE " + role);
        try (PostgresEventStore store = open(withView(1, "CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL)"))) {
            store.append(Append.of(Events.numbered(1, "bead:1")));
            asHost("CREATE VIEW {m}.of_table WITH (security_barrier = true) AS"
                    + " SELECT id COLLATE \"C\" AS id, 7::numeric(10,2) AS n FROM {m}.bead WHERE NOT '{}'::jsonb ? id");
            asHost("CREATE VIEW {m}.of_view AS SELECT f.id FROM {m}.first f JOIN {m}.of_table USING (id)");
            asHost("CREATE VIEW {m}.of_both AS SELECT id FROM {m}.of_view UNION SELECT id FROM {m}.bead");
            asHost("GRANT SELECT ON {m}.of_table TO " + role);
        }
        String identity = "SELECT oid::text || reloptions::text || relacl::text FROM pg_class WHERE oid = '"
                + options.schema() + "_rig_1.of_table'::regclass";
        String before = Sql.text(Server.dataSource(), identity);

        try (PostgresEventStore store =
                open(withView(2, "CREATE TABLE {bead} (n BIGINT, id TEXT PRIMARY KEY NOT NULL)"))) {
            store.append(Append.of(Events.numbered(1, "bead:2")));
            store.rebuild("model");

            assertThat(told("of_table")).containsExactly("1.2", "2.2");
            assertThat(told("of_view")).containsExactly("1.2");
            assertThat(told("of_both")).containsExactly("1.2", "2.2");
            assertThat(Sql.text(Server.dataSource(), identity)).isEqualTo(before);
            assertThat(Sql.texts(
                            Server.dataSource(),
                            "SELECT relname FROM pg_class WHERE relnamespace = '" + options.schema()
                                    + "_rig_1'::regnamespace AND relkind IN ('r', 'v') AND relname LIKE '%@%'"))
                    .isEmpty();
        }
    }

    @Test
    void a_view_that_cannot_follow_stops_the_build_and_is_named() throws SQLException {
        try (PostgresEventStore store =
                open(withView(1, "CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL, old TEXT)"))) {
            store.append(Append.of(Events.numbered(1, "bead:1")));
            asHost("CREATE VIEW {m}.of_old AS SELECT id, old FROM {m}.bead");
        }

        try (PostgresEventStore store = open(withView(2, "CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL)"))) {
            ReadModelStatus stopped = store.readModels().get(0);
            assertThat(stopped.state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(stopped.version()).isEqualTo(1);
            assertThat(stopped.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.sequence()).isEqualTo(1);
                assertThat(failure.cause())
                        .startsWith("view ")
                        .contains("of_old reads its tables, and cannot be made to read those of the new version")
                        .contains("old");
            });
            assertThat(told("of_old")).containsExactly("1.1");
            assertThat(store.resume("model")).isFalse();

            asHost("DROP VIEW {m}.of_old; CREATE MATERIALIZED VIEW {m}.of_new AS SELECT id FROM {m}.bead");
            assertThatThrownBy(() -> store.rebuild("model")).hasMessageContaining("of_new is a materialized view");
            asHost("DROP MATERIALIZED VIEW {m}.of_new");
            assertThat(store.resume("model")).isTrue();
            assertThat(told("bead")).containsExactly("1.2");
        }
    }

    @Test
    void views_in_a_schema_of_the_host_follow_and_what_else_was_made_of_a_table_keeps_nothing_from_opening()
            throws SQLException {
        String host = "public." + options.schema();
        try (PostgresEventStore store = open(withView(1, "CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL)"))) {
            store.append(Append.of(Events.numbered(1, "bead:1")));
            asHost("CREATE TABLE " + host + "_more AS SELECT 'host' AS id");
            asHost("CREATE VIEW " + host + "_v AS SELECT b.id, m.id AS of FROM {m}.bead b, " + host + "_more m");
            asHost("CREATE VIEW " + host + "_f AS SELECT id FROM {m}.first");
            asHost("CREATE FUNCTION " + host
                    + "_rows() RETURNS SETOF {m}.bead LANGUAGE sql AS 'SELECT * FROM {m}.bead'");
        }

        Model next = new Model(
                2,
                FailurePolicy.refuse(),
                List.of(
                        "CREATE TABLE {bead} (id TEXT PRIMARY KEY NOT NULL)",
                        "CREATE TABLE {" + options.schema() + "_more} (id TEXT)",
                        "CREATE VIEW {first} AS SELECT min(id) AS id FROM {bead}"),
                Model.beads(2).rules());
        try (PostgresEventStore store = open(next)) {
            store.append(Append.of(Events.numbered(1, "bead:2")));

            assertThat(Sql.texts(Server.dataSource(), "SELECT id || of FROM " + host + "_v ORDER BY id"))
                    .containsExactly("1host", "2host");
            assertThat(Sql.texts(Server.dataSource(), "SELECT id FROM " + host + "_f"))
                    .containsExactly("1");
            assertThat(store.check().problems()).isEmpty();
            asHost("DROP FUNCTION " + host + "_rows()");
            asHost("CREATE FUNCTION " + host + "_firsts() RETURNS SETOF {m}.first LANGUAGE sql AS $$ SELECT '1' $$");
            assertThatThrownBy(() -> store.rebuild("model"))
                    .hasMessageContaining("its views cannot be replaced")
                    .hasMessageContaining("_firsts");
            asHost("DROP FUNCTION " + host + "_firsts()");
            store.rebuild("model");
            assertThat(store.query("SELECT name FROM recount_read_model_tables WHERE name LIKE '%@%'"))
                    .isEmpty();
        }
    }

    @Test
    void a_view_that_may_not_be_replaced_where_it_is_stops_the_new_version() throws SQLException {
        try (PostgresEventStore store = open(Model.beads(1))) {
            store.append(Append.of(Events.numbered(1, "bead:1")));
        }
        try (Connection another = Server.dataSource().getConnection();
                Statement statement = another.createStatement()) {
            statement.execute("CREATE TEMPORARY VIEW of_session AS SELECT id FROM " + options.schema() + "_rig_1.bead");
            try (PostgresEventStore store = open(Model.beads(2))) {
                ReadModelStatus stopped = store.readModels().get(0);
                assertThat(stopped.state()).isEqualTo(ReadModelStatus.State.STOPPED);
                assertThat(stopped.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.cause()).contains("of_session"));
                statement.execute("DROP VIEW of_session");
                assertThat(store.resume("model")).isTrue();
            }
        }
    }

    @Test
    void a_view_of_a_role_that_the_store_may_not_act_for_is_named_with_the_role() throws SQLException {
        String app = options.schema() + "_app";
        Sql.run(Server.dataSource(), "CREATE ROLE " + app + " LOGIN");
        Sql.run(Server.dataSource(), "GRANT CREATE ON DATABASE postgres TO " + app);
        try (HikariDataSource asApp = Pools.of(Server.urlFor(app), 3);
                PostgresEventStore store =
                        PostgresEventStore.open(asApp, "gastown", options.withInline(Model.beads(1)))) {
            store.append(Append.of(Events.numbered(1, "bead:1")));
            asHost("CREATE VIEW {m}.of_host AS SELECT id FROM {m}.bead; CREATE ROLE " + app + "_host");
            asHost("ALTER VIEW {m}.of_host OWNER TO " + app + "_host");

            assertThatThrownBy(() -> store.rebuild("model"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("of_host of role " + app + "_host reads its tables");

            asHost("GRANT " + app + "_host TO " + app + "; GRANT CREATE, USAGE ON SCHEMA {m} TO " + app + "_host");
            store.rebuild("model");
            assertThat(Sql.texts(Server.dataSource(), "SELECT definition FROM pg_views WHERE viewname = 'of_host'"))
                    .noneMatch(definition -> definition.contains("@"));
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
