package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadModelTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    /** How many events each bead has; refuses those of type "refused". */
    private record Beads(int version, List<String> schema) implements SqlReadModel {

        Beads(int version) {
            this(version, List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY, events INTEGER NOT NULL) STRICT"));
        }

        @Override
        public String name() {
            return "beads";
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            for (String bead : event.tags().values("bead")) {
                sql.execute(
                        "INSERT INTO {bead} VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET events = events + ?",
                        bead,
                        version,
                        version);
            }
        }
    }

    private SqliteEventStore open(SqlReadModel... models) {
        SqliteOptions options = SqliteOptions.defaults();
        for (SqlReadModel model : models) {
            options = options.withInline(model);
        }
        return SqliteEventStore.open(file, options);
    }

    private static Object eventsOf(SqliteEventStore store, String bead) {
        return store.query("SELECT events FROM bead WHERE id = ?", bead).get(0).get("events");
    }

    @Nested
    class Appending {

        /** Goes on after every statement that fails, also one that ends the whole transaction. */
        private record Careless(String name, int version, List<String> schema) implements SqlReadModel {

            @Override
            public void apply(StoredEvent event, SqlStatements sql) {
                for (String insert :
                        List.of("INSERT OR ROLLBACK INTO {seen} VALUES (?)", "INSERT INTO {copied} VALUES (?)")) {
                    try {
                        sql.execute(insert, event.type());
                    } catch (IllegalArgumentException seenAlready) {
                        assertThat(seenAlready).hasMessageContaining("UNIQUE");
                    }
                }
            }
        }

        @Test
        void a_transaction_that_a_statement_of_a_model_ended_stores_nothing_though_the_model_goes_on() {
            List<String> schema = List.of(
                    "CREATE TABLE {seen} (type TEXT PRIMARY KEY)", "CREATE TABLE {copied} (type TEXT NOT NULL)");
            try (SqliteEventStore store = open(new Careless("careless", 1, schema))) {
                Events.append(store, Events.event("created"));

                assertThatThrownBy(() -> Events.append(store, Events.event("closed"), Events.event("created")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("INSERT OR ROLLBACK INTO {seen}");

                assertThat(store.info().head()).isEqualTo(1);
                assertThat(store.query("SELECT * FROM copied")).hasSize(1);
                Events.append(store, Events.event("closed"));
                assertThat(store.check().problems()).isEmpty();
            }
        }

        @Test
        void a_place_without_an_argument_does_not_get_the_value_of_the_event_before() {
            TableModel model = TableModel.of(
                    (event, sql) -> {
                        if (event.type().equals("whole")) {
                            sql.execute("INSERT INTO {seen} VALUES (?, ?)", event.sequence(), "whole");
                        } else {
                            sql.execute("INSERT INTO {seen} VALUES (?, ?)", event.sequence());
                        }
                    },
                    "CREATE TABLE {seen} (sequence INTEGER, what TEXT)");
            try (SqliteEventStore store = open(model)) {
                Events.append(store, Events.event("whole"));

                assertThatThrownBy(() -> Events.append(store, Events.event("half")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has 2 places for arguments, and 1 were given");

                assertThat(store.query("SELECT * FROM seen")).hasSize(1);
                assertThatThrownBy(() -> store.query("SELECT ?", 1, 2))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has 1 places for arguments, and 2 were given");
            }
        }

        private record Numbered(String name, int version, List<String> schema) implements SqlReadModel {

            @Override
            public void apply(StoredEvent event, SqlStatements sql) {
                sql.execute("INSERT INTO {numbered} (type) VALUES (?)", event.type());
            }
        }

        @Test
        void a_model_whose_rows_are_numbered_by_AUTOINCREMENT_can_have_another_version() {
            List<String> schema =
                    List.of("CREATE TABLE {numbered} (number INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL)");
            try (SqliteEventStore store = open(new Numbered("numbered", 1, schema))) {
                Events.append(store, Events.event("created"), Events.event("closed"));
            }

            try (SqliteEventStore store = open(new Numbered("numbered", 2, schema))) {
                assertThat(store.query("SELECT number FROM numbered")).hasSize(2);
            }
        }

        @Test
        void an_append_inside_of_an_append_is_refused() {
            SqliteEventStore[] self = new SqliteEventStore[1];
            SqlReadModel reentrant = new SqlReadModel() {
                @Override
                public String name() {
                    return "reentrant";
                }

                @Override
                public int version() {
                    return 1;
                }

                @Override
                public List<String> schema() {
                    return List.of();
                }

                @Override
                public void apply(StoredEvent event, SqlStatements sql) {
                    Events.append(self[0], Events.event("again"));
                }
            };
            try (SqliteEventStore store = open(reentrant)) {
                self[0] = store;

                assertThatThrownBy(() -> Events.append(store, Events.event("once")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("read model");
                assertThat(store.info().head()).isZero();
            }
        }
    }

    @Nested
    class Opening {

        @Test
        void a_new_model_takes_in_the_whole_log() {
            try (SqliteEventStore store = open()) {
                store.append(Append.of(Events.numbered(2_001, "bead:1")));
            }

            try (SqliteEventStore store = open(new Beads(1))) {
                assertThat(eventsOf(store, "1")).isEqualTo(2_001);
            }
        }

        @Test
        void a_model_that_cannot_be_built_leaves_the_old_tables() {
            try (SqliteEventStore store = open(new Beads(1))) {
                store.append(Append.of(Events.numbered(3, "bead:1")));
            }

            assertThatThrownBy(() -> open(new Beads(2, List.of("CREATE TABLE {bead} (id TEXT"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CREATE TABLE {bead} (id TEXT");

            try (SqliteEventStore store = open(new Beads(1))) {
                assertThat(eventsOf(store, "1")).isEqualTo(3);
            }
        }

        @Test
        void a_query_of_a_model_cannot_write_to_the_log_itself() {
            SqlReadModel forger = new SqlReadModel() {
                @Override
                public String name() {
                    return "forger";
                }

                @Override
                public int version() {
                    return 1;
                }

                @Override
                public List<String> schema() {
                    return List.of("CREATE TABLE {forged} (id TEXT)");
                }

                @Override
                public void apply(StoredEvent event, SqlStatements sql) {
                    sql.query("WITH a AS (SELECT 1) INSERT INTO recount_receipts VALUES ('k','f',1,1) RETURNING key");
                }
            };
            try (SqliteEventStore store = open(forger)) {
                assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1))))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("touches the log's own tables");

                assertThat(store.info().head()).isZero();
                assertThat(store.receipt("k")).isEmpty();
            }
        }

        @Test
        void two_models_that_create_the_same_name_are_refused() {
            List<String> schema = List.of("CREATE TABLE {bead} (type TEXT NOT NULL)");
            assertThatThrownBy(() -> open(new Beads(1), new Appending.Numbered("numbered", 1, schema)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'numbered' and 'beads' both create {bead}");
        }

        @Test
        void names_of_the_log_itself_are_refused() {
            assertThatThrownBy(() -> open(new Beads(1, List.of("CREATE TABLE Recount_beads (id TEXT)"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("recount_");
            assertThatThrownBy(() -> open(new Beads(1, List.of("DROP TABLE recount_events"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CREATE statements only");
        }
    }

    @Nested
    class Querying {

        @Test
        void nothing_can_be_changed() {
            try (SqliteEventStore store = open(new Beads(1))) {
                for (String statement : List.of(
                        "DELETE FROM bead",
                        "PRAGMA query_only = OFF",
                        "WITH x AS (SELECT 1) INSERT INTO bead SELECT 'x', 1 FROM x",
                        "SELECT nothing FROM nowhere")) {
                    assertThatThrownBy(() -> store.query(statement))
                            .as(statement)
                            .isInstanceOfAny(IllegalArgumentException.class, StoreUnavailable.class);
                }
                assertThat(store.query("SELECT * FROM bead")).isEmpty();
            }
        }

        @Test
        void rows_have_the_names_of_their_columns() {
            try (SqliteEventStore store = open()) {
                assertThat(store.query("SELECT ? AS a, ? AS b, NULL AS c", "x", 7L)
                                .get(0))
                        .containsEntry("a", "x")
                        .containsEntry("b", 7)
                        .containsEntry("c", null);
            }
        }
    }
}
