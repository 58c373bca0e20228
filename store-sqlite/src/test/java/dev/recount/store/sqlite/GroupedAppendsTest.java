package dev.recount.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of appends that were committed together. A transaction of the test's own holds up writers until a group has gathered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(300)
class GroupedAppendsTest {

    private static final Query BEAD_1 = Query.tagged("bead", "1");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_path() {
        file = folder.resolve("log.db");
    }

    /** Counts its events and transactions; refuses those of type "refused". */
    private record Counting(String name, int version, List<String> schema) implements SqlReadModel {

        Counting() {
            this(
                    "counting",
                    1,
                    List.of("CREATE TABLE {seen} (sequence INTEGER PRIMARY KEY, earlier INTEGER NOT NULL)"));
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            sql.execute("INSERT INTO {seen} SELECT ?, count(*) FROM {seen}", event.sequence());
            if (event.type().equals("refused")) {
                throw new IllegalStateException("refused by the read model: " + event.data());
            }
        }
    }

    /** A caller on a thread of its own, in the queue behind those that were started before. */
    private record Caller(Thread thread, FutureTask<Appended> append) {

        static Caller of(SqliteEventStore store, Append append) {
            FutureTask<Appended> task = new FutureTask<>(() -> store.append(append));
            Thread thread = new Thread(task, "caller");
            thread.start();
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            return new Caller(thread, task);
        }

        Appended outcome() throws Exception {
            return append.get(60, TimeUnit.SECONDS);
        }

