package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.Append;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Of two appends the earlier is held up in its commit. A reader that goes on from what it has seen must miss neither. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VisibilityTest {

    private final PostgresOptions options = Server.options();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end_threads() {
        threads.shutdownNow();
    }

    /** A log by any means. */
    interface Log {

        void append(DataSource source, String name) throws SQLException;

        /** The next sequences after a checkpoint. */
        List<Long> after(long checkpoint) throws SQLException;
    }

    @Test
    void an_early_sequence_that_is_committed_late_is_not_missed() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertThat(seenOf(new OurLog("rig" + round))).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_log_that_numbers_by_a_plain_sequence_fails_this() throws Exception {
        NaiveLog naive = new NaiveLog("naive_" + options.schema());

        assertThatThrownBy(() -> assertThat(seenOf(naive)).containsExactly(1L, 2L))
                .isInstanceOf(AssertionError.class);
        assertThat(naive.after(0)).containsExactly(1L, 2L);
    }

    private List<Long> seenOf(Log log) throws Exception {
        CountDownLatch early = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Wire slow = new Wire(Server.dataSource()).beforeCommit(connection -> {
            early.countDown();
            goOn.await(60, TimeUnit.SECONDS);
        });
        CompletableFuture<Void> first = appending(log, slow.dataSource(), "early");
        assertThat(early.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = appending(log, Server.dataSource(), "late");
        Sql.await("the later append is stored, or waits", () -> second.isDone() || someoneWaitsForALock());

        List<Long> seen = new ArrayList<>(log.after(0));
        goOn.countDown();
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
        seen.addAll(log.after(seen.isEmpty() ? 0 : seen.get(seen.size() - 1)));
        return seen;
    }

    private CompletableFuture<Void> appending(Log log, DataSource source, String name) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        log.append(source, name);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    // In this town: an earlier test may have left somebody behind who waits elsewhere.
    private boolean someoneWaitsForALock() throws SQLException {
        return !Sql.texts(
                        Server.dataSource(),
                        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM "
                                + options.schema() + ".rigs%FOR NO KEY%'")
                .isEmpty();
    }

    private final class OurLog implements Log {

        private final String rig;

        OurLog(String rig) {
            this.rig = rig;
            // So that no commit is held up that only creates the rig.
            PostgresEventStore.open(Server.dataSource(), rig, options).close();
        }

        @Override
        public void append(DataSource source, String name) {
            try (PostgresEventStore store = PostgresEventStore.open(source, rig, options)) {
                store.append(Append.of(List.of(Events.event(name))));
            }
        }

        @Override
        public List<Long> after(long checkpoint) {
            try (PostgresEventStore store = PostgresEventStore.open(Server.dataSource(), rig, options)) {
                Page page = store.read(Query.all(), ReadOptions.defaults().after(checkpoint));
                return page.events().stream().map(event -> event.sequence()).toList();
            }
        }
    }

    /** The trap that every store on PostgreSQL falls into first. */
    private static final class NaiveLog implements Log {

        private final String table;

        NaiveLog(String table) throws SQLException {
            this.table = table;
            Sql.run(Server.dataSource(), "CREATE TABLE " + table + " (sequence bigserial PRIMARY KEY, name text)");
        }

        @Override
        public void append(DataSource source, String name) throws SQLException {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO " + table + " (name) VALUES (?)")) {
                    insert.setString(1, name);
                    insert.executeUpdate();
                }
                connection.commit();
            }
        }

        @Override
        public List<Long> after(long checkpoint) throws SQLException {
            List<Long> sequences = new ArrayList<>();
            try (Connection connection = Server.dataSource().getConnection();
                    PreparedStatement select = connection.prepareStatement(
                            "SELECT sequence FROM " + table + " WHERE sequence > ? ORDER BY sequence")) {
                select.setLong(1, checkpoint);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sequences.add(rows.getLong(1));
                    }
                }
            }
            return sequences;
        }
    }
}
