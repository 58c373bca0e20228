package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.store.Append;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaTest {

    private final PostgresOptions options = Server.options();

    @Test
    void to_install_it_again_changes_nothing() throws SQLException {
        PostgresSchema schema = PostgresSchema.of(Server.dataSource(), options);
        schema.install();
        String before = steps();

        schema.install();
        open();

        assertThat(steps()).isEqualTo(before).contains("tables", "append only");
    }

    @Test
    void several_who_install_at_once_install_it_once() throws Exception {
        List<CompletableFuture<Void>> installing = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            installing.add(CompletableFuture.runAsync(this::open));
        }

        for (CompletableFuture<Void> each : installing) {
            each.get(60, TimeUnit.SECONDS);
        }

        assertThat(Sql.texts(Server.dataSource(), "SELECT name FROM " + options.schema() + ".rigs"))
                .containsExactly("rig");
    }

    @Test
    void a_schema_that_holds_something_else_is_left_alone() throws SQLException {
        Sql.run(Server.dataSource(), "CREATE SCHEMA " + options.schema());
        Sql.run(Server.dataSource(), "CREATE TABLE " + options.schema() + ".events (mine text)");

        assertThatThrownBy(this::open)
                .isInstanceOf(LogCorrupt.class)
                .hasMessage("Schema '" + options.schema()
                        + "' holds something else than rigs. Give the name of an empty one,"
                        + " or of one that is not there.");
        assertThat(Sql.texts(
                        Server.dataSource(),
                        "SELECT tablename FROM pg_tables WHERE schemaname = '" + options.schema() + "'"))
                .containsExactly("events");
    }

    @Test
    void an_empty_schema_that_was_prepared_is_used() throws SQLException {
        Sql.run(Server.dataSource(), "CREATE SCHEMA " + options.schema());

        open();

        assertThat(steps()).contains("tables");
    }

    @Test
    void a_step_of_the_same_number_that_is_another_one_is_noticed() throws SQLException {
        open();
        Sql.run(Server.dataSource(), "UPDATE " + options.schema() + ".migrations SET digest = 'abc' WHERE number = 2");

        assertThatThrownBy(this::open)
                .isInstanceOf(LogCorrupt.class)
                .hasMessageContaining("its step 2 'append only' (abc) is not this library's 2 'append only' (");
    }

    @Test
    void a_town_of_an_earlier_release_is_brought_to_this_one_and_its_application_goes_on() throws SQLException {
        int consumers = steps(SchemaText.MIGRATIONS).indexOf("consumers");
        Database owner = new Database(Server.dataSource(), options);
        PostgresSchema.of(owner, SchemaText.MIGRATIONS.subList(0, consumers)).install();
        String role = "app_" + options.schema();
        Sql.run(Server.dataSource(), "CREATE ROLE " + role + " LOGIN");
        Sql.run(
                Server.dataSource(),
                SchemaText.GRANTS
                        .replace("{s}.consumers, ", "")
                        .replace("{s}", options.schema())
                        .replace("{r}", role));

        try (HikariDataSource app = Pools.of(Server.urlFor(role), 3)) {
            assertThatThrownBy(() -> PostgresEventStore.open(app, "rig", options))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("older than this release")
                    .hasMessageContaining("Let its owner call PostgresSchema.install()");
        }
        PostgresSchema.of(Server.dataSource(), options).install();

        assertThat(steps()).contains("consumers");
        try (HikariDataSource app = Pools.of(Server.urlFor(role), 3);
                PostgresEventStore store = PostgresEventStore.open(app, "rig", options)) {
            store.append(Append.of(Events.numbered(3)));
            store.consumers().advance("search", 2);
            assertThat(store.consumers().list())
                    .extracting(LogConsumer::checkpoint)
                    .containsExactly(2L);
            assertThat(store.check().ok()).isTrue();
        }
    }

    private static List<String> steps(List<Migration> migrations) {
        return migrations.stream().map(Migration::name).toList();
    }

    @Test
    void a_step_of_a_newer_release_is_left_alone() throws SQLException {
        open();
        int next = SchemaText.MIGRATIONS.size() + 1;
        Sql.run(
                Server.dataSource(),
                "INSERT INTO " + options.schema() + ".migrations VALUES (" + next + ", 'more', 'abc', '')");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(
                        "made by a newer release: this one does not know its step " + next + " 'more' (abc)");
    }

    @Test
    void who_may_not_create_it_is_told_so() throws SQLException {
        Sql.run(Server.dataSource(), "CREATE ROLE nobody_" + options.schema() + " LOGIN");
        try (HikariDataSource nobody = Pools.of(Server.urlFor("nobody_" + options.schema()), 2)) {
            assertThatThrownBy(() -> PostgresEventStore.open(nobody, "rig", options))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("this role may not change that");
        }
    }

    @Test
    void a_database_that_cannot_hold_every_text_is_refused() throws SQLException {
        Sql.run(
                Server.dataSource(),
                "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        try (HikariDataSource latin = Pools.of(Server.url().replace("/postgres?", "/latin?"), 2)) {
            assertThatThrownBy(() -> PostgresEventStore.open(latin, "rig", options))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("has the encoding LATIN1");
        }
    }

    @Test
    void no_name_leads_out_of_its_place() {
        PostgresSchema schema = PostgresSchema.of(Server.dataSource(), options);

        assertThatThrownBy(() -> options.withSchema("a; DROP TABLE x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withSchema("pg_catalog")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> schema.grantTo("app; DROP TABLE x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PostgresEventStore.open(Server.dataSource(), "../rig", options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void open() {
        PostgresEventStore.open(Server.dataSource(), "rig", options).close();
    }

    private String steps() throws SQLException {
        return Sql.texts(
                        Server.dataSource(),
                        "SELECT m::text FROM " + options.schema() + ".migrations m ORDER BY number")
                .toString();
    }
}
