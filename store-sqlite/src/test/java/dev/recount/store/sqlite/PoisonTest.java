package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.FailurePolicy;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.LogProblem;
import dev.recount.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a model cannot apply. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class PoisonTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private static SqliteOptions with(boolean inline, SqlReadModel model) {
        SqliteOptions options = SqliteOptions.defaults();
        return inline ? options.withInline(model) : options.withAsync(model);
    }

    private SqliteEventStore open(boolean inline, SqlReadModel model) {
        return SqliteEventStore.open(file, with(inline, model));
    }

    /** One good event, one that cannot be applied, and more good ones behind it. */
    private static void poison(SqliteEventStore store) {
        Events.append(store, Events.event("created", "bead:1"), Events.event("created", "bead:2"));
        Events.append(store, Events.event("created", "bead:1"), Events.event("poison", "bead:1"));
        Events.append(store, Events.event("created", "bead:1"), Events.event("created", "bead:2"));
    }

    private static ReadModelStatus statusOf(SqliteEventStore store, String name) {
        return store.readModels().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_stops_before_the_event_and_harms_no_other(boolean inline) throws Exception {
        Counts stops = Counts.of("stops", 1).with(FailurePolicy.stop());
        Counts other = Counts.of("other", 1).mended();
        try (SqliteEventStore store =
                SqliteEventStore.open(file, with(inline, stops).withInline(other))) {
            poison(store);

            assertThat(store.awaitApplied("stops", 3, LONG)).isTrue();
            assertThatThrownBy(() -> store.awaitApplied("stops", 6, LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'stops' stopped at event 4")
                    .hasMessageContaining("cannot be applied");
            assertThat(stops.rows(store)).isEqualTo(Map.of("1", 2L, "2", 1L));
            assertThat(other.rows(store)).isEqualTo(Map.of("1", 4L, "2", 2L));
            assertThat(statusOf(store, "other").state()).isEqualTo(ReadModelStatus.State.CURRENT);
            ReadModelStatus status = statusOf(store, "stops");
            assertThat(status.state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(status.checkpoint()).isEqualTo(3);
            assertThat(status.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.sequence()).isEqualTo(4);
                assertThat(failure.tag()).isEmpty();
                assertThat(failure.cause()).contains("cannot be applied");
            });
            assertThat(store.check().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.sequence()).isEqualTo(4);
                assertThat(problem.kind()).isEqualTo("readModel");
                assertThat(problem.reason()).contains("'stops'", "cannot be applied");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_model_that_stopped_goes_on_when_it_is_mended_and_told_so(boolean inline) throws Exception {
        Counts counts = Counts.of(1).with(FailurePolicy.stop());
        try (SqliteEventStore store = open(inline, counts)) {
            poison(store);
            assertThatThrownBy(() -> store.awaitApplied("counts", 6, LONG)).isInstanceOf(IllegalStateException.class);
            assertThat(store.resume("counts")).isFalse();
        }

        try (SqliteEventStore store = open(inline, counts.mended())) {
            assertThat(statusOf(store, "counts").state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(store.resume("counts")).isTrue();
            assertThat(store.awaitApplied("counts", 6, LONG)).isTrue();
            assertThat(counts.rows(store)).isEqualTo(Map.of("1", 4L, "2", 2L));
            Events.append(store, Events.event("created", "bead:2"));
            assertThat(store.awaitApplied("counts", 7, LONG)).isTrue();
            assertThat(counts.rows(store)).isEqualTo(Map.of("1", 4L, "2", 3L));
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_in_quarantine_is_left_out_and_the_rest_goes_on(boolean inline) throws Exception {
        Counts counts = Counts.of(1).with(FailurePolicy.quarantine("bead"));
        try (SqliteEventStore store = open(inline, counts)) {
            poison(store);

            assertThat(store.awaitApplied("counts", 6, LONG)).isTrue();
            assertThat(counts.rows(store)).isEqualTo(Map.of("1", 2L, "2", 2L));
            ReadModelStatus status = statusOf(store, "counts");
            assertThat(status.state()).isEqualTo(ReadModelStatus.State.CURRENT);
            assertThat(status.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.sequence()).isEqualTo(4);
                assertThat(failure.tag()).isEqualTo(Optional.of("bead:1"));
                assertThat(failure.leftOut()).isEqualTo(2);
            });
            assertThat(store.check().problems())
                    .extracting(LogProblem::sequence, LogProblem::kind)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(4L, "readModel"));
        }

        try (SqliteEventStore store = open(inline, counts.mended())) {
            assertThat(store.resume("counts")).isTrue();
            assertThat(counts.rows(store)).isEqualTo(Map.of("1", 4L, "2", 2L));
            assertThat(statusOf(store, "counts").failures()).isEmpty();
        }
    }

    @Test
    void an_event_without_the_tag_of_the_quarantine_stops_the_model() {
        try (SqliteEventStore store = open(true, Counts.of(1).with(FailurePolicy.quarantine("bead")))) {
            Events.append(store, Events.event("poison", "agent:toast"));

            assertThat(statusOf(store, "counts").state()).isEqualTo(ReadModelStatus.State.STOPPED);
        }
    }

    @Test
    void where_there_is_no_append_to_refuse_the_model_stops() throws Exception {
        try (SqliteEventStore store = open(false, Counts.of(1))) {
            poison(store);

            assertThatThrownBy(() -> store.awaitApplied("counts", 6, LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped at event 4");
        }
    }

    @Test
    void a_build_that_stops_leaves_the_old_tables_and_another_version_begins_anew() throws Exception {
        try (SqliteEventStore store = open(true, Counts.of(1).mended())) {
            poison(store);
        }

        try (SqliteEventStore store = open(true, Counts.of(2))) {
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 4L, "2", 2L));
            assertThat(statusOf(store, "counts").state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(statusOf(store, "counts").failures().get(0).ofBuild()).isTrue();
            Events.append(store, Events.event("created", "bead:1"));
            assertThat(store.info().head()).isEqualTo(7);
        }
        try (SqliteEventStore store = open(true, Counts.of(2).mended())) {
            assertThat(statusOf(store, "counts").state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(store.resume("counts")).isTrue();
            assertThat(Counts.of(2).rows(store)).isEqualTo(Map.of("1", 10L, "2", 4L));
        }
        try (SqliteEventStore store = open(true, Counts.of(3).mended())) {
            assertThat(Counts.of(3).rows(store)).isEqualTo(Map.of("1", 15L, "2", 6L));
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void whoever_waits_for_live_tables_gets_them_though_a_build_beside_them_stopped() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        TableModel held = new TableModel("held", 1, List.of("CREATE TABLE {t} (x)"), (event, sql) -> {
            if (event.type().equals("held")) {
                await(mayGoOn);
            }
        });
        TableModel failing = new TableModel("held", 2, held.schema(), (event, sql) -> {
            throw new IllegalStateException("cannot be applied");
        });
        try (SqliteEventStore store = open(false, held)) {
            Events.append(store, Events.event("created"));
            assertThat(store.awaitApplied("held", 1, LONG)).isTrue();
        }
        try (SqliteEventStore store = open(false, failing)) {
            assertThat(store.readModels().get(0).state()).isEqualTo(ReadModelStatus.State.STOPPED);
        }

        try (SqliteEventStore store = open(false, held)) {
            Events.append(store, Events.event("held"));
            assertThat(store.awaitApplied("held", 2, Duration.ZERO)).isFalse();
            mayGoOn.countDown();
            assertThat(store.awaitApplied("held", 2, LONG)).isTrue();
        } finally {
            mayGoOn.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_rebuild_that_fails_says_so_and_leaves_the_live_tables() {
        try (SqliteEventStore store = open(true, Counts.of(1).mended())) {
            poison(store);
        }

        try (SqliteEventStore store = open(true, Counts.of(1))) {
            assertThatThrownBy(() -> store.rebuild("counts"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped at event 4");
            Events.append(store, Events.event("created", "bead:1"));
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 5L, "2", 2L));
        }
    }

    @Test
    void a_model_that_ends_the_transaction_after_a_retention_names_the_first_event_that_is_left() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(Append.of(Events.numbered(6)));
            store.retain(Retention.newest(2));
        }
        TableModel model = TableModel.of(
                (event, sql) -> sql.execute("INSERT OR ROLLBACK INTO {seen} VALUES (NULL)"),
                "CREATE TABLE {seen} (value INTEGER NOT NULL)");

        try (SqliteEventStore store = open(false, model)) {
            assertThat(store.readModels().get(0).failures())
                    .extracting(ReadModelStatus.Failure::sequence)
                    .containsExactly(5L);
        }
    }

    /** Ends the whole transaction at the third event. */
    private record Ending(String name, int version, List<String> schema) implements SqlReadModel {

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute("INSERT OR ROLLBACK INTO {seen} VALUES (?)", Math.min(3, event.sequence() % 4 + 1));
        }
    }

    @Test
    void an_async_model_whose_statement_ends_the_transaction_stops_at_that_event() throws Exception {
        List<String> schema = List.of("CREATE TABLE {seen} (value INTEGER PRIMARY KEY)");
        try (SqliteEventStore store = open(false, new Ending("ending", 1, schema))) {
            store.append(Append.of(Events.numbered(6)));

            assertThatThrownBy(() -> store.awaitApplied("ending", 6, LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped at event 3");
            assertThat(store.query("SELECT * FROM seen")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_statement_that_ends_the_transaction_is_noticed_after_others_that_failed(boolean inline) throws Exception {
        TableModel model = TableModel.of(
                (event, sql) -> {
                    sql.execute("INSERT INTO {seen} VALUES (?)", event.sequence());
                    for (String how : List.of("", "OR ABORT ", "OR ROLLBACK ")) {
                        try {
                            sql.execute("INSERT " + how + "INTO {seen} VALUES (?)", event.sequence());
                        } catch (IllegalArgumentException passedOver) {
                            // As a careless model does.
                        }
                    }
                },
                "CREATE TABLE {seen} (value INTEGER PRIMARY KEY)");
        try (SqliteEventStore store = open(inline, model)) {
            if (inline) {
                assertThatThrownBy(() -> Events.append(store, Events.event("first")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("has ended the whole transaction");
            } else {
                Events.append(store, Events.event("first"));
                assertThatThrownBy(() -> store.awaitApplied(model.name(), 1, LONG))
                        .hasMessageContaining("stopped at event 1");
            }
            assertThat(store.info().head()).isEqualTo(inline ? 0 : 1);
            assertThat(Events.all(store)).hasSize(inline ? 0 : 1);
            assertThat(store.query("SELECT * FROM seen")).isEmpty();
        }
    }
}
