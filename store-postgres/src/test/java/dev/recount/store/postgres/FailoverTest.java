package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.event.StoredEvent;
import dev.recount.feed.Feed;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The primary is lost, and its replica takes over: with all that was acknowledged, or without the newest of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailoverTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final PostgresOptions PATIENT = PostgresOptions.defaults().withBusyTimeout(MINUTE);

    private RealServer primary;
    private RealServer replica;
    private HikariDataSource toPrimary;
    private HikariDataSource toReplica;

    @BeforeEach
    void start_both_with_three_events() throws Exception {
        primary = RealServer.start();
        toPrimary = primary.pool(6);
        try (PostgresEventStore store = PostgresEventStore.open(toPrimary, "rig", PATIENT)) {
            store.append(Append.of(Events.numbered(3)));
        }
        replica = primary.replica();
        toReplica = replica.pool(6);
    }

    @AfterEach
    void stop_them() {
        if (toReplica != null) {
            toReplica.close();
        }
        if (replica != null) {
            replica.close();
        }
        toPrimary.close();
        primary.close();
    }

    /** What the hosts' pools do, or their proxies: from one moment on connections lead to another server. */
    private DataSource movable(AtomicReference<DataSource> target) {
        return (DataSource) Proxy.newProxyInstance(
                FailoverTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> target.get().getConnection());
    }

    @Test
    void a_replica_that_has_it_all_is_written_to_by_the_store_that_read_it() throws Exception {
        try (PostgresEventStore source = PostgresEventStore.open(toPrimary, "rig", PATIENT);
                PostgresEventStore copy = PostgresEventStore.open(toReplica, "rig", PATIENT)) {
            Append append = Append.of(Events.numbered(2)).withReceipt("command-7");
            source.append(append);
            assertThat(copy.awaitAfter(4, MINUTE)).isTrue();
            List<StoredEvent> before = Events.all(source, Query.all());
            String logId = source.info().logId();
            CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> isThereAfter(copy, 5));

            primary.kill();
            replica.promote();

            assertThat(copy.append(append)).isEqualTo(new Appended(4, 5, true));
            assertThat(copy.append(Append.of(Events.numbered(1)))).isEqualTo(new Appended(6, 6, false));
            assertThat(woken.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Events.all(copy, Query.all()))
                    .startsWith(before.toArray(StoredEvent[]::new))
                    .hasSize(6);
            assertThat(copy.info().logId()).isEqualTo(logId);
        }
    }

    @Test
    void clients_whose_events_were_lost_with_the_primary_are_reset_also_one_that_stays_connected() throws Exception {
        AtomicReference<DataSource> target = new AtomicReference<>(toPrimary);
        try (PostgresEventStore store = PostgresEventStore.open(movable(target), "rig", PATIENT);
                Follower.Served served = Follower.Served.of(Feed.of("rig", store));
                Follower staying = Follower.of(served, "")) {
            String cursor = cursorAfterALostTail(store, served);
            Sql.await("the client has what will be lost", () -> staying.told().contains("5"));

            try (PostgresEventStore promoted = PostgresEventStore.open(toReplica, "rig", PATIENT)) {
                assertThat(promoted.append(Append.of(Events.numbered(4)))).isEqualTo(new Appended(4, 7, false));
            }
            target.set(toReplica);

            Sql.await("the client has begun again", () -> staying.told().contains("7"));
            assertThat(staying.told())
                    .containsExactly("1", "2", "3", "4", "5", "OTHER_LOG", "1", "2", "3", "4", "5", "6", "7");
            try (Follower coming = Follower.of(served, cursor)) {
                Sql.await(
                        "the other client has begun again", () -> coming.told().contains("7"));
                assertThat(coming.told()).containsExactly("OTHER_LOG", "1", "2", "3", "4", "5", "6", "7");
            }
        }
    }

    /** The primary stores two more events and is killed; the replica has not got them, and takes over. */
    private String cursorAfterALostTail(PostgresEventStore source, Follower.Served served) throws Exception {
        replica.disconnect();
        source.append(Append.of(Events.numbered(2, "bead:lost")));
        String cursor;
        try (Follower client = Follower.of(served, "")) {
            Sql.await("a client has them", () -> client.told().contains("5"));
            assertThat(client.told()).containsExactly("1", "2", "3", "4", "5");
            cursor = client.cursor();
        }
        primary.kill();
        replica.promote();
        return cursor;
    }

    private static boolean isThereAfter(PostgresEventStore store, long sequence) {
        try {
            return store.awaitAfter(sequence, MINUTE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
