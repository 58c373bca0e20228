package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.replay.RowDifference;
import dev.recount.replay.Verification;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.KeptModel;
import dev.recount.store.jdbc.StagedComparison;
import dev.recount.store.jdbc.StepResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are compared with the live tables before they take their place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class ComparedBuildTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Verification> asked = new CopyOnWriteArrayList<>();
    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private SqliteEventStore open(SqlReadModel model) {
        return SqliteEventStore.open(file, SqliteOptions.defaults().withInline(model));
    }

    private SqliteOptions comparing(SqlReadModel model, Consumer<Verification> judge) {
        return SqliteOptions.defaults().withInline(model).comparingBeforeSwap(compared -> {
            asked.add(compared);
            judge.accept(compared);
        });
    }

    private SqliteEventStore openComparing(SqlReadModel model, Consumer<Verification> judge) {
        return SqliteEventStore.open(file, comparing(model, judge));
    }

    private SqliteEventStore openComparing(SqlReadModel model) {
        return openComparing(model, compared -> {});
    }

    private static void refuseUnlessEqual(Verification compared) {
        if (!compared.isEqual()) {
            throw new IllegalStateException("no: " + compared.differences());
        }
    }

    private static void store(SqliteEventStore store, String... beads) {
        for (String bead : beads) {
            Events.append(store, Events.event("open", "bead:" + bead));
        }
    }

    private static void storeMany(SqliteEventStore store, int events) {
        store.append(Append.of(Events.numbered(events, "bead:1")));
    }

    /** The same rules as {@link TableModel#beads}, as another version. */
    private static TableModel beads(int version) {
        TableModel beads = TableModel.beads();
        return new TableModel(beads.name(), version, beads.schema(), beads.rules());
    }

    private static TableModel beadsIn(int version, String table, String insert) {
        return new TableModel(
                "model",
                version,
                List.of(table),
                (event, sql) -> sql.execute(insert, event.tags().value("bead").orElseThrow()));
    }

    private static ReadModelStatus status(SqliteEventStore store) {
        return store.readModels().get(0);
    }

    @Test
    void an_equal_build_takes_the_place_of_the_live_tables() {
        try (SqliteEventStore store = open(beads(1))) {
            store(store, "a", "b", "c");
        }

        try (SqliteEventStore store = openComparing(beads(2), ComparedBuildTest::refuseUnlessEqual)) {
            assertThat(asked).containsExactly(new Verification("model", 3, 3, 3, 0, List.of()));
            assertThat(status(store).version()).isEqualTo(2);
            store(store, "d");
            assertThat(store.query("SELECT id FROM bead")).hasSize(4);
        }
    }

    @Test
    void nobody_is_asked_where_there_are_no_live_tables_yet() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store(store, "a");
        }

        try (SqliteEventStore store = openComparing(beads(1))) {
            assertThat(store.query("SELECT id FROM bead")).hasSize(1);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void rows_that_differ_are_named_with_both_values() {
        try (SqliteEventStore store = open(beads(1))) {
            store(store, "a", "b");
        }
        TableModel other = beadsIn(2, beads(1).schema().get(0), "INSERT INTO {bead} VALUES (?, 'new', 1)");

        openComparing(other).close();

        assertThat(asked)
                .containsExactly(new Verification(
                        "model", 2, 2, 0, 0, List.of(differs("a", "open", "new"), differs("b", "open", "new"))));
    }

    private static RowDifference differs(String key, String live, String replayed) {
        return new RowDifference(
                key,
                RowDifference.Kind.CHANGED,
                List.of(new RowDifference.Field("status", live, replayed)),
                RowDifference.NOT_LOOKED_FOR);
    }

    @Test
    void a_refused_build_stays_beside_the_live_tables_until_it_is_resumed() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        boolean[] isAllowed = new boolean[1];

        try (SqliteEventStore store = openComparing(Counts.of(10), compared -> {
            if (!isAllowed[0]) {
                throw new IllegalStateException("not yet");
            }
        })) {
            storeMany(store, 2);
            assertThat(status(store).state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(status(store).version()).isEqualTo(1);
            assertThat(status(store).checkpoint()).isEqualTo(3);
            assertThat(status(store).build()).contains(new ReadModelStatus.Build(10, 3));
            assertThat(status(store).failures()).singleElement().satisfies(failure -> {
                assertThat(failure.sequence()).isEqualTo(3);
                assertThat(failure.ofBuild()).isTrue();
                assertThat(failure.cause())
                        .isEqualTo("refused after it was compared with the live tables of version 1:"
                                + " java.lang.IllegalStateException: not yet");
            });
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 3L));
            assertThatThrownBy(() -> store.awaitApplied("counts", 5, LONG)).hasMessageContaining("not yet");
            assertThat(store.resume("counts")).isFalse();
            assertThat(asked).hasSize(2);

            isAllowed[0] = true;
            assertThat(store.resume("counts")).isTrue();

            assertThat(asked).hasSize(3);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 50L));
            assertThat(status(store).failures()).isEmpty();
        }
    }

    @Test
    void a_refused_build_is_not_asked_about_again_when_the_log_is_opened() {
        try (SqliteEventStore store = open(beads(1))) {
            store(store, "a");
        }
        Consumer<Verification> never = compared -> {
            throw new AssertionError("never");
        };
        openComparing(beads(2), never).close();

        try (SqliteEventStore store = openComparing(beads(2), never)) {
            assertThat(status(store).failures().get(0).cause()).contains("AssertionError: never");
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void the_old_version_goes_on_with_its_tables_and_another_version_throws_a_refused_build_away() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        Consumer<Verification> judge = compared -> {
            throw new IllegalStateException("never");
        };
        try (SqliteEventStore store = openComparing(Counts.of(10), judge)) {
            storeMany(store, 2);
        }

        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 1);
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 6L));
        }
        try (SqliteEventStore store = openComparing(Counts.of(100))) {
            assertThat(asked.get(1).sequence()).isEqualTo(6);
            assertThat(Counts.of(100).rows(store)).isEqualTo(Map.of("1", 600L));
            assertThat(status(store).build()).isEmpty();
            assertThat(status(store).failures()).isEmpty();
        }
    }

    @Test
    void a_store_without_a_comparison_takes_a_refused_build_when_it_is_resumed() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        Consumer<Verification> never = compared -> {
            throw new IllegalStateException("never");
        };
        openComparing(Counts.of(10), never).close();

        try (SqliteEventStore store = open(Counts.of(10))) {
            assertThat(status(store).state()).isEqualTo(ReadModelStatus.State.STOPPED);
            assertThat(store.resume("counts")).isTrue();
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 30L));
        }
    }

    @Test
    void versions_are_compared_in_the_columns_that_both_have() throws SQLException {
        try (SqliteEventStore store = open(beadsIn(
                1,
                "CREATE TABLE {bead} (id TEXT PRIMARY KEY, old TEXT, kept TEXT)",
                "INSERT INTO {bead} VALUES (?, 'gone', 'same')"))) {
            store(store, "a", "b");
        }
        ForeignConnection.run(file, "UPDATE bead SET kept = 'other' WHERE id = 'b'");

        openComparing(beadsIn(
                        2,
                        "CREATE TABLE {bead} (kept TEXT, added INTEGER, id TEXT PRIMARY KEY)",
                        "INSERT INTO {bead} VALUES ('same', 1, ?)"))
                .close();

        assertThat(asked).singleElement().satisfies(compared -> {
            assertThat(compared.compared()).isEqualTo(2);
            assertThat(compared.differences())
                    .hasToString("[b differs in [kept: live other, replayed same] (last event not looked for)]");
        });
    }

    @Test
    void a_table_that_only_one_version_has_is_not_compared() {
        try (SqliteEventStore store =
                open(beadsIn(1, "CREATE TABLE {bead} (id TEXT PRIMARY KEY)", "INSERT INTO {bead} VALUES (?)"))) {
            store(store, "a", "b");
        }

        openComparing(beadsIn(2, "CREATE TABLE {task} (id TEXT PRIMARY KEY)", "INSERT INTO {task} VALUES (?)"))
                .close();

        assertThat(asked).containsExactly(new Verification("model", 2, 0, 0, 0, List.of()));
    }

    @Test
    void a_rebuild_is_compared_in_everything_and_throws_where_it_is_refused() throws SQLException {
        try (SqliteEventStore store = openComparing(beads(1), ComparedBuildTest::refuseUnlessEqual)) {
            store(store, "a", "b");
            ForeignConnection.run(
                    file, "UPDATE bead SET events = 7 WHERE id = 'a'", "ALTER TABLE bead ADD COLUMN extra TEXT");

            assertThatThrownBy(() -> store.rebuild("model"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("stopped at event 2: refused after")
                    .hasMessageContaining("table bead differs in [extra: live TEXT, replayed null]")
                    .hasMessageContaining("a differs in [events: live 7, replayed 1]");

            assertThat(store.query("SELECT events FROM bead WHERE id = 'a'").get(0))
                    .containsEntry("events", 7);
            ForeignConnection.run(
                    file, "UPDATE bead SET events = 1 WHERE id = 'a'", "ALTER TABLE bead DROP COLUMN extra");
            store(store, "c");
            store.rebuild("model");
            assertThat(asked.get(1)).isEqualTo(new Verification("model", 3, 3, 3, 0, List.of()));
        }
    }

    @Test
    void an_async_model_is_compared_at_the_checkpoint_of_its_live_tables() throws Exception {
        SqliteOptions options = SqliteOptions.defaults().withAsync(beads(1)).comparingBeforeSwap(asked::add);
        try (SqliteEventStore store = SqliteEventStore.open(file, options)) {
            store(store, "a", "b");
            assertThat(store.awaitApplied("model", 2, LONG)).isTrue();

            store.rebuild("model");

            assertThat(asked).containsExactly(new Verification("model", 2, 2, 2, 0, List.of()));
        }
    }

    @Test
    void live_tables_that_nobody_keeps_are_compared_where_they_are() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            storeMany(store, 2_000);
        }

        try (SqliteEventStore store = openComparing(Counts.of(10))) {
            assertThat(asked).extracting(Verification::sequence).containsExactly(3L);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 20_030L));
        }
    }

    @Test
    void a_build_that_is_further_than_the_live_tables_is_begun_anew() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            storeMany(store, 2);
            Events.append(store, Events.event("poison", "bead:1"));
        }
        try (SqliteEventStore store = open(Counts.of(10))) {
            assertThat(status(store).build().orElseThrow().checkpoint()).isEqualTo(5);
        }

        try (SqliteEventStore store = openComparing(Counts.of(10).mended())) {
            assertThat(store.resume("counts")).isTrue();
            assertThat(asked).extracting(Verification::sequence).containsExactly(3L);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 60L));
        }
    }

    @Test
    void a_build_that_was_accepted_and_then_broken_off_goes_on_without_another_question() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            storeMany(store, 2);
            Events.append(store, Events.event("poison", "bead:1"));
        }
        openComparing(Counts.of(10)).close();
        assertThat(asked).hasSize(1);

        try (SqliteEventStore store = openComparing(Counts.of(10).mended())) {
            assertThat(store.resume("counts")).isTrue();
            assertThat(asked).hasSize(1);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 60L));
        }
    }

    @Test
    void an_error_of_the_store_is_no_refusal() {
        try (SqliteEventStore store = open(beads(1))) {
            store(store, "a");
        }
        assertThatThrownBy(() -> openComparing(beads(2), compared -> {
                    throw new StoreUnavailable("the disk is away", null);
                }))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("the disk is away");

        try (SqliteEventStore store = openComparing(beads(2))) {
            assertThat(asked).hasSize(2);
            assertThat(status(store).version()).isEqualTo(2);
        }
    }

    /** The rules of {@link Counts} of version 1, and so its rows, in another version. */
    private record Again(int version) implements SqlReadModel {

        @Override
        public String name() {
            return "counts";
        }

        @Override
        public List<String> schema() {
            return Counts.of(1).schema();
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            Counts.of(1).apply(event, sql);
        }
    }

    @Test
    void both_are_at_one_sequence_while_a_program_with_the_old_version_appends_all_the_time() throws Exception {
        CountDownLatch compares = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        try (SqliteEventStore old = open(Counts.of(1))) {
            storeMany(old, 2_000);
            Thread writer = new Thread(() -> appendUntilRefused(old));
            writer.start();
            SqliteOptions options = comparing(new Again(2), compared -> {
                compares.countDown();
                await(mayGoOn);
                refuseUnlessEqual(compared);
            });
            try (SqliteEventStore store = SqliteEventStore.open(file, options.buildingInBackground())) {
                await(compares);
                long head = store.info().head();
                // The writer is not held up by whoever judges.
                assertThat(store.awaitAfter(head + 10, LONG)).isTrue();
                mayGoOn.countDown();

                assertThat(store.awaitApplied("counts", head + 10, LONG)).isTrue();
                writer.join(60_000);
                assertThat(writer.isAlive()).isFalse();
                assertThat(asked).singleElement().satisfies(compared -> {
                    assertThat(compared.isEqual()).isTrue();
                    assertThat(compared.compared()).isEqualTo(compared.sequence() + 2);
                    assertThat(compared.sequence()).isBetween(2_000L, head);
                });
                assertThat(Counts.of(1).rows(store))
                        .isEqualTo(Map.of("1", store.info().head()));
            } finally {
                mayGoOn.countDown();
            }
        }
    }

    private static void appendUntilRefused(SqliteEventStore store) {
        boolean goesOn = true;
        while (goesOn) {
            try {
                storeMany(store, 1);
            } catch (StoreUnavailable otherVersion) {
                goesOn = false;
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothing_is_compared_where_somebody_was_quicker_and_both_are_not_at_one_sequence() throws SQLException {
        try (SqliteEventStore store = open(Counts.of(1))) {
            storeMany(store, 3);
        }
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            storeMany(store, 2);
            Events.append(store, Events.event("poison", "bead:1"));
        }
        open(Counts.of(10)).close();
        ForeignConnection.run(file, "DELETE FROM recount_read_model_failures");

        assertThat(comparedAt("live 3, build 5")).isFalse();
        ForeignConnection.run(file, "UPDATE recount_read_model_builds SET checkpoint = 3");
        assertThat(comparedAt("live 3, build 3")).isTrue();
        ForeignConnection.run(file, "UPDATE recount_read_models SET checkpoint = 4");
        assertThat(comparedAt("live 4, build 3")).isFalse();
    }

    private boolean comparedAt(String positions) throws SQLException {
        KeptModel kept = KeptModel.of(Counts.of(10), ReadModelStatus.Mode.INLINE);
        try (Session reader = Session.open(file, "?mode=rw", 1_000)) {
            StagedComparison comparison = new StagedComparison(reader, kept, new ModelFile(file, Clock.systemUTC()));
            comparison.beginAfter(new StepResult(StepResult.Kind.TO_COMPARE, 3, 6));
            return comparison.compare().isPresent();
        } catch (SQLException e) {
            throw new SQLException(positions, e);
        }
    }

    @Test
    void a_build_that_cannot_be_compared_is_refused_with_the_reason_and_the_log_is_not_called_damaged()
            throws SQLException {
        try (SqliteEventStore store =
                open(beadsIn(1, "CREATE TABLE {bead} (id TEXT PRIMARY KEY)", "INSERT INTO {bead} VALUES (?)"))) {
            store(store, "no json");
        }
        ForeignConnection.run(file, "ALTER TABLE bead ADD COLUMN a TEXT AS (json_extract(id, '$.a'))");

        try (SqliteEventStore store = openComparing(beadsIn(
                2, "CREATE TABLE {bead} (id TEXT PRIMARY KEY, a TEXT)", "INSERT INTO {bead} VALUES (?, 'x')"))) {
            assertThat(status(store).version()).isEqualTo(1);
            assertThat(status(store).failures()).singleElement().satisfies(failure -> {
                assertThat(failure.ofBuild()).isTrue();
                assertThat(failure.cause())
                        .contains("cannot be compared with the live tables", "malformed JSON")
                        .doesNotContain("damaged");
            });
            assertThat(asked).isEmpty();
        }
    }
}