        Throwable failure() throws Exception {
            try {
                throw new AssertionError("Stored: " + outcome());
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    /** Holds the place of this JVM's writers until it is released. */
    private static final class Holder implements AutoCloseable {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        Holder(SqliteEventStore store) throws InterruptedException {
            Thread thread = new Thread(
                    () -> store.write(session -> {
                        held.countDown();
                        try {
                            return release.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }),
                    "holder");
            thread.start();
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            release.countDown();
        }
    }

    private SqliteEventStore open(SqlReadModel... models) {
        SqliteOptions options = SqliteOptions.defaults().withBusyTimeout(Duration.ofSeconds(60));
        for (SqlReadModel model : models) {
            options = options.withInline(model);
        }
        return SqliteEventStore.open(file, options);
    }

    /** Appends that gather behind a held place and are then committed together. */
    private static List<Caller> together(SqliteEventStore store, Append... appends) throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        try (Holder holder = new Holder(store)) {
            assertThat(holder).isNotNull();
            for (Append append : appends) {
                callers.add(Caller.of(store, append));
            }
        }
        return callers;
    }

    private static Append of(String type, String... tags) {
        return Append.of(List.of(Events.event(type, tags)));
    }

    @Test
    void those_that_wait_together_have_one_time_of_storing_and_the_order_in_which_they_came() throws Exception {
        try (SqliteEventStore store = open(new Counting())) {
            List<Caller> callers = together(store, of("a"), of("b"), of("c"), of("d"), of("e"));

            for (int i = 0; i < callers.size(); i++) {
                assertThat(callers.get(i).outcome()).isEqualTo(new Appended(i + 1, i + 1, false));
            }
            List<StoredEvent> log = Events.all(store);
            assertThat(log).extracting(StoredEvent::type).containsExactly("a", "b", "c", "d", "e");
            assertThat(log)
                    .extracting(StoredEvent::storedAt)
                    .containsOnly(log.get(0).storedAt());
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void a_condition_sees_what_the_appends_before_it_in_the_group_store() throws Exception {
        AppendCondition never = AppendCondition.noneMatching(BEAD_1);
        try (SqliteEventStore store = open()) {
            List<Caller> callers = together(
                    store,
                    of("created", "bead:1").when(never),
                    of("created", "bead:1").when(never),
                    of("created", "bead:2").when(never),
                    of("closed", "bead:1").when(never.after(2)));

            assertThat(callers.get(0).outcome().first()).isEqualTo(1);
            assertThat(callers.get(1).failure())
                    .isInstanceOfSatisfying(
                            AppendConditionFailed.class,
                            failed ->
                                    assertThat(failed.conflicting().sequence()).isEqualTo(1));
            assertThat(callers.get(2).failure()).isInstanceOf(AppendConditionFailed.class);
            assertThat(callers.get(3).failure()).hasMessageContaining("another log");
            assertThat(Events.all(store)).hasSize(1);
        }
    }

    @Test
    void a_read_model_that_throws_hurts_its_own_append_only() throws Exception {
        try (SqliteEventStore store = open(new Counting())) {
            List<Caller> callers = together(store, of("a"), of("b"), of("refused"), of("c"), of("refused"), of("d"));

            assertThat(callers.get(2).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("refused by the read model: {}");
            assertThat(callers.get(4).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .isNotSameAs(callers.get(2).failure());
            for (int stored : new int[] {0, 1, 3, 5}) {
                assertThat(callers.get(stored).outcome().count()).isEqualTo(1);
            }
            assertThat(Events.all(store)).extracting(StoredEvent::type).containsExactly("a", "b", "c", "d");
            assertThat(store.query("SELECT * FROM seen WHERE earlier = sequence - 1"))
                    .hasSize(4);
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void a_commit_that_fails_fails_every_append_of_the_group() throws Exception {
        // Deferred, so it is COMMIT that fails.
        SqlReadModel orphans = new SqlReadModel() {
            @Override
            public String name() {
                return "orphans";
            }

            @Override
            public int version() {
                return 1;
            }

            @Override
            public List<String> schema() {
                return List.of(
                        "CREATE TABLE {parent} (id INTEGER PRIMARY KEY)",
                        "CREATE TABLE {orphan} (id INTEGER REFERENCES {parent} (id) DEFERRABLE INITIALLY DEFERRED)");
            }

            @Override
            public void apply(StoredEvent event, SqlStatements sql) {
                if (event.type().equals("orphaned")) {
                    sql.execute("INSERT INTO {orphan} VALUES (1)");
                }
            }
        };
        try (SqliteEventStore store = open(orphans)) {
            store.append(of("before"));
            store.write(session -> {
                session.run("COMMIT");
                session.set("foreign_keys = ON");
                session.run("BEGIN IMMEDIATE");
                return true;
            });
            List<Caller> callers = together(
                    store,
                    of("a"),
                    of("orphaned"),
                    of("b").when(AppendCondition.noneMatching(Query.ofTypes("a"))),
                    of("c").withReceipt("command-1"));

            List<Throwable> failures = new ArrayList<>();
            for (Caller caller : callers) {
                failures.add(caller.failure());
            }
            assertThat(failures)
                    .hasOnlyElementsOfType(EventStoreException.class)
                    .doesNotHaveDuplicates();
            assertThat(store.info().head()).isEqualTo(1);
            assertThat(store.receipt("command-1")).isEmpty();
            store.append(of("after"));
            assertThat(store.check().problems()).isEmpty();
        }
    }

    @Test
    void closing_refuses_those_that_wait_and_completes_the_group_under_way() throws Exception {
        SqliteEventStore store = open();
        List<Caller> callers = new ArrayList<>();
        Thread closing;
        try (Holder holder = new Holder(store)) {
            assertThat(holder).isNotNull();
            for (int i = 0; i < 4; i++) {
                callers.add(Caller.of(store, of("late")));
            }
            closing = new Thread(store::close);
            closing.start();
            for (Caller follower : callers.subList(1, 4)) {
                assertThat(follower.failure()).isInstanceOf(StoreClosed.class);
            }
        }
        closing.join();

        boolean leaderWasFirst = callers.get(0).outcome().first() == 1;

        assertThat(leaderWasFirst).isTrue();
        assertThatThrownBy(() -> store.append(of("later"))).isInstanceOf(StoreClosed.class);
        try (SqliteEventStore again = open()) {
            assertThat(Events.all(again)).hasSize(1);
        }
    }

    @Test
    void an_interrupted_caller_that_waits_gets_its_whole_outcome_and_its_interrupt_back() throws Exception {
        try (SqliteEventStore store = open()) {
            FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
                store.append(Append.of(Events.numbered(3)));
                return Thread.interrupted();
            });
            Thread thread = new Thread(interrupted, "caller");
            try (Holder holder = new Holder(store)) {
                assertThat(holder).isNotNull();
                Caller.of(store, of("leads"));
                thread.start();
                thread.interrupt();
            }

            assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
            thread.join();
            assertThat(store.awaitAfter(3, Duration.ofSeconds(60))).isTrue();
            assertThat(Events.all(store)).hasSize(4);
        }
    }

    @Test
    void those_that_wait_behind_a_locked_log_each_wait_as_long_as_they_may_and_no_longer() throws Exception {
        SqliteOptions impatient = SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(200));
        try (SqliteEventStore store = SqliteEventStore.open(file, impatient);
                ForeignConnection other = ForeignConnection.to(file)) {
            other.run("BEGIN IMMEDIATE");
            long start = System.nanoTime();
            List<Caller> callers =
                    List.of(Caller.of(store, of("a")), Caller.of(store, of("b")), Caller.of(store, of("c")));

            for (Caller caller : callers) {
                assertThat(caller.failure())
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("busy for 200 ms");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
            free(other);

            assertThat(store.append(of("free")).first()).isEqualTo(1);
        }
    }

    private static void free(ForeignConnection other) throws SQLException {
        other.run("ROLLBACK");
    }

    @Test
    void a_read_model_cannot_append_from_inside_of_another_callers_append() throws Exception {
        SqliteEventStore[] self = new SqliteEventStore[1];
        List<Thread> ranOn = new ArrayList<>();
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
                ranOn.add(Thread.currentThread());
                if (event.type().equals("again")) {
                    self[0].append(of("once more"));
                }
            }
        };
        try (SqliteEventStore store = open(reentrant)) {
            self[0] = store;

            List<Caller> callers = together(store, of("a"), of("again"), of("b"));

            assertThat(callers.get(1).failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read model of its own");
            assertThat(callers.get(0).outcome().count()).isEqualTo(1);
            assertThat(callers.get(2).outcome().count()).isEqualTo(1);
            assertThat(ranOn).containsOnly(callers.get(0).thread());
        }
    }
}
