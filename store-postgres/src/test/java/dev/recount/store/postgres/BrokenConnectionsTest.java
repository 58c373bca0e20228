package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenConnectionsTest {

    private final PostgresOptions options = Server.options().withBusyTimeout(Duration.ofSeconds(60));
    private final Wire wire = new Wire(Server.dataSource());
    private final AtomicInteger breaks = new AtomicInteger();

    @Test
    void an_append_whose_connection_is_dropped_before_its_commit_is_stored_once() throws Exception {
        try (PostgresEventStore store = open()) {
            wire.beforeCommit(connection -> onceOnly(() -> terminate(connection)));

            Appended appended = store.append(Append.of(Events.numbered(3)));

            assertThat(breaks).hasValue(1);
            assertThat(appended).isEqualTo(new Appended(1, 3, false));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void an_append_whose_commit_is_done_but_never_answered_is_stored_once() throws Exception {
        try (PostgresEventStore store = open()) {
            wire.afterCommit(connection -> onceOnly(() -> {
                throw Wire.broken();
            }));

            Appended appended = store.append(Append.of(Events.numbered(3)).withReceipt("command-7"));

            assertThat(breaks).hasValue(1);
            assertThat(appended).isEqualTo(new Appended(1, 3, false));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
            assertThat(store.receipt("command-7").orElseThrow().outcome()).isEqualTo(appended);
        }
    }

    @Test
    void where_nobody_answers_any_more_the_receipt_tells_later() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(200));
        Append append = Append.of(Events.numbered(3)).withReceipt("command-7");
        try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", impatient)) {
            wire.onConnect(none -> {
                if (away.get()) {
                    throw Wire.broken();
                }
            });
            wire.afterCommit(connection -> onceOnly(() -> {
                away.set(true);
                throw Wire.broken();
            }));

            assertThatThrownBy(() -> store.append(append))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("a repetition with its receipt key tells");
            away.set(false);

            assertThat(store.append(append)).isEqualTo(new Appended(1, 3, true));
            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void a_client_that_vanishes_holds_a_rig_for_a_minute_at_most() {
        List<String> limits = new ArrayList<>();
        try (PostgresEventStore store = open()) {
            wire.beforeCommit(connection -> limits.add(setting(connection, "idle_in_transaction_session_timeout")));

            store.append(Append.of(Events.numbered(1)));
        }
        assertThat(limits).containsExactly("1min");
    }

    @Test
    void a_read_whose_connection_is_dead_is_done_on_another() throws Exception {
        try (PostgresEventStore store = open()) {
            store.append(Append.of(Events.numbered(3)));
            Thread reader = Thread.currentThread();
            wire.onConnect(none -> {
                // The append may still be told to who listens, by a connection of its own.
                if (Thread.currentThread() == reader) {
                    onceOnly(() -> {
                        throw Wire.broken();
                    });
                }
            });

            assertThat(Events.sequences(store)).containsExactly(1L, 2L, 3L);
            assertThat(breaks).hasValue(1);
        }
    }

    @Test
    void a_server_that_stays_away_is_unavailable_and_the_store_usable_once_it_is_back() {
        AtomicBoolean away = new AtomicBoolean();
        wire.onConnect(none -> {
            if (away.get()) {
                throw Wire.broken();
            }
        });
        PostgresOptions impatient = options.withBusyTimeout(Duration.ofMillis(200));
        try (PostgresEventStore store = PostgresEventStore.open(wire.dataSource(), "rig", impatient)) {
            away.set(true);

            assertThatThrownBy(() -> store.append(Append.of(Events.numbered(3))))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("nothing was stored");
            assertThatThrownBy(store::info).isInstanceOf(StoreUnavailable.class);
            away.set(false);

            assertThat(store.append(Append.of(Events.numbered(3))).first()).isEqualTo(1);
        }
    }

    @Test
    void who_waits_is_woken_also_after_the_listening_connection_was_dropped() throws Exception {
        try (PostgresEventStore store = open();
                PostgresEventStore another = open()) {
            store.awaitAfter(0, Duration.ofMillis(1));
            Sql.await("a connection listens", () -> !listeners().isEmpty());

            Sql.run(Server.dataSource(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + listening());
            another.append(Append.of(List.of(Events.event("created"))));

            assertThat(store.awaitAfter(0, Duration.ofSeconds(60))).isTrue();
            assertThat(store.awaitAfter(1, Duration.ofMillis(1))).isFalse();
            Sql.await("a connection listens again", () -> {
                store.awaitAfter(1, Duration.ofMillis(1));
                return !listeners().isEmpty();
            });
        }
    }

    private List<String> listeners() throws SQLException {
        return Sql.texts(Server.dataSource(), "SELECT pid FROM pg_stat_activity WHERE " + listening());
    }

    private String listening() {
        return "pid <> pg_backend_pid() AND (query = 'LISTEN recount_" + options.schema()
                + "' OR query LIKE 'SELECT rig, head FROM " + options.schema() + ".rigs%')";
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

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void terminate(Connection connection) throws SQLException {
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        Sql.run(Server.dataSource(), "SELECT pg_terminate_backend(" + pid + ", 30000)");
    }
}
