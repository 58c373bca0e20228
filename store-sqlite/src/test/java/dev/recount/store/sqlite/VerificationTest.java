package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Append;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VerificationTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private SqliteEventStore open(SqlReadModel... models) {
        SqliteOptions options = SqliteOptions.defaults();
        for (SqlReadModel model : models) {
            options = options.withInline(model);
        }
        return SqliteEventStore.open(file, options);
    }

    /** Events of ten beads by turns. */
    private static List<NewEvent> ofBeads(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Events.event(i % 7 == 6 ? "deleted" : "changed" + i, "bead:" + i % 10))
                .toList();
    }

    private static RowDifference only(Verification verification) {
        assertThat(verification.differences()).as(verification.report()).hasSize(1);
        return verification.differences().get(0);
    }

    private static List<String> lines(Verification verification) {
        return verification.differences().stream().map(RowDifference::toString).toList();
    }

    private static void assertEqual(Verification verification, long sequence, long rows) {
        assertThat(verification.isEqual()).as(verification.report()).isTrue();
        assertThat(verification.sequence()).isEqualTo(sequence);
        assertThat(verification.compared()).isEqualTo(rows);
        assertThat(verification.agreeing()).isEqualTo(rows);
    }

    @Nested
    class Of_an_equal_model {

        @Test
        void it_is_equal_whatever_the_number_of_events() {
            int appended = 0;
            try (SqliteEventStore store = open(TableModel.beads())) {
                for (int count : List.of(0, 1, 500, 1_000, 1_001, 5_000)) {
                    if (count > appended) {
                        store.append(Append.of(ofBeads(count).subList(appended, count)));
                        appended = count;
                    }

                    Verification verification = store.verify(TableModel.beads());

                    long rows = store.query("SELECT * FROM bead").size();
                    assertEqual(verification, count, rows);
                    assertThat(verification.model()).isEqualTo("model");
                    assertThat(verification.skipped()).isZero();
                }
            }
        }

        @Test
        void it_is_equal_again_and_again_while_others_append() throws Exception {
            AtomicBoolean enough = new AtomicBoolean();
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(2_500)));
                Thread writer = new Thread(() -> {
                    for (int i = 0; !enough.get(); i++) {
                        Events.append(store, Events.event("changed" + i, "bead:" + i % 50));
                    }
                });
                writer.start();
                try {
                    long last = 0;
                    for (int i = 0; i < 5; i++) {
                        assertThat(store.awaitAfter(store.info().head(), Duration.ofSeconds(60)))
                                .isTrue();
                        Verification verification = store.verify(TableModel.beads());

                        assertThat(verification.isEqual())
                                .as(verification.report())
                                .isTrue();
                        assertThat(verification.sequence()).isGreaterThan(last);
                        last = verification.sequence();
                    }
                } finally {
                    enough.set(true);
                    writer.join();
                }
            }
        }

        @Test
        void it_is_equal_at_its_checkpoint_where_that_lies_below_the_head() {
            try (SqliteEventStore with = open(TableModel.beads());
                    SqliteEventStore without = open()) {
                with.append(Append.of(ofBeads(5)));
                without.append(Append.of(ofBeads(2_000)));

                assertEqual(without.verify(TableModel.beads()), 5, 5);
            }
        }

        @Test
        void it_is_equal_where_the_log_is_opened_to_read_only() {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(12)));
                try (SqliteEventStore beside = SqliteEventStore.openReadOnly(file)) {
                    assertEqual(beside.verify(TableModel.beads()), 12, 9);
                }
            }

            try (SqliteEventStore alone = SqliteEventStore.openReadOnly(file)) {
                assertEqual(alone.verify(TableModel.beads()), 12, 9);
                assertThat(folder)
                        .isDirectoryNotContaining(path -> path.toString().endsWith("-shm"));
            }
        }

        @Test
        void it_is_equal_in_a_file_of_another_encoding() throws SQLException {
            ForeignConnection.run(file, "PRAGMA encoding = 'UTF-16le'", "CREATE TABLE t (x)", "DROP TABLE t");
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(3)));

                assertThat(store.query("SELECT encoding FROM pragma_encoding"))
                        .asString()
                        .contains("UTF-16le");
                assertEqual(store.verify(TableModel.beads()), 3, 3);
            }
        }

        @Test
        void it_waits_for_no_writer_and_changes_nothing() throws SQLException {
            try (SqliteEventStore store = open(TableModel.beads());
                    ForeignConnection foreign = ForeignConnection.to(file)) {
                store.append(Append.of(ofBeads(3)));
                foreign.run("BEGIN IMMEDIATE");

                assertEqual(store.verify(TableModel.beads()), 3, 3);

                foreign.run("COMMIT");
                assertThat(store.query("SELECT count(*) AS n FROM sqlite_master WHERE name LIKE '%wanted%'"))
                        .asString()
                        .contains("n=0");
            }
        }

        @Test
        void all_models_of_a_store_are_verified_at_once() {
            SqlReadModel types = new TableModel(
                    "types",
                    3,
                    List.of("CREATE TABLE {type} (name TEXT PRIMARY KEY)"),
                    (event, sql) -> sql.execute("INSERT OR IGNORE INTO {type} VALUES (?)", event.type()));
            try (SqliteEventStore store = open(TableModel.beads(), types)) {
                store.append(Append.of(ofBeads(3)));

                List<Verification> verifications = store.verify();

                assertThat(verifications).extracting(Verification::model).containsExactly("model", "types");
                assertThat(verifications).allMatch(Verification::isEqual);
            }
        }
    }

    @Nested
    class Of_a_model_that_lies {

        private Verification after(String... tampering) throws SQLException {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(List.of(
                        Events.event("opened", "bead:a"),
                        Events.event("opened", "bead:b"),
                        Events.event("opened", "bead:c"),
                        Events.event("hooked", "bead:b"),
                        Events.event("deleted", "bead:c"),
                        Events.event("closed", "bead:a"))));
                ForeignConnection.run(file, tampering);
                return store.verify(TableModel.beads());
            }
        }

        @Test
        void a_row_that_was_changed_from_outside_is_named_with_field_values_and_event() throws SQLException {
            Verification verification = after("UPDATE bead SET status = 'lost', events = 7 WHERE id = 'b'");

            assertThat(only(verification))
                    .isEqualTo(new RowDifference(
                            "b",
                            RowDifference.Kind.CHANGED,
                            List.of(
                                    new RowDifference.Field("status", "lost", "hooked"),
                                    new RowDifference.Field("events", 7, 2)),
                            4));
            assertThat(verification.sequence()).isEqualTo(6);
            assertThat(verification.compared()).isEqualTo(2);
            assertThat(verification.agreeing()).isEqualTo(1);
            assertThat(verification.report())
                    .isEqualTo("b differs in [status: live lost, replayed hooked, events: live 7, replayed 2]"
                            + " (last event 4)\n"
                            + "different: 1 of 2 rows of model agree with the replay up to sequence 6.");
        }

        @Test
        void a_row_that_was_deleted_is_missing() throws SQLException {
            Verification verification = after("DELETE FROM bead WHERE id = 'a'");

            assertThat(only(verification).toString()).isEqualTo("a is missing in the live model (last event 6)");
            assertThat(verification.compared()).isEqualTo(2);
            assertThat(verification.agreeing()).isEqualTo(1);
        }

        @Test
        void a_row_that_was_added_is_extra_and_no_event_touched_it() throws SQLException {
            Verification verification = after("INSERT INTO bead VALUES ('z', 'open', 1)");

            assertThat(only(verification).toString()).isEqualTo("z is in the live model only (no event touched it)");
            assertThat(verification.compared()).isEqualTo(3);
            assertThat(verification.agreeing()).isEqualTo(2);
        }

        @Test
        void a_row_that_an_event_deleted_is_extra_with_that_event() throws SQLException {
            Verification verification = after("INSERT INTO bead VALUES ('c', 'open', 1)");

            assertThat(only(verification).toString()).isEqualTo("c is in the live model only (last event 5)");
        }

        @Test
        void all_of_it_at_once_comes_in_the_order_of_the_keys() throws SQLException {
            Verification verification = after(
                    "INSERT INTO bead VALUES ('z', 'open', 1)",
                    "UPDATE bead SET status = 'lost' WHERE id = 'b'",
                    "DELETE FROM bead WHERE id = 'a'");

            assertThat(verification.differences())
                    .extracting(RowDifference::key)
                    .containsExactly("a", "b", "z");
            assertThat(verification.compared()).isEqualTo(3);
            assertThat(verification.agreeing()).isZero();
        }

        @Test
        void a_checkpoint_that_moved_past_events_that_were_not_applied_is_found() throws SQLException {
            try (SqliteEventStore with = open(TableModel.beads());
                    SqliteEventStore without = open()) {
                with.append(Append.of(ofBeads(3)));
                Events.append(without, Events.event("hooked", "bead:1"), Events.event("opened", "bead:new"));
                ForeignConnection.run(file, "UPDATE recount_read_models SET checkpoint = 5");

                Verification verification = without.verify(TableModel.beads());

                assertThat(lines(verification))
                        .containsExactly(
                                "1 differs in [status: live changed1, replayed hooked, events: live 1, replayed 2]"
                                        + " (last event 4)",
                                "new is missing in the live model (last event 5)");
                assertThat(verification.sequence()).isEqualTo(5);
            }
        }

        @Test
        void a_checkpoint_after_the_head_is_a_difference_itself() throws SQLException {
            Verification verification = after("UPDATE recount_read_models SET checkpoint = 900");

            assertThat(only(verification).toString())
                    .isEqualTo("read model model differs in [checkpoint: live 900, replayed 6] (no event touched it)");
            assertThat(verification.sequence()).isEqualTo(6);
            assertThat(verification.compared() - verification.agreeing()).isEqualTo(1);
        }

        /** In version 1 of the event priorities were another number of what they are in version 2. */
        private TableModel priorities(int factorOfVersion1) {
            return TableModel.of(
                    (event, sql) -> sql.execute(
                            "INSERT INTO {bead} VALUES (?, ? * ?)",
                            event.tags().value("bead").orElseThrow(),
                            Integer.parseInt(event.data()),
                            event.version() == 1 ? factorOfVersion1 : 1),
                    "CREATE TABLE {bead} (id TEXT PRIMARY KEY, priority INTEGER)");
        }

        @Test
        void a_model_that_was_written_without_an_upcaster_is_found() {
            TableModel wrong = priorities(1);
            TableModel right = priorities(10);
            try (SqliteEventStore store = open(wrong)) {
                store.append(Append.of(List.of(
                        NewEvent.of("prioritized", "1")
                                .withVersion(2)
                                .withTags(Events.event("tagged", "bead:new").tags()),
                        NewEvent.of("prioritized", "2")
                                .withTags(Events.event("tagged", "bead:old").tags()))));

                assertThat(only(store.verify(right)).toString())
                        .isEqualTo("old differs in [priority: live 2, replayed 20] (last event 2)");
                assertThat(store.verify(wrong).isEqual()).isTrue();
            }
        }

        @Test
        void a_table_that_was_changed_without_an_event_is_found_also_when_events_of_others_follow()
                throws SQLException {
            try (SqliteEventStore store = open(TableModel.beads())) {
                Events.append(store, Events.event("opened", "bead:a"), Events.event("opened", "bead:b"));
                ForeignConnection.run(file, "UPDATE bead SET status = 'closed' WHERE id = 'a'");
                Events.append(store, Events.event("hooked", "bead:b"));

                assertThat(only(store.verify(TableModel.beads())).toString())
                        .isEqualTo("a differs in [status: live closed, replayed opened] (last event 1)");
            }
        }

        @Test
        void what_rests_on_events_that_retention_removed_differs() throws SQLException {
            Verification verification =
                    after("UPDATE recount_log SET floor = 2", "DELETE FROM recount_events WHERE sequence <= 2");

            assertThat(lines(verification))
                    .containsExactly(
                            "a differs in [events: live 2, replayed 1] (last event 6)",
                            "b differs in [events: live 2, replayed 1] (last event 4)");
        }

        @Test
        void the_first_thousand_differences_are_listed_and_all_are_counted() throws SQLException {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(IntStream.range(0, 1_200)
                        .mapToObj(i -> Events.event("opened", String.format("bead:%04d", i)))
                        .toList()));
                ForeignConnection.run(file, "UPDATE bead SET status = 'lost' WHERE id > '0009'");

                Verification verification = store.verify(TableModel.beads());

                assertThat(verification.differences()).hasSize(1_000);
                assertThat(verification.differences().get(0).key()).isEqualTo("0010");
                assertThat(verification.differences().get(999).key()).isEqualTo("1009");
                assertThat(verification.differences().get(999).lastSequence()).isEqualTo(1_010);
                assertThat(verification.compared()).isEqualTo(1_200);
                assertThat(verification.agreeing()).isEqualTo(10);
            }
        }
    }

    @Nested
    class Of_tables_of_every_shape {

        private Verification verify(String schema, List<String> statements, String... tampering) throws SQLException {
            return verify(List.of(schema), statements, tampering);
        }

        private Verification verify(List<String> schema, List<String> statements, String... tampering)
                throws SQLException {
            TableModel model = TableModel.told(schema.toArray(String[]::new));
            try (SqliteEventStore store = open(model)) {
                Stream<NewEvent> events =
                        statements.stream().map(told -> NewEvent.of("told", '"' + told.replace("\"", "\\\"") + '"'));
                store.append(Append.of(events.toList()));
                Verification untouched = store.verify(model);
                assertThat(untouched.isEqual()).as(untouched.report()).isTrue();
                ForeignConnection.run(file, tampering);
                return store.verify(model);
            }
        }

        @Test
        void a_composite_key_without_rowid() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {seat} (number INTEGER, flight TEXT, guest TEXT, PRIMARY KEY (flight, number)) WITHOUT ROWID",
                    List.of(
                            "INSERT INTO {seat} VALUES (1, 'x', 'ann')",
                            "INSERT INTO {seat} VALUES (2, 'x', 'bob')",
                            "INSERT INTO {seat} VALUES (1, 'y', NULL)"),
                    "UPDATE seat SET guest = NULL WHERE number = 2",
                    "UPDATE seat SET guest = 'eve' WHERE flight = 'y'",
                    "DELETE FROM seat WHERE flight = 'x' AND number = 1");

            assertThat(lines(verification))
                    .containsExactly(
                            "x/1 is missing in the live model (last event 1)",
                            "x/2 differs in [guest: live null, replayed bob] (last event 2)",
                            "y/1 differs in [guest: live eve, replayed null] (last event 3)");
        }

        @Test
        void bytes_and_numbers() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id INTEGER PRIMARY KEY, value)",
                    List.of(
                            "INSERT INTO {v} VALUES (1, x'00ff')",
                            "INSERT INTO {v} VALUES (2, 1)",
                            "INSERT INTO {v} VALUES (3, 1)",
                            "INSERT INTO {v} VALUES (4, 9007199254740993)",
                            "INSERT INTO {v} VALUES (5, NULL)"),
                    "UPDATE v SET value = x'00fe' WHERE id = 1",
                    "UPDATE v SET value = 1.0 WHERE id = 2",
                    "UPDATE v SET value = '1' WHERE id = 3",
                    "UPDATE v SET value = 9007199254740992.0 WHERE id = 4");

            assertThat(lines(verification))
                    .containsExactly(
                            "1 differs in [value: live x'00fe', replayed x'00ff'] (last event 1)",
                            "3 differs in [value: live 1, replayed 1] (last event 3)",
                            "4 differs in [value: live 9.007199254740992E15, replayed 9007199254740993] (last event 4)");
            assertThat(verification.differences().get(1).fields().get(0))
                    .isEqualTo(new RowDifference.Field("value", "1", 1));
        }

        @Test
        void bytes_as_a_key() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id BLOB PRIMARY KEY, value)",
                    List.of("INSERT INTO {v} VALUES (x'0a', 1)", "UPDATE {v} SET value = 2"),
                    "UPDATE v SET value = 3");

            assertThat(lines(verification))
                    .containsExactly("x'0a' differs in [value: live 3, replayed 2] (last event 2)");
        }

        @Test
        void a_table_without_a_key_is_compared_by_how_often_it_has_each_row() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {line} (bead TEXT, text)",
                    List.of(
                            "INSERT INTO {line} VALUES ('a', 'x')",
                            "INSERT INTO {line} VALUES ('a', 'x')",
                            "INSERT INTO {line} VALUES ('b', NULL)",
                            "INSERT INTO {line} VALUES ('c', 1)"),
                    "INSERT INTO line VALUES ('a', 'x')",
                    "DELETE FROM line WHERE bead = 'b'",
                    "INSERT INTO line VALUES ('A', 'x'), ('A', 'x')");

            assertThat(lines(verification))
                    .containsExactly(
                            "A/x is in the live model only (no event touched it)",
                            "a/x differs in [count(*): live 3, replayed 2] (last event 2)",
                            "b/null is missing in the live model (last event 3)");
            assertThat(verification.compared()).isEqualTo(7);
            assertThat(verification.agreeing()).isEqualTo(3);
        }

        @Test
        void a_key_without_a_value() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id TEXT PRIMARY KEY, value)",
                    List.of(
                            "INSERT INTO {v} VALUES (NULL, 1)",
                            "INSERT INTO {v} VALUES (NULL, 1)",
                            "INSERT INTO {v} VALUES ('a', 1)"),
                    "DELETE FROM v WHERE id IS NULL");

            assertThat(lines(verification)).containsExactly("null/1 is missing in the live model (last event 2)");
            assertThat(verification.compared() - verification.agreeing()).isEqualTo(2);
        }

        @Test
        void a_key_that_looks_at_no_case_finds_its_row_and_the_value_is_still_compared_by_its_bytes()
                throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id TEXT COLLATE NOCASE PRIMARY KEY, value TEXT COLLATE NOCASE)",
                    List.of(
                            "INSERT INTO {v} VALUES ('Ann', 'x')",
                            "UPDATE {v} SET value = 'y' WHERE id = 'ann'",
                            "INSERT INTO {v} VALUES ('Bob', 'x')"),
                    "UPDATE v SET id = 'ANN' WHERE id = 'ann'",
                    "UPDATE v SET value = 'X' WHERE id = 'bob'");

            assertThat(lines(verification))
                    .containsExactly(
                            "ANN differs in [id: live ANN, replayed Ann] (last event 2)",
                            "Bob differs in [value: live X, replayed x] (last event 3)");
        }

        @Test
        void names_that_need_quotes() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {odd} (\"the \"\"key\" TEXT PRIMARY KEY, \"select\" TEXT)",
                    List.of("INSERT INTO {odd} VALUES ('a', 'x')"),
                    "UPDATE odd SET \"select\" = 'y'");

            assertThat(lines(verification)).containsExactly("a differs in [select: live y, replayed x] (last event 1)");
        }

        @Test
        void generated_columns_and_numbers_given_by_SQLite() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER, twice INTEGER AS (a * 2))",
                    List.of("INSERT INTO {v} (a) VALUES (5)", "DELETE FROM {v}", "INSERT INTO {v} (a) VALUES (6)"),
                    "UPDATE v SET a = 7");

            assertThat(lines(verification))
                    .containsExactly(
                            "2 differs in [a: live 7, replayed 6, twice: live 14, replayed 12] (last event 3)");
        }

        @Test
        void several_tables_are_named_and_views_are_not_compared() throws SQLException {
            Verification verification = verify(
                    List.of(
                            "CREATE TABLE {a} (id INTEGER PRIMARY KEY, v)",
                            "CREATE TABLE {b} (id INTEGER PRIMARY KEY, v)",
                            "CREATE VIEW {both} AS SELECT id, v FROM {a} UNION ALL SELECT id, v FROM {b}"),
                    List.of("INSERT INTO {a} VALUES (1, 1)", "INSERT INTO {b} VALUES (1, 1)"),
                    "UPDATE a SET v = 2",
                    "DELETE FROM b");

            assertThat(lines(verification))
                    .containsExactly(
                            "a:1 differs in [v: live 2, replayed 1] (last event 1)",
                            "b:1 is missing in the live model (last event 2)");
        }

        @Test
        void a_virtual_table_is_compared_by_its_rows() throws SQLException {
            Verification verification = verify(
                    "CREATE VIRTUAL TABLE {found} USING fts5(title)",
                    List.of("INSERT INTO {found} VALUES ('red bead')", "INSERT INTO {found} VALUES ('blue bead')"),
                    "DELETE FROM found WHERE title MATCH 'blue'");

            assertThat(lines(verification))
                    .containsExactly("blue bead is missing in the live model (no event touched it)");
        }

        @Test
        void a_row_that_gave_way_to_another_has_the_event_of_that_one() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {seat} (guest TEXT PRIMARY KEY, number INTEGER UNIQUE)",
                    List.of(
                            "INSERT INTO {seat} VALUES ('ann', 1)",
                            "INSERT OR REPLACE INTO {seat} VALUES ('bob', 1)",
                            "INSERT OR IGNORE INTO {seat} VALUES ('eve', 1)"),
                    "INSERT INTO seat VALUES ('ann', 2)",
                    "DELETE FROM seat WHERE guest = 'bob'");

            assertThat(lines(verification))
                    .containsExactly(
                            "ann is in the live model only (last event 2)",
                            "bob is missing in the live model (last event 2)");
        }

        @Test
        void a_row_whose_key_changed_was_touched_by_that_event_under_both_keys() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {v} (id INTEGER PRIMARY KEY, value)",
                    List.of("INSERT INTO {v} VALUES (1, 'a')", "UPDATE {v} SET id = 2"),
                    "UPDATE v SET id = 1");

            assertThat(lines(verification))
                    .containsExactly(
                            "1 is in the live model only (last event 2)",
                            "2 is missing in the live model (last event 2)");
        }

        @Test
        void triggers_of_the_model_run_in_the_replay_as_they_do_live() throws SQLException {
            Verification verification = verify(
                    List.of(
                            "CREATE TABLE {v} (id INTEGER PRIMARY KEY, value INTEGER)",
                            "CREATE TABLE {history} (id INTEGER, value INTEGER, PRIMARY KEY (id, value))",
                            "CREATE TRIGGER {kept} AFTER UPDATE ON {v}"
                                    + " BEGIN INSERT INTO {history} VALUES (OLD.id, OLD.value); END",
                            "CREATE TRIGGER {gone} AFTER DELETE ON {v} BEGIN DELETE FROM {history}; END"),
                    List.of(
                            "INSERT INTO {v} VALUES (1, 1)",
                            "UPDATE {v} SET value = 2",
                            "REPLACE INTO {v} VALUES (1, 3)",
                            "UPDATE {v} SET value = 4"),
                    "DELETE FROM history WHERE value = 1",
                    "INSERT INTO history VALUES (1, 9)");

            assertThat(lines(verification))
                    .containsExactly(
                            "history:1/1 is missing in the live model (last event 2)",
                            "history:1/9 is in the live model only (no event touched it)");
        }

        @Test
        void a_table_that_is_gone_or_not_its_own_is_a_difference_of_the_table() throws SQLException {
            Verification verification = verify(
                    List.of("CREATE TABLE {a} (id INTEGER PRIMARY KEY)", "CREATE TABLE {b} (id INTEGER PRIMARY KEY)"),
                    List.of("INSERT INTO {a} VALUES (1)"),
                    "DROP TABLE a",
                    "CREATE TABLE nobodys (id INTEGER PRIMARY KEY)",
                    "CREATE TABLE c (id INTEGER PRIMARY KEY)",
                    "INSERT INTO recount_read_model_tables VALUES ('c', 'table', 'model')");

            assertThat(lines(verification))
                    .containsExactly(
                            "table a is missing in the live model (no event touched it)",
                            "table c is in the live model only (no event touched it)");
            assertThat(verification.compared() - verification.agreeing()).isEqualTo(2);
        }

        @Test
        void a_table_with_other_columns_is_a_difference_and_the_rest_of_it_is_still_compared() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {a} (id INTEGER PRIMARY KEY, v INTEGER, w INTEGER)",
                    List.of("INSERT INTO {a} VALUES (1, 1, 1)"),
                    "ALTER TABLE a DROP COLUMN w",
                    "ALTER TABLE a ADD COLUMN x TEXT NOT NULL DEFAULT ''",
                    "UPDATE a SET v = 2");

            assertThat(lines(verification))
                    .containsExactly(
                            "table a differs in [w: live null, replayed INTEGER, x: live TEXT NOT NULL, replayed null]"
                                    + " (no event touched it)",
                            "1 differs in [v: live 2, replayed 1] (last event 1)");
        }

        @Test
        void a_table_whose_key_is_another_one_is_compared_by_whole_rows() throws SQLException {
            Verification verification = verify(
                    "CREATE TABLE {a} (id INTEGER PRIMARY KEY, v INTEGER)",
                    List.of("INSERT INTO {a} VALUES (1, 1)", "INSERT INTO {a} VALUES (2, 2)"),
                    "DROP TABLE a",
                    "CREATE TABLE a (id INTEGER, v INTEGER PRIMARY KEY)",
                    "INSERT INTO a VALUES (1, 1), (2, 3)");

            assertThat(lines(verification))
                    .containsExactly(
                            "table a differs in [id: live INTEGER, replayed INTEGER PRIMARY KEY,"
                                    + " v: live INTEGER PRIMARY KEY, replayed INTEGER] (no event touched it)",
                            "2/2 is missing in the live model (last event 2)",
                            "2/3 is in the live model only (no event touched it)");
        }
    }

    @Nested
    class That_cannot_be_done {

        @Test
        void a_model_that_the_log_does_not_have_is_refused() {
            try (SqliteEventStore store = open()) {
                assertThatThrownBy(() -> store.verify(TableModel.beads()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has no read model 'model'")
                        .hasMessageContaining("to have it built");
            }
        }

        @Test
        void another_version_is_refused() {
            TableModel other = new TableModel("model", 2, TableModel.beads().schema(), (event, sql) -> {});
            try (SqliteEventStore store = open(TableModel.beads())) {
                assertThatThrownBy(() -> store.verify(other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has version 1 of read model 'model', and version 2 was to be verified");
            }
        }

        @Test
        void a_version_whose_build_was_refused_is_named_and_the_other_models_are_verified() {
            open(TableModel.beads(), Counts.of(1)).close();
            TableModel next = new TableModel("model", 2, TableModel.beads().schema(), (event, sql) -> {});
            SqliteOptions options = SqliteOptions.defaults()
                    .withInline(next)
                    .withInline(Counts.of(1))
                    .comparingBeforeSwap(compared -> {
                        throw new IllegalStateException("not like this");
                    });
            try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
                assertThatThrownBy(() -> store.verify(next))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Version 2 of read model 'model'")
                        .hasMessageContaining("its build stopped, or was refused, at sequence 0")
                        .hasMessageContaining("not like this")
                        .hasMessageContaining("resume(\"model\")");

                List<Verification> verifications = store.verify();

                assertThat(verifications).extracting(Verification::model).containsExactly("model", "counts");
                assertThat(lines(verifications.get(0)))
                        .containsExactly(
                                "read model model differs in [version: live 1, replayed 2] (no event touched it)");
                assertThat(verifications.get(1).isEqual()).isTrue();
            }
        }

        @Test
        void a_first_build_that_stopped_is_named_and_the_other_models_are_verified() {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(List.of(Events.event("poison", "bead:1"))));
            }
            try (SqliteEventStore store = open(TableModel.beads(), Counts.of(2))) {
                assertThatThrownBy(() -> store.verify(Counts.of(2)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("its build stopped, or was refused, at sequence 1")
                        .hasMessageContaining("cannot be applied")
                        .hasMessageContaining("resume(\"counts\")");

                List<Verification> verifications = store.verify();

                assertEqual(verifications.get(0), 1, 1);
                assertThat(lines(verifications.get(1)))
                        .containsExactly("read model counts is missing in the live model (no event touched it)");
            }
        }

        @Test
        void a_model_that_fails_in_its_replay_is_named_with_the_sequence() {
            TableModel fails = TableModel.of(
                    (event, sql) -> {
                        throw new IllegalStateException("no such bead");
                    },
                    "CREATE TABLE {bead} (id TEXT PRIMARY KEY)");
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(1)));

                assertThatThrownBy(() -> store.verify(fails))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("failed in its replay at sequence 1 of type changed0")
                        .hasMessageContaining("no such bead");
                assertThat(store.verify(TableModel.beads()).isEqual()).isTrue();
            }
        }

        @Test
        void a_model_that_reads_what_is_not_its_own_fails_also_in_a_short_log() throws SQLException {
            TableModel reads = TableModel.of(
                    (event, sql) -> sql.query("SELECT * FROM another"), "CREATE TABLE {bead} (id TEXT PRIMARY KEY)");
            try (SqliteEventStore store = open(reads)) {
                ForeignConnection.run(file, "CREATE TABLE another (id TEXT PRIMARY KEY)");
                store.append(Append.of(ofBeads(1)));

                assertThatThrownBy(() -> store.verify(reads))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("no such table: another");
            }
        }

        /** Does something to the file when the replay has come to an event. */
        private TableModel meddling(Runnable atSequence3) {
            TableModel beads = TableModel.beads();
            return new TableModel("model", 1, beads.schema(), (event, sql) -> {
                beads.apply(event, sql);
                if (event.sequence() == 3) {
                    atSequence3.run();
                }
            });
        }

        private void change(String statement) {
            try {
                ForeignConnection.run(file, statement);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void what_is_appended_meanwhile_is_in_it() {
            for (int more : List.of(1, 1_000, 3_500)) {
                file = folder.resolve(more + ".db");
                List<NewEvent> appended = new ArrayList<>(ofBeads(more));
                try (SqliteEventStore store = open(TableModel.beads())) {
                    store.append(Append.of(ofBeads(5)));

                    Verification verification = store.verify(meddling(() -> {
                        store.append(Append.of(appended));
                    }));

                    assertEqual(
                            verification,
                            5 + more,
                            store.query("SELECT * FROM bead").size());
                }
            }
        }

        @Test
        void it_starts_over_where_the_model_is_built_anew_meanwhile() {
            List<String> once =
                    new ArrayList<>(List.of("DELETE FROM bead", "UPDATE recount_read_models SET checkpoint = 0"));
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(5)));

                Verification verification = store.verify(meddling(() -> {
                    once.forEach(this::change);
                    once.clear();
                }));

                assertEqual(verification, 0, 0);
            }
        }

        @Test
        void it_gives_up_where_the_model_is_built_anew_again_and_again() {
            AtomicLong checkpoint = new AtomicLong(20);
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(20)));

                assertThatThrownBy(() -> store.verify(meddling(() ->
                                change("UPDATE recount_read_models SET checkpoint = " + checkpoint.decrementAndGet()))))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("was built anew 5 times");
            }
        }

        @Test
        void it_gives_up_where_events_are_removed_meanwhile() {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(5)));

                assertThatThrownBy(() -> store.verify(meddling(() -> change("UPDATE recount_log SET floor = 2"))))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("Events up to sequence 2")
                        .hasMessageContaining("Verify it again");
            }
        }

        @Test
        void an_interrupt_stops_it() {
            try (SqliteEventStore store = open(TableModel.beads())) {
                store.append(Append.of(ofBeads(5)));
                Thread.currentThread().interrupt();
                try {
                    assertThatThrownBy(() -> store.verify(TableModel.beads()))
                            .isInstanceOf(CancellationException.class)
                            .hasMessageContaining("was stopped at sequence 0");
                } finally {
                    assertThat(Thread.interrupted()).isTrue();
                }
            }
        }

        @Test
        void a_closed_store_says_so() {
            SqliteEventStore store = open(TableModel.beads());
            store.close();

            assertThatThrownBy(() -> store.verify(TableModel.beads())).isInstanceOf(StoreClosed.class);
            assertThatThrownBy(store::verify).isInstanceOf(StoreClosed.class);
        }
    }
}
