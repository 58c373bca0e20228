package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.ReadModelStatus;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.Retention;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are built beside the live one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
class BuildTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    private SqliteEventStore open(SqlReadModel model) {
        return SqliteEventStore.open(file, SqliteOptions.defaults().withInline(model));
    }

    private SqliteEventStore openInBackground(SqlReadModel model) {
        return SqliteEventStore.open(
                file, SqliteOptions.defaults().withInline(model).buildingInBackground());
    }

    private static List<String> numbered(SqliteEventStore store) {
        return store
                .query("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name LIKE '%@%'")
                .stream()
                .map(row -> String.valueOf(row.get("name")))
                .toList();
    }

    /** Waits, when it comes to an event, until it may go on. */
    private record Held(Counts counts, long sequence, CountDownLatch reached, CountDownLatch mayGoOn)
            implements SqlReadModel {

        Held(Counts counts, long sequence) {
            this(counts, sequence, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public String name() {
            return counts.name();
        }

        @Override
        public int version() {
            return counts.version();
        }

        @Override
        public List<String> schema() {
            return counts.schema();
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            if (event.sequence() == sequence) {
                reached.countDown();
                await(mayGoOn);
            }
            counts.apply(event, sql);
        }

        static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void another_version_replaces_tables_views_triggers_and_indexes() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store.append(Append.of(Events.numbered(3, "bead:1")));
        }

        try (SqliteEventStore store = open(Counts.of(10))) {
            store.append(Append.of(Events.numbered(2, "bead:1", "other:x")));

            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 50L));
            assertThat(store.query("SELECT changes FROM counts_sum").get(0)).containsEntry("changes", 5);
            assertThat(store.query("SELECT id FROM counts_busy")).hasSize(1);
            assertThat(store.query("SELECT count(*) AS n FROM counts_change").get(0))
                    .containsEntry("n", 5);
            assertThat(store.query("SELECT \"table\" AS parent FROM pragma_foreign_key_list('counts_change')")
                            .get(0))
                    .containsEntry("parent", "counts_bead");
            assertThat(numbered(store)).isEmpty();
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void an_open_store_sees_the_columns_of_the_new_version() {
        SqlReadModel other = new OneTable(
                2, "CREATE TABLE {counts_bead} (id TEXT, extra TEXT)", "INSERT INTO {counts_bead} VALUES (?, 'x')");
        try (SqliteEventStore reader = open(Counts.of(1))) {
            store(reader, 3);
            assertThat(reader.query("SELECT * FROM counts_bead").get(0)).containsOnlyKeys("id", "events");

            open(other).close();

            assertThat(reader.query("SELECT * FROM counts_bead").get(0)).containsOnlyKeys("id", "extra");
        }
    }

    private static void store(SqliteEventStore store, int events) {
        store.append(Append.of(Events.numbered(events, "bead:1")));
    }

    /** One row for each event. */
    private record OneTable(int version, String table, String insert) implements SqlReadModel {

        @Override
        public String name() {
            return "counts";
        }

        @Override
        public List<String> schema() {
            return List.of(table);
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute(insert, event.sequence());
        }
    }

    @Test
    void until_the_swap_readers_see_the_old_version_and_appends_go_on() throws Exception {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 3);
        }
        Held held = new Held(Counts.of(10), 3);

        try (SqliteEventStore store = openInBackground(held);
                SqliteEventStore old = SqliteEventStore.open(file)) {
            Held.await(held.reached());
            assertThat(Counts.of(1).rows(old)).isEqualTo(Map.of("1", 3L));
            assertThat(store.readModels().get(0).version()).isEqualTo(1);
            assertThat(store.readModels().get(0).state()).isEqualTo(ReadModelStatus.State.BUILDING);
            assertThat(store.awaitApplied("counts", 3, Duration.ofMillis(1))).isFalse();

            held.mayGoOn().countDown();
            store(store, 2);

            assertThat(store.awaitApplied("counts", 5, LONG)).isTrue();
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 50L));
            store(store, 1);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 60L));
        }
    }

    @Test
    void another_program_with_the_old_version_goes_on_while_the_new_one_is_built() throws Exception {
        try (SqliteEventStore old = open(Counts.of(1))) {
            store(old, 2_000);
            AtomicLong appended = new AtomicLong(2_000);
            CountDownLatch built = new CountDownLatch(1);
            Thread writer = new Thread(() -> {
                while (built.getCount() > 0 && writes(old)) {
                    appended.incrementAndGet();
                }
            });
            writer.start();
            try (SqliteEventStore store = openInBackground(Counts.of(10))) {
                assertThat(store.awaitApplied("counts", 2_000, LONG)).isTrue();
                built.countDown();
                join(writer);
                assertThat(store.info().head()).isEqualTo(appended.get());
                store(store, 1);
                assertThat(Counts.of(10).rows(store))
                        .isEqualTo(Map.of("1", 10 * store.info().head()));
            } finally {
                built.countDown();
                join(writer);
            }
        }
    }

    // It is refused as soon as the tables are those of the other version.
    private static boolean writes(SqliteEventStore store) {
        try {
            store(store, 1);
            return true;
        } catch (StoreUnavailable otherVersion) {
            assertThat(otherVersion).hasMessageContaining("has version 10 by now");
            return false;
        }
    }

    @Test
    void a_build_that_was_broken_off_goes_on_where_it_was() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 2_000);
        }
        Held held = new Held(Counts.of(10), 1_500);
        SqliteEventStore broken = openInBackground(held);
        Held.await(held.reached());
        Thread closing = closing(broken);
        long before = checkpointOfBuild();
        held.mayGoOn().countDown();
        join(closing);
        assertThat(before).isPositive();

        AtomicLong first = new AtomicLong();
        try (SqliteEventStore store = open(new Watched(Counts.of(10), first))) {
            assertThat(first.get()).isGreaterThan(before);
            assertThat(Counts.of(10).rows(store)).isEqualTo(Map.of("1", 20_000L));
            assertThat(numbered(store)).isEmpty();
        }
    }

    /** Returns when the store is asked to close, so that a build which goes on then is broken off. */
    private static Thread closing(SqliteEventStore store) {
        Thread closing = new Thread(store::close);
        closing.start();
        while (isOpen(store)) {
            Thread.onSpinWait();
        }
        return closing;
    }

    private static boolean isOpen(SqliteEventStore store) {
        try {
            return store.info() != null;
        } catch (StoreClosed closed) {
            return false;
        }
    }

    private long checkpointOfBuild() {
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            return store.readModels().get(0).build().orElseThrow().checkpoint();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_build_of_a_third_version_is_thrown_away() {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 2_000);
        }
        Held held = new Held(Counts.of(10), 1_500);
        SqliteEventStore broken = openInBackground(held);
        Held.await(held.reached());
        Thread closing = closing(broken);
        held.mayGoOn().countDown();
        join(closing);

        try (SqliteEventStore store = open(Counts.of(100))) {
            assertThat(Counts.of(100).rows(store)).isEqualTo(Map.of("1", 200_000L));
            assertThat(numbered(store)).isEmpty();
            assertThat(store.readModels().get(0).build()).isEmpty();
        }
    }

    @Test
    void a_rebuild_gives_what_the_events_say() throws SQLException {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 3_000);
            ForeignConnection.run(file, "UPDATE counts_bead SET events = 7", "DELETE FROM counts_change");

            store.rebuild("counts");

            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 3_000L));
            store(store, 1);
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 3_001L));
            assertThat(numbered(store)).isEmpty();
            assertThatThrownBy(() -> store.rebuild("nothing"))
                    .hasMessageContaining("'nothing' is not kept by this store");
        }
    }

    @Test
    void a_view_of_somebody_else_stays_one_over_the_live_table() throws SQLException {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 3);
            ForeignConnection.run(file, "CREATE VIEW mine AS SELECT events FROM counts_bead");
        }

        try (SqliteEventStore store = open(Counts.of(10))) {
            assertThat(store.query("SELECT events FROM mine").get(0)).containsEntry("events", 30);
        }
    }

    @Test
    void a_table_that_is_not_its_own_is_left_alone() throws SQLException {
        SqliteEventStore.open(file).close();
        ForeignConnection.run(file, "CREATE TABLE counts_bead (mine TEXT)");

        assertThatThrownBy(() -> open(Counts.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a table counts_bead that is not its own");
    }

    @Test
    void a_trigger_and_an_index_that_are_not_its_own_are_named_before_anything_is_built() throws SQLException {
        SqliteEventStore.open(file).close();
        ForeignConnection.run(
                file,
                "CREATE TABLE mine (x)",
                "CREATE INDEX counts_sum ON mine (x)",
                "CREATE TRIGGER mine_too AFTER INSERT ON mine BEGIN SELECT 1; END");
        TableModel trigger = TableModel.told(
                "CREATE TABLE {t} (x)", "CREATE TRIGGER {mine_too} AFTER INSERT ON {t} BEGIN SELECT 1; END");

        assertThatThrownBy(() -> open(Counts.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has an index counts_sum that is not its own");
        assertThatThrownBy(() -> open(trigger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a trigger mine_too that is not its own");
    }

    @Test
    void a_large_table_with_columns_called_like_the_row_number_is_taken_away() {
        for (String columns : List.of("rowid TEXT, x", "rowid TEXT, _rowid_ TEXT, oid TEXT, x")) {
            Path other = folder.resolve(columns.length() + ".db");
            TableModel model = TableModel.of(
                    (event, sql) -> sql.execute("INSERT INTO {seen} (x) VALUES (?)", event.sequence()),
                    "CREATE TABLE {seen} (" + columns + ")");
            try (SqliteEventStore store =
                    SqliteEventStore.open(other, SqliteOptions.defaults().withInline(model))) {
                store(store, 2_500);

                store.rebuild("model");

                assertThat(numbered(store)).isEmpty();
                assertThat(store.query("SELECT count(*) AS n FROM seen")).containsExactly(Map.of("n", 2_500));
            }
        }
    }

    @Test
    void a_file_whose_tables_were_made_under_plain_names_goes_on() throws SQLException {
        OneTable model = new OneTable(1, "CREATE TABLE {seen} (sequence INTEGER)", "INSERT INTO {seen} VALUES (?)");
        SqliteEventStore.open(file).close();
        ForeignConnection.run(
                file,
                "CREATE TABLE seen (sequence INTEGER)",
                "INSERT INTO recount_read_models VALUES ('counts', 1, 0)",
                "INSERT INTO recount_read_model_tables VALUES ('seen', 'table', 'counts')");

        try (SqliteEventStore store = open(model)) {
            store(store, 2);
            assertThat(store.query("SELECT * FROM seen")).hasSize(2);
        }
        OneTable newer = new OneTable(2, model.table(), model.insert());
        try (SqliteEventStore store = open(newer)) {
            assertThat(store.query("SELECT * FROM seen")).hasSize(2);
            assertThat(numbered(store)).isEmpty();
        }
    }

    @Test
    void after_a_retention_no_rebuild_takes_away_what_rests_on_removed_events() {
        Counts counts = Counts.of("inline", 1);
        try (SqliteEventStore store = open(counts)) {
            store.append(Append.of(Events.numbered(5, "bead:a")));
            Object before = counts.rows(store);
            store.retain(Retention.newest(1));

            assertThatIllegalStateException()
                    .isThrownBy(() -> store.rebuild("inline"))
                    .withMessageContaining("events up to 4 were removed by retention");

            assertThat(counts.rows(store)).isEqualTo(before);
        }
    }

    @Test
    void going_back_to_the_live_version_drops_a_build_of_another_that_stopped() {
        try (SqliteEventStore store = open(Counts.of(1).mended())) {
            Events.append(store, Events.event("poison", "bead:1"));
        }
        open(Counts.of(2)).close();

        try (SqliteEventStore store = open(Counts.of(1).mended())) {
            Events.append(store, Events.event("created", "bead:1"));

            ReadModelStatus status = store.readModels().get(0);
            assertThat(status.state()).isEqualTo(ReadModelStatus.State.CURRENT);
            assertThat(status.build()).isEmpty();
            assertThat(status.failures()).isEmpty();
            assertThat(numbered(store)).isEmpty();
            assertThat(store.check().problems()).isEmpty();
            assertThat(store.retain(Retention.newest(1)).floor()).isEqualTo(1);
            assertThat(Counts.of(1).rows(store)).isEqualTo(Map.of("1", 2L));
        }
    }

    @Test
    void going_back_leaves_a_build_that_another_program_is_at() throws Exception {
        try (SqliteEventStore store = open(Counts.of(1))) {
            store(store, 2_000);
        }
        Held held = new Held(Counts.of(10), 1_500);
        try (SqliteEventStore building = openInBackground(held)) {
            Held.await(held.reached());
            SqliteOptions before = SqliteOptions.defaults().withAsync(Counts.of(1));
            FutureTask<Boolean> opening =
                    new FutureTask<>(() -> SqliteEventStore.open(file, before).close(), true);
            Thread thread = new Thread(opening);
            thread.start();
            // It has looked, and left the build alone, when it waits for the build to let it write.
            while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            held.mayGoOn().countDown();
            assertThat(opening).succeedsWithin(LONG);

            assertThat(building.awaitApplied("counts", 2_000, LONG)).isTrue();
            assertThat(Counts.of(10).rows(building)).isEqualTo(Map.of("1", 20_000L));
        } finally {
            held.mayGoOn().countDown();
        }
    }

    @Test
    void a_build_that_was_dropped_meanwhile_begins_anew_when_its_program_resumes_it() {
        try (SqliteEventStore store = open(Counts.of(1).mended())) {
            Events.append(store, Events.event("poison", "bead:1"));
        }
        try (SqliteEventStore newer = open(new Mendable())) {
            open(Counts.of(1).mended()).close();
            assertThat(newer.readModels().get(0).build()).isEmpty();
            Mendable.isMended = true;

            assertThat(newer.resume("counts")).isTrue();

            assertThat(Counts.of(2).rows(newer)).isEqualTo(Map.of("1", 2L));
        } finally {
            Mendable.isMended = false;
        }
    }

    /** Version 2 of {@link Counts}, which is mended while it is open. */
    private record Mendable() implements SqlReadModel {

        private static volatile boolean isMended;

        @Override
        public String name() {
            return "counts";
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public List<String> schema() {
            return Counts.of(2).schema();
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            (isMended ? Counts.of(2).mended() : Counts.of(2)).apply(event, sql);
        }
    }

    @Test
    void a_store_with_an_older_version_neither_rebuilds_nor_resumes_over_a_newer_one() {
        try (SqliteEventStore older = open(Counts.of(1))) {
            store(older, 3);
            open(Counts.of(10)).close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> older.rebuild("counts"))
                    .withMessageContaining("has version 10 by now, and this program has version 1. Nothing was built.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> older.resume("counts"))
                    .withMessageContaining("has version 10 by now");

            assertThat(older.readModels().get(0).version()).isEqualTo(10);
            assertThat(older.readModels().get(0).build()).isEmpty();
            assertThat(Counts.of(10).rows(older)).isEqualTo(Map.of("1", 30L));
        }
        try (SqliteEventStore back = open(Counts.of(1))) {
            assertThat(Counts.of(1).rows(back)).isEqualTo(Map.of("1", 3L));
        }
    }

    @Test
    void a_release_can_be_taken_back_and_a_program_that_still_has_the_newer_one_is_refused() {
        try (SqliteEventStore newer = open(Counts.of(10))) {
            store(newer, 3);
            try (SqliteEventStore older = open(Counts.of(1))) {
                store(older, 1);
                assertThat(Counts.of(1).rows(older)).isEqualTo(Map.of("1", 4L));
            }

            assertThatThrownBy(() -> store(newer, 1))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("has version 1 by now, and this program has version 10. Nothing was stored.");
            assertThat(newer.info().head()).isEqualTo(4);
        }
    }
}
