package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventsRemoved;
import dev.recount.store.Query;
import dev.recount.store.ReceiptConflict;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Appends of a store that expects to find its log as it left it: one statement each, and what comes of it where that is wrong. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpectedAppendsTest {

    private static final String FAILING = """
            CREATE FUNCTION {s}.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full disk'; END $$;
            CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON {s}.{t} FOR EACH ROW EXECUTE FUNCTION {s}.fail()""";

    private final PostgresOptions options = Server.options().withBusyTimeout(Duration.ofSeconds(60));
    private final Wire wire = new Wire(Server.dataSource());
    private final AtomicInteger breaks = new AtomicInteger();

    @Test
    void an_append_after_another_is_one_statement() {
        AtomicInteger statements = new AtomicInteger();
        AtomicInteger commits = new AtomicInteger();
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(3, "of:1")));
            wire.beforeAppendOfOneStatement(connection -> statements.incrementAndGet());
            wire.beforeCommit(connection -> commits.incrementAndGet());

            store.append(Append.of(Events.numbered(1)));
            store.append(Append.of(Events.numbered(5, "a:1", "b:2")).withReceipt("five"));
            store.append(Append.of(Events.numbered(1, "a:1")).when(nothing("absent", 9)));
            store.append(Append.of(Events.numbered(1)).when(nothing("of", 3)));

            assertThat(statements).hasValue(4);
            assertThat(commits).hasValue(0);
            assertThat(Events.sequences(store)).hasSize(11).isSorted();
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void what_a_condition_excludes_is_found_however_far_back_it_lies() {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1, "a:1")));
            store.append(Append.of(Events.numbered(2)));
            store.append(Append.of(Events.numbered(2)));

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1)).when(nothing("a", 0))))
                    .isInstanceOfSatisfying(
                            AppendConditionFailed.class,
                            failed ->
                                    assertThat(failed.conflicting().sequence()).isEqualTo(1));
            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1))
                            .when(AppendCondition.noneMatching(Query.all()).after(4))))
                    .isInstanceOf(AppendConditionFailed.class);
            assertThat(Events.sequences(store)).hasSize(5);
        }
    }

    @Test
    void what_others_have_stored_since_is_seen() {
        try (PostgresEventStore store = open();
                PostgresEventStore other = open()) {
            store.append(Append.of(Events.numbered(1)));
            other.append(Append.of(Events.numbered(1, "a:1")));

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1)).when(nothing("a", 1))))
                    .isInstanceOf(AppendConditionFailed.class);
            assertThat(store.append(Append.of(Events.numbered(1)))).isEqualTo(new Appended(3, 3, false));
            assertThat(other.append(Append.of(Events.numbered(1)))).isEqualTo(new Appended(4, 4, false));
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void a_receipt_that_another_store_has_is_found_though_the_head_is_as_expected() {
        try (PostgresEventStore store = open();
                PostgresEventStore other = open()) {
            store.append(Append.of(Events.numbered(1)));
            other.append(Append.of(List.of()).withReceiptFor("k", "another command"));

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1)).withReceiptFor("k", "this command")))
                    .isInstanceOf(ReceiptConflict.class);
            assertThat(Events.sequences(store)).containsExactly(1L);
        }
    }

    @Test
    void a_floor_that_another_store_has_moved_is_minded() {
        try (PostgresEventStore store = open();
                PostgresEventStore other = open()) {
            store.append(Append.of(Events.numbered(9)));
            other.retain(Retention.from(6));

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1)).when(nothing("a", 3))))
                    .isInstanceOf(EventsRemoved.class);
            assertThat(store.append(Append.of(Events.numbered(1)).when(nothing("a", 5)))
                            .last())
                    .isEqualTo(10);
        }
    }

    @Test
    void a_rig_that_is_held_is_waited_for_no_longer_than_the_busy_timeout() throws Exception {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(200));
        try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", impatient);
                Connection holder = Server.dataSource().getConnection()) {
            store.append(Append.of(Events.numbered(1)));
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("SELECT FROM " + options.schema() + ".rigs FOR UPDATE");
            }

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("held by another writer")
                    .hasMessageContaining("nothing was stored");
            holder.rollback();

            assertThat(store.append(Append.of(Events.numbered(1))).last()).isEqualTo(2);
        }
    }

    @Test
    void a_rig_that_was_sealed_since_takes_nothing() throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            Sql.run(Server.dataSource(), "UPDATE " + options.schema() + ".rigs SET state = 'sealed'");

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(1))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith("Rig 'rig' is sealed here");
            assertThat(Events.sequences(store)).containsExactly(1L);
        }
    }

    @Test
    void an_append_whose_connection_is_dropped_before_the_server_has_it_is_stored_once() throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            wire.beforeAppendOfOneStatement(connection -> onceOnly(() -> terminate(connection)));

            Appended appended = store.append(Append.of(Events.numbered(3)));

            assertThat(breaks).hasValue(1);
            assertThat(appended).isEqualTo(new Appended(2, 4, false));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void an_append_that_is_done_but_never_answered_is_stored_once() throws Exception {
        try (PostgresEventStore store = open();
                PostgresEventStore other = PostgresEventStore.open(Server.dataSource(), "rig", options)) {
            store.append(Append.of(Events.numbered(1)));
            wire.afterAppendOfOneStatement(connection -> onceOnly(() -> {
                other.append(Append.of(Events.numbered(1)));
                throw Wire.broken();
            }));

            Appended appended = store.append(Append.of(Events.numbered(3)).withReceipt("command-7"));

            assertThat(breaks).hasValue(1);
            assertThat(appended).isEqualTo(new Appended(2, 4, false));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(store.receipt("command-7").orElseThrow().outcome()).isEqualTo(appended);
            assertThat(store.append(Append.of(Events.numbered(1))).last()).isEqualTo(6);
        }
    }

    @Test
    void where_nobody_answers_any_more_the_receipt_tells_later() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(200));
        Append append = Append.of(Events.numbered(3)).withReceipt("command-7");
        try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", impatient)) {
            store.append(Append.of(Events.numbered(1)));
            wire.onConnect(none -> {
                if (away.get()) {
                    throw Wire.broken();
                }
            });
            wire.afterAppendOfOneStatement(connection -> onceOnly(() -> {
                away.set(true);
                throw Wire.broken();
            }));

            assertThatThrownBy(() -> store.append(append))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("Whether it was stored is not known")
                    .hasMessageContaining("a repetition with its receipt key tells");
            away.set(false);

            assertThat(store.append(append)).isEqualTo(new Appended(2, 4, true));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void a_statement_that_comes_after_the_log_has_grown_stores_nothing() throws Exception {
        try (PostgresTown town = PostgresTown.open(Server.dataSource(), options)) {
            PostgresEventStore store = town.rig("rig");
            LogHead before = headOf(store);
            Append late = Append.of(Events.numbered(2, "a:1")).withReceipt("late");

            store.append(Append.of(Events.numbered(1)));

            boolean stored = town.database().attempt(session -> send(session, store.rig(), before, late));

            assertThat(stored).isFalse();
            assertThat(Events.sequences(store)).containsExactly(1L);
            assertThat(store.receipt("late")).isEmpty();
            assertThat(store.check().problems()).isEmpty();
        }
    }

    private static LogHead headOf(PostgresEventStore store) {
        return store.writeAgain(session -> LogHead.lock(session, store.rig(), Duration.ofSeconds(60)));
    }

    private static boolean send(Session session, Rig rig, LogHead expected, Append append) throws SQLException {
        ExpectedLog log =
                new ExpectedLog(session, rig, expected, new Recent(0, List.of()), Duration.ofSeconds(60), next -> {});
        AppendTransaction transaction = new AppendTransaction(log, rig, Clock.systemUTC(), List.of(append));
        transaction.store(append);
        transaction.finish();
        return log.isStored();
    }

    @Test
    void an_append_that_was_stored_before_its_rig_was_sealed_and_never_answered_is_stored() throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            wire.afterAppendOfOneStatement(connection -> onceOnly(() -> {
                seal();
                throw Wire.broken();
            }));

            assertThat(store.append(Append.of(Events.numbered(3)))).isEqualTo(new Appended(2, 4, false));
            assertThat(breaks).hasValue(1);
        }
    }

    @Test
    void of_an_append_that_may_still_come_where_its_rig_is_sealed_nobody_says_that_it_was_not_stored()
            throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            wire.beforeAppendOfOneStatement(connection -> onceOnly(() -> {
                seal();
                throw Wire.broken();
            }));

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(3))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("Whether it was stored is not known")
                    .hasMessageNotContaining("othing was stored")
                    .satisfies(doubt -> assertThat(RigNotOpen.isCauseOf(doubt)).isFalse());
        }
    }

    private void seal() throws Exception {
        Sql.run(Server.dataSource(), "UPDATE " + options.schema() + ".rigs SET state = 'sealed'");
    }

    @Test
    void an_append_that_is_refused_beside_another_is_answered_by_its_receipt_all_the_same() throws Exception {
        Append done = Append.of(Events.numbered(1)).withReceipt("done");
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (PostgresEventStore store = open()) {
            store.append(done);
            wire.beforeAppendOfOneStatement(connection -> onceOnly(() -> {
                taken.countDown();
                go.await(60, TimeUnit.SECONDS);
            }));
            CompletableFuture<Appended> first = later(store, Append.of(Events.numbered(1)));
            assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Appended> second = waiting(store, Append.of(Events.numbered(1, "a:1")));
            CompletableFuture<Appended> again = waiting(store, done.when(nothing("a", 2)));
            go.countDown();

            assertThat(first.get(60, TimeUnit.SECONDS).last()).isEqualTo(2);
            assertThat(second.get(60, TimeUnit.SECONDS).last()).isEqualTo(3);
            assertThat(again.get(60, TimeUnit.SECONDS)).isEqualTo(new Appended(1, 1, true));
        }
    }

    private static CompletableFuture<Appended> waiting(PostgresEventStore store, Append append) throws Exception {
        AtomicReference<Thread> caller = new AtomicReference<>();
        CompletableFuture<Appended> appended = CompletableFuture.supplyAsync(() -> store.append(append), task -> {
            caller.set(new Thread(task));
            caller.get().start();
        });
        Sql.await("the caller waits for who leads", () -> caller.get().getState() == Thread.State.TIMED_WAITING);
        return appended;
    }

    private static CompletableFuture<Appended> later(PostgresEventStore store, Append append) {
        return CompletableFuture.supplyAsync(() -> store.append(append), task -> new Thread(task).start());
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "receipts", "rigs"})
    void a_table_that_is_held_is_waited_for_no_longer_than_the_busy_timeout(String table) throws Exception {
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(200));
        try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", impatient);
                Connection holder = Server.dataSource().getConnection()) {
            store.append(Append.of(Events.numbered(1)));
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("LOCK TABLE " + options.schema() + "." + table + " IN ACCESS EXCLUSIVE MODE");
            }
            Append append = Append.of(Events.numbered(1)).withReceipt("k");

            CompletableFuture<Appended> held = later(store, append);

            assertThat(held)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withMessageContaining("nothing was stored");
            holder.rollback();
            assertThat(store.append(append)).isEqualTo(new Appended(2, 2, false));
        }
    }

    // It stands between two statements of a text as long as the rest of it does not come.
    @Test
    void a_text_of_which_the_rest_never_comes_does_not_hold_the_rig_for_ever() throws Exception {
        String schema = options.schema();
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            Sql.run(Server.dataSource(), """
                    CREATE TABLE {s}.seen (timeout text);
                    CREATE FUNCTION {s}.look() RETURNS trigger LANGUAGE plpgsql AS $$
                      BEGIN INSERT INTO {s}.seen VALUES (current_setting('transaction_timeout')); RETURN NULL; END $$;
                    CREATE TRIGGER look AFTER INSERT ON {s}.events FOR EACH STATEMENT EXECUTE FUNCTION {s}.look()""".replace("{s}", schema));

            store.append(Append.of(Events.numbered(1)));

            assertThat(Sql.text(Server.dataSource(), "SELECT timeout FROM " + schema + ".seen"))
                    .isEqualTo("1min");
        }
    }

    @Test
    void an_append_over_which_its_server_broke_down_is_looked_for_before_it_is_stored_again() throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1)));
            wire.afterAppendOfOneStatement(connection -> onceOnly(() -> {
                SQLException panic = new SQLException("PANIC: could not fdatasync the log", "58030");
                panic.setNextException(Wire.broken());
                throw panic;
            }));

            assertThat(store.append(Append.of(Events.numbered(3)))).isEqualTo(new Appended(2, 4, false));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_tags", "receipts", "rigs"})
    void where_one_of_its_statements_fails_nothing_is_stored(String table) throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(1, "a:1")).withReceipt("first"));
            Sql.run(
                    Server.dataSource(),
                    FAILING.replace("{s}", options.schema()).replace("{t}", table));
            AtomicInteger statements = new AtomicInteger();
            wire.beforeAppendOfOneStatement(connection -> statements.incrementAndGet());

            for (int i = 0; i < 20; i++) {
                Append append = Append.of(Events.numbered(2, "a:1")).withReceipt("second");
                assertThatThrownBy(() -> store.append(append)).hasMessageContaining("full disk");
                assertThat(Sql.text(Server.dataSource(), "SELECT count(*) FROM " + options.schema() + ".events"))
                        .isEqualTo("1");
            }
            assertThat(statements.get()).isPositive();
        }
    }

    @Test
    void guesses_that_are_wrong_again_and_again_are_made_less_and_less_often() {
        LogHead head;
        try (PostgresEventStore store = open()) {
            head = headOf(store);
        }
        Expectation expectation = new Expectation();
        int guesses = 0;
        for (int append = 0; append < 1_000; append++) {
            if (expectation.isKnown()) {
                guesses++;
                expectation.was(false);
            }
            expectation.isNow(head, new Recent(0, List.of()), List.of());
        }
        assertThat(guesses).isBetween(5, 25);
    }

    private static AppendCondition nothing(String tag, long after) {
        return AppendCondition.noneMatching(Query.tagged(tag, "1")).after(after);
    }

    private PostgresEventStore open() {
        return PostgresEventStore.open(wire.dataSource(), "rig", options);
    }

    private interface Break {
        void happen() throws Exception;
    }

    private void onceOnly(Break what) throws Exception {
        if (breaks.compareAndSet(0, 1)) {
            what.happen();
        }
    }

    private static void terminate(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        Sql.run(Server.dataSource(), "SELECT pg_terminate_backend(" + pid + ", 30000)");
    }
}
