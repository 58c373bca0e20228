package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.EventStoreException;
import dev.recount.store.StoreUnavailable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a model throws is the model's own affair, and what the file fails at is not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class ModelFailureTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    /** Keeps each event's sequence, and throws at events of type "poison". */
    private record Throwing(FailurePolicy onFailure, Supplier<Throwable> failure) implements SqlReadModel {

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
            return List.of("CREATE TABLE {seen} (sequence INTEGER PRIMARY KEY)");
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute("INSERT INTO {seen} VALUES (?)", event.sequence());
            if (event.type().equals("poison")) {
                ModelFailureTest.sneak(failure.get());
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private static int deep(int depth) {
        return depth < 0 ? 0 : deep(depth + 1) + deep(depth + 2);
    }

    /** Cannot even be told. */
    private static final class Untold extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even that");
        }
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> {
                    deep(0);
                    return new IllegalStateException("a stack without an end");
                },
                () -> new AssertionError("not so"),
                () -> new NoClassDefFoundError("com/acme/Gone"),
                () -> new IOException("undeclared"),
                Untold::new,
                () -> new StoreUnavailable("a file of the model's own", null));
    }

    private SqliteOptions options(boolean inline, SqlReadModel model) {
        SqliteOptions options = SqliteOptions.defaults();
        return inline ? options.withInline(model) : options.withAsync(model);
    }

    private SqliteEventStore open(boolean inline, SqlReadModel model) {
        return SqliteEventStore.open(file, options(inline, model));
    }

    private static void appendWithPoison(SqliteEventStore store) {
        Events.append(store, Events.event("good", "bead:1"));
        Events.append(store, Events.event("poison", "bead:2"));
        Events.append(store, Events.event("good", "bead:1"), Events.event("good", "bead:2"));
    }

    private static List<Object> seen(SqliteEventStore store) {
        return store.query("SELECT sequence FROM seen ORDER BY sequence").stream()
                .<Object>map(row -> row.get("sequence"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_an_inline_model_throws_stops_it_where_it_is_to_stop(Supplier<Throwable> failure) {
        try (SqliteEventStore store = open(true, new Throwing(FailurePolicy.stop(), failure))) {
            appendWithPoison(store);

            assertThat(store.info().head()).isEqualTo(4);
            assertThat(seen(store)).containsExactly(1);
            assertThat(store.readModels().get(0).state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(store.readModels().get(0).failures().get(0).sequence()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_an_async_model_throws_is_put_in_quarantine_where_it_is_to_be(Supplier<Throwable> failure)
            throws Exception {
        try (SqliteEventStore store = open(false, new Throwing(FailurePolicy.quarantine("bead"), failure))) {
            appendWithPoison(store);

            assertThat(store.awaitApplied("seen", 4, LONG)).isTrue();
            assertThat(seen(store)).containsExactly(1, 3);
            assertThat(store.readModels().get(0).failures()).singleElement().satisfies(found -> {
                assertThat(found.tag()).contains("bead:2");
                assertThat(found.cause()).isNotEmpty();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_an_async_model_throws_stops_it_and_is_not_tried_for_ever(Supplier<Throwable> failure) {
        try (SqliteEventStore store = open(false, new Throwing(FailurePolicy.refuse(), failure))) {
            appendWithPoison(store);

            assertThatThrownBy(() -> store.awaitApplied("seen", 4, LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped at event 2");
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_an_inline_model_throws_refuses_the_append_where_it_is_to_refuse(Supplier<Throwable> failure) {
        try (SqliteEventStore store = open(true, new Throwing(FailurePolicy.refuse(), failure))) {
            Events.append(store, Events.event("good", "bead:1"));

            assertThatThrownBy(() -> Events.append(store, Events.event("poison", "bead:2")))
                    .isNotInstanceOf(EventStoreException.class);

            assertThat(store.info().head()).isEqualTo(1);
            Events.append(store, Events.event("good", "bead:1"));
            assertThat(seen(store)).containsExactly(1, 2);
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_verification_names_the_event_that_a_model_fails_at_whatever_it_throws(Supplier<Throwable> failure) {
        SqlReadModel mended = new Throwing(FailurePolicy.refuse(), () -> new IllegalStateException("never"));
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            Events.append(store, Events.event("good", "bead:1"), Events.event("poison", "bead:2"));
        }
        open(false, new TableModel("seen", 1, mended.schema(), (event, sql) -> {}))
                .close();

        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThatThrownBy(() -> store.verify(new Throwing(FailurePolicy.refuse(), failure)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("failed in its replay at sequence 2");
        }
    }

    @Test
    void memory_that_runs_out_is_no_failure_of_the_model() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        SqlReadModel model = new Throwing(FailurePolicy.stop(), () -> {
            if (tries.incrementAndGet() < 3) {
                return new OutOfMemoryError("for a moment");
            }
            return new IllegalStateException("now it is the model");
        });
        try (SqliteEventStore store = open(true, model)) {
            assertThatThrownBy(() -> Events.append(store, Events.event("poison")))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(store.info().head()).isZero();
            assertThat(store.readModels().get(0).failures()).isEmpty();
        }

        try (SqliteEventStore store = open(false, model)) {
            Events.append(store, Events.event("poison"));
            assertThatThrownBy(() -> store.awaitApplied("seen", 1, LONG)).hasMessageContaining("now it is the model");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void statements_that_were_kept_for_later_are_refused(boolean inline) throws Exception {
        AtomicReference<SqlStatements> kept = new AtomicReference<>();
        TableModel model = TableModel.of(
                (event, sql) -> {
                    kept.set(sql);
                    sql.execute("INSERT INTO {model} VALUES (?)", event.sequence());
                },
                "CREATE TABLE {model} (x INTEGER)");
        SqliteOptions options = inline
                ? SqliteOptions.defaults().withInline(model)
                : SqliteOptions.defaults().withAsync(model);
        try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
            Events.append(store, Events.event("first"));
            assertThat(store.awaitApplied("model", 1, LONG)).isTrue();

            assertThatThrownBy(() -> kept.get().execute("INSERT INTO {model} VALUES (7)"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Statement 'INSERT INTO {model} VALUES (7)' was not run: it was given outside of the read"
                                    + " model's apply, or on another thread. Give it in apply, and keep no SqlStatements for later.");
            assertThatThrownBy(() -> kept.get().query("SELECT x FROM {model}"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was not run");

            Events.append(store, Events.event("second"));
            assertThat(store.awaitApplied("model", 2, LONG)).isTrue();
            assertThat(store.query("SELECT x FROM model")).hasSize(2);
            assertThat(store.verify(model).isEqual()).isTrue();
        }
    }

    @Test
    void statements_are_refused_to_another_thread() {
        TableModel model = TableModel.of(
                (event, sql) -> CompletableFuture.runAsync(() -> sql.execute("INSERT INTO {model} VALUES (1)"))
                        .join(),
                "CREATE TABLE {model} (x INTEGER)");
        try (SqliteEventStore store =
                SqliteEventStore.open(file, SqliteOptions.defaults().withInline(model))) {
            assertThatThrownBy(() -> Events.append(store, Events.event("first")))
                    .hasStackTraceContaining("on another thread");
            assertThat(store.info().head()).isZero();
        }
    }

    @Nested
    class Quarantine {

        @Test
        void lasts_until_a_rebuild_though_the_policy_is_another_by_then() {
            Counts counts = Counts.of(1).with(FailurePolicy.quarantine("bead"));
            try (SqliteEventStore store = open(true, counts)) {
                appendWithPoison(store);
                assertThat(counts.rows(store)).isEqualTo(Map.of("1", 2L));
            }

            for (FailurePolicy policy :
                    List.of(FailurePolicy.stop(), FailurePolicy.refuse(), FailurePolicy.quarantine("agent"))) {
                try (SqliteEventStore store = open(true, counts.with(policy).mended())) {
                    Events.append(store, Events.event("good", "bead:2"), Events.event("good", "bead:3"));
                    assertThat(counts.rows(store)).doesNotContainKey("2").containsKey("3");
                }
            }
            try (SqliteEventStore store =
                    open(true, counts.with(FailurePolicy.stop()).mended())) {
                assertThat(store.readModels().get(0).failures().get(0).leftOut())
                        .isEqualTo(5);

                store.rebuild("counts");

                assertThat(counts.rows(store)).isEqualTo(Map.of("1", 2L, "2", 5L, "3", 3L));
                assertThat(store.readModels().get(0).failures()).isEmpty();
            }
        }
    }

    @Nested
    class Statements {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "INSERT INTO {model} VALUES (nothing)",
                    "INSERT INTO {model} (other) VALUES (1)",
                    "INSERT INTO {model} VALUES (1, 2, 3)",
                    "INSERT INTO {model} SELECT no_such_function(1)",
                    "INSERT INTO {model} VALUS (1)",
                    "INSERT INTO {model} SELECT json_extract('[', '$')"
                })
        void that_are_wrong_stop_the_model_with_the_statement_and_the_reason(String wrong) {
            TableModel model =
                    TableModel.of((event, sql) -> sql.execute(wrong), "CREATE TABLE {model} (x INTEGER) STRICT");
            SqlReadModel stopping = stopping(model);
            anEvent();

            try (SqliteEventStore store = open(false, stopping)) {
                assertThat(store.readModels().get(0).failures())
                        .singleElement()
                        .satisfies(found -> assertThat(found.cause())
                                .contains(wrong, "failed: ")
                                .doesNotContain("damaged"));
            }
        }

        @Test
        void of_a_trigger_that_are_wrong_stop_the_model_too() {
            SqlReadModel model = stopping(TableModel.of(
                    (event, sql) -> sql.execute("INSERT INTO {model} VALUES (1)"),
                    "CREATE TABLE {model} (x INTEGER)",
                    "CREATE TRIGGER {wrong} AFTER INSERT ON {model} BEGIN INSERT INTO nowhere VALUES (1); END"));
            anEvent();

            try (SqliteEventStore store = open(false, model)) {
                assertThat(store.readModels().get(0).failures())
                        .singleElement()
                        .satisfies(found -> assertThat(found.cause()).contains("INSERT INTO {model}", "nowhere"));
            }
        }

        @Test
        void that_end_the_transaction_are_refused_in_plain_words_and_nothing_is_half_stored() {
            for (String ending : List.of(
                    "CREATE TABLE {model} (x INTEGER UNIQUE ON CONFLICT ROLLBACK)",
                    "CREATE TABLE {model} (x INTEGER NOT NULL ON CONFLICT ROLLBACK UNIQUE ON CONFLICT ROLLBACK)")) {
                Path log = folder.resolve(ending.length() + ".db");
                SqlReadModel model =
                        stopping(TableModel.of((event, sql) -> sql.execute("INSERT INTO {model} VALUES (7)"), ending));
                try (SqliteEventStore store = SqliteEventStore.open(log, options(true, model))) {
                    Events.append(store, Events.event("first"));

                    assertThatThrownBy(() -> Events.append(store, Events.event("second")))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("UNIQUE")
                            .hasMessageContaining("ended the whole transaction");

                    assertThat(store.info().head()).isEqualTo(1);
                    assertThat(store.query("SELECT * FROM model")).hasSize(1);
                    assertThat(store.check().problems()).isEmpty();
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"COMMIT", "ROLLBACK", "END", "/* */ COMMIT", "BEGIN", "SAVEPOINT a", "RELEASE recount_page"})
        void that_begin_or_end_transactions_are_none_of_the_model(String ending) {
            TableModel model = TableModel.of((event, sql) -> sql.execute(ending), "CREATE TABLE {model} (x)");
            try (SqliteEventStore store = open(true, model)) {
                assertThatThrownBy(() -> Events.append(store, Events.event("first")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Here it may be one of");
                assertThat(store.info().head()).isZero();
            }
        }

        @Test
        void do_not_name_the_tables_of_another_model() {
            TableModel owner = new TableModel(
                    "owner",
                    1,
                    List.of("CREATE TABLE {owned} (x)", "CREATE VIEW {seen} AS SELECT x FROM {owned}"),
                    (event, sql) -> {});
            TableModel thief = new TableModel("thief", 1, List.of("CREATE TABLE {own} (x)"), (event, sql) -> {
                if (event.type().equals("read")) {
                    sql.query("SELECT x FROM Seen");
                }
                sql.execute(
                        event.type().equals("own") ? "INSERT INTO {own} SELECT 1 AS owned" : "DELETE FROM \"owned\"");
            });
            SqliteOptions both = SqliteOptions.defaults().withInline(owner).withInline(thief);
            try (SqliteEventStore store = SqliteEventStore.open(file, both)) {
                Events.append(store, Events.event("own"));
                assertThatThrownBy(() -> Events.append(store, Events.event("write")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("names 'owned', which belongs to read model 'owner'");
                assertThatThrownBy(() -> Events.append(store, Events.event("read")))
                        .hasMessageContaining("names 'Seen', which belongs to read model 'owner'");
                assertThat(store.info().head()).isEqualTo(1);
            }
        }

        @Test
        void store_each_argument_as_the_documentation_says() {
            Object[][] kinds = {
                {"text", "text", "a"},
                {(byte) 1, "integer", 1},
                {(short) 2, "integer", 2},
                {3, "integer", 3},
                {1L << 40, "integer", 1L << 40},
                {true, "integer", 1},
                {false, "integer", 0},
                {0.5f, "real", 0.5},
                {0.25, "real", 0.25},
                {new BigInteger("9223372036854775808"), "text", "9223372036854775808"},
                {new BigDecimal("1.10"), "text", "1.10"},
                {Instant.EPOCH, "text", "1970-01-01T00:00:00.000000Z"},
                {new byte[] {1}, "blob", null},
                {null, "null", null}
            };
            kinds[0][0] = "a";
            TableModel model = TableModel.of(
                    (event, sql) -> {
                        for (Object[] kind : kinds) {
                            sql.execute("INSERT INTO {model} VALUES (?)", kind[0]);
                        }
                    },
                    "CREATE TABLE {model} (x BLOB)");
            try (SqliteEventStore store = open(true, model)) {
                Events.append(store, Events.event("first"));

                List<Map<String, Object>> rows = rows(store);
                for (int i = 0; i < kinds.length; i++) {
                    assertThat(rows.get(i)).as("row " + i).containsEntry("type", kinds[i][1]);
                    if (kinds[i][2] != null) {
                        assertThat(rows.get(i).get("x")).isEqualTo(kinds[i][2]);
                    }
                }
            }
        }

        private static List<Map<String, Object>> rows(SqliteEventStore store) {
            return List.copyOf(store.query("SELECT typeof(x) AS type, x FROM model ORDER BY rowid"));
        }

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void do_not_take_what_is_no_number(double none) {
            for (Object argument : List.of(none, (float) none)) {
                TableModel model = TableModel.of(
                        (event, sql) -> sql.execute("INSERT INTO {model} VALUES (?)", argument),
                        "CREATE TABLE {model} (x REAL)");
                try (SqliteEventStore store = open(true, model)) {
                    assertThatThrownBy(() -> Events.append(store, Events.event("first")))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("Argument 1 is " + none + ". NaN would be stored as NULL");
                }
            }
        }

        private static SqlReadModel stopping(TableModel model) {
            return new SqlReadModel() {

                @Override
                public String name() {
                    return model.name();
                }

                @Override
                public int version() {
                    return model.version();
                }

                @Override
                public List<String> schema() {
                    return model.schema();
                }

                @Override
                public void apply(StoredEvent event, SqlStatements sql) {
                    model.apply(event, sql);
                }

                @Override
                public FailurePolicy onFailure() {
                    return FailurePolicy.stop();
                }
            };
        }
    }

    private void anEvent() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            Events.append(store, Events.event("first"));
        }
    }
}
