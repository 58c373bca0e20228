package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.decider.Projector;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.feed.Feed;
import dev.recount.reaction.ReactionStore;
import dev.recount.replay.Replayed;
import dev.recount.replay.StateRows;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retention;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two servers, of which one follows the other: appends go to the one, reads to the other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplicaTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final StateRows<List<String>> ROWS =
            StateRows.of(state -> Set.of("all"), (state, key) -> Map.of("events", state.toString()));
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static RealServer primary;
    private static RealServer replica;
    private static HikariDataSource toPrimary;
    private static HikariDataSource toReplica;

    private final PostgresOptions options = PostgresOptions.defaults()
            .withSchema("town_" + SCHEMAS.incrementAndGet())
            .withBusyTimeout(MINUTE);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PostgresTown written;
    private PostgresTown read;
    private PostgresEventStore source;
    private PostgresEventStore copy;

    @BeforeAll
    static void start_both() throws Exception {
        primary = RealServer.start();
        replica = primary.replica();
        toPrimary = primary.pool(12);
        toReplica = replica.pool(4);
    }

    @AfterAll
    static void stop_them() {
        for (AutoCloseable each : new AutoCloseable[] {toReplica, toPrimary, replica, primary}) {
            close(each);
        }
    }

    private static void close(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open_one_town_on_both() throws Exception {
        written = PostgresTown.open(toPrimary, options);
        source = written.rig("rig");
        Sql.await("the rig has arrived", this::hasArrived);
        copy = read.rig("rig");
    }

    private boolean hasArrived() {
        try {
            read = PostgresTown.open(toReplica, options);
            return read.existingRig("rig").isPresent();
        } catch (StoreUnavailable notYet) {
            return false;
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        read.close();
        written.close();
    }

    @Test
    void a_reader_sees_no_gap_and_no_part_while_eight_connections_append() throws Exception {
        List<CompletableFuture<Void>> writers = IntStream.range(0, 8)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> appendPairs(writer), threads))
                .toList();

        List<StoredEvent> seen = new ArrayList<>();
        long head = 0;
        while (seen.size() < 2 * 8 * 40) {
            assertThat(copy.awaitAfter(seen.size(), MINUTE)).isTrue();
            long now = copy.info().head();
            assertThat(now).isGreaterThanOrEqualTo(head).isEven();
            head = now;
            Page page = copy.read(Query.all(), ReadOptions.defaults().after(seen.size()));
            seen.addAll(page.events());
            assertThat(page.upTo()).isEqualTo(seen.size()).isGreaterThanOrEqualTo(head);
        }

        for (CompletableFuture<Void> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        assertThat(seen).isEqualTo(Events.all(source, Query.all()));
        assertThat(seen)
                .extracting(StoredEvent::sequence)
                .isEqualTo(LongStream.rangeClosed(1, 640).boxed().toList());
        assertThat(copy.chainAt(640)).isEqualTo(source.chainAt(640)).isPresent();
        assertThat(copy.info()).isEqualTo(source.info());
    }

    private void appendPairs(int writer) {
        for (int i = 0; i < 40; i++) {
            source.append(Append.of(Events.numbered(2, "by:" + writer)));
        }
    }

    @Test
    void a_replay_on_the_replica_is_that_of_the_primary_at_the_same_sequence() throws Exception {
        Appended appended = source.append(Append.of(Events.numbered(1_500)));
        assertThat(copy.awaitAfter(appended.last() - 1, MINUTE)).isTrue();
        source.append(Append.of(Events.numbered(3)));

        EventLog<String> there = EventLog.of(source, new Texts());
        Replayed<List<String>> live =
                there.replay(new Collected()).until(appended.last()).run();
        EventLog<String> here = EventLog.of(copy, new Texts());

        assertThat(here.replay(new Collected()).until(appended.last()).run().state())
                .isEqualTo(live.state())
                .hasSize(1_500);
        assertThat(here.verify(new Collected(), ROWS, live.state(), live.sequence())
                        .isEqual())
                .isTrue();
    }

    @Test
    void what_writes_is_refused_and_says_that_this_is_a_replica() throws Exception {
        source.append(Append.of(Events.numbered(3)).withReceipt("command-7"));
        assertThat(copy.awaitAfter(2, MINUTE)).isTrue();
        ReactionStore reactions = PostgresReactions.of(copy);

        List<Runnable> writing = List.of(
                () -> copy.append(Append.of(Events.numbered(1))),
                () -> copy.append(Append.of(Events.numbered(1)).withReceipt("command-8")),
                () -> copy.retain(Retention.newest(1)),
                () -> read.rig("another"),
                () -> reactions.register("tickets", new Checkpoint(copy.info().logId(), 0)),
                () -> PostgresEventStore.open(toReplica, "another", options));
        for (Runnable each : writing) {
            assertThatThrownBy(each::run)
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("nothing was stored")
                    .hasMessageContaining("replica. Give the DataSource of the primary");
        }

        assertThat(Events.sequences(source)).containsExactly(1L, 2L, 3L);
        assertThat(written.rigs()).containsExactly("rig");
        assertThat(copy.receipt("command-7").orElseThrow().outcome()).isEqualTo(new Appended(1, 3, false));
    }

    @Test
    void a_town_that_is_not_there_is_not_made_on_a_replica() {
        assertThatThrownBy(() -> PostgresTown.open(toReplica, options.withSchema("nowhere")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("Schema 'nowhere' is not there")
                .hasMessageContaining("Open it on the primary first");
    }

    @Test
    void a_replica_that_was_cut_off_is_behind_for_a_while_and_loses_nothing() throws Exception {
        source.append(Append.of(Events.numbered(3)));
        assertThat(copy.awaitAfter(2, MINUTE)).isTrue();
        replica.disconnect();
        source.append(Append.of(Events.numbered(4)));

        assertThat(copy.awaitAfter(3, Duration.ofMillis(50))).isFalse();
        assertThat(Events.sequences(copy)).containsExactly(1L, 2L, 3L);
        assertThat(copy.chainAt(3)).isEqualTo(source.chainAt(3));
        assertThatThrownBy(() -> copy.chainAt(7))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("has come to sequence 3 and not yet to 7");
        assertThat(source.chainAt(8)).isEmpty();

        CompletableFuture<Boolean> woken = CompletableFuture.supplyAsync(() -> await(copy, 6), threads);
        replica.connect(primary);
        assertThat(woken.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Events.all(copy, Query.all())).isEqualTo(Events.all(source, Query.all()));
        assertThat(copy.chainAt(7)).isEqualTo(source.chainAt(7));
    }

    @Test
    void a_checkpoint_of_the_primary_is_no_use_until_the_replica_has_come_to_it() throws Exception {
        source.append(Append.of(Events.numbered(3)));
        assertThat(copy.awaitAfter(2, MINUTE)).isTrue();
        replica.pauseReplay();
        ConcurrentLinkedQueue<Long> heard = new ConcurrentLinkedQueue<>();
        SubscriptionOptions fromFive;
        try {
            source.append(Append.of(Events.numbered(2)));
            fromFive = SubscriptionOptions.defaults()
                    .from(new Checkpoint(source.info().logId(), 5));
            assertThatThrownBy(() -> Subscription.start(copy, fromFive, event -> heard.add(event.sequence())))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("not yet to 5");
        } finally {
            replica.resumeReplay();
        }
        assertThat(copy.awaitAfter(4, MINUTE)).isTrue();

        try (Subscription following = Subscription.start(copy, fromFive, event -> heard.add(event.sequence()))) {
            source.append(Append.of(Events.numbered(2)));
            Sql.await("both are heard", () -> heard.size() == 2);
            assertThat(heard).containsExactly(6L, 7L);
            assertThat(following.checkpoint().logId()).isEqualTo(source.info().logId());
        }
    }

    @Test
    void a_feed_of_the_replica_tells_all_that_the_primary_stores() throws Exception {
        source.append(Append.of(Events.numbered(3)));
        try (Follower.Served served = Follower.Served.of(Feed.of("rig", copy));
                Follower client = Follower.of(served, "")) {
            Sql.await("what was there before", () -> client.told().size() == 3);

            source.append(Append.of(Events.numbered(2)));

            Sql.await("what came since", () -> client.told().size() == 5);
            assertThat(client.told()).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void a_client_that_comes_from_the_primary_to_a_replica_that_lags_loses_nothing_and_is_not_reset() throws Exception {
        source.append(Append.of(Events.numbered(3)));
        assertThat(copy.awaitAfter(2, MINUTE)).isTrue();
        replica.pauseReplay();
        try (Follower.Served ofPrimary = Follower.Served.of(Feed.of("rig", source));
                Follower.Served ofReplica = Follower.Served.of(Feed.of("rig", copy))) {
            source.append(Append.of(Events.numbered(2)));
            String cursor = cursorAt(ofPrimary, "5");

            try (Follower client = Follower.of(ofReplica, cursor)) {
                Sql.await("it is told to come again", () -> client.refusals() > 0);
                source.append(Append.of(Events.numbered(2)));
                replica.resumeReplay();

                Sql.await("what came since", () -> client.told().size() == 2);
                assertThat(client.told()).containsExactly("6", "7");
            }
        } finally {
            replica.resumeReplay();
        }
    }

    @Test
    void so_it_is_with_a_client_of_the_whole_town() throws Exception {
        source.append(Append.of(Events.numbered(3)));
        assertThat(copy.awaitAfter(2, MINUTE)).isTrue();
        replica.pauseReplay();
        try (Follower.Served ofPrimary = Follower.Served.of(Feed.of(written));
                Follower.Served ofReplica = Follower.Served.of(Feed.of(read))) {
            source.append(Append.of(Events.numbered(2)));
            String cursor = cursorAt(ofPrimary, "5");

            try (Follower client = Follower.of(ofReplica, cursor)) {
                Sql.await("it is told to come again", () -> client.refusals() > 0);
                source.append(Append.of(Events.numbered(2)));
                replica.resumeReplay();

                Sql.await("what came since", () -> client.told().contains("7"));
                assertThat(client.told()).contains("6").doesNotContain("2", "3", "4", "5");
            }
        } finally {
            replica.resumeReplay();
        }
    }

    private static String cursorAt(Follower.Served served, String sequence) throws Exception {
        try (Follower client = Follower.of(served, "")) {
            Sql.await("the client is there", () -> client.told().contains(sequence));
            return client.cursor();
        }
    }

    private static boolean await(PostgresEventStore store, long sequence) {
        try {
            return store.awaitAfter(sequence, MINUTE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events that are nothing but their data. */
    private static final class Texts implements EventCodec<String> {

        @Override
        public NewEvent encode(String event) {
            return NewEvent.of("counted", event);
        }

        @Override
        public List<String> decode(StoredEvent stored) {
            return List.of(stored.data());
        }

        @Override
        public Set<String> types(Class<? extends String> eventClass) {
            return Set.of("counted");
        }
    }

    private static final class Collected implements Projector<List<String>, String> {

        @Override
        public List<String> initialState() {
            return List.of();
        }

        @Override
        public List<String> project(List<String> state, String event) {
            List<String> more = new ArrayList<>(state);
            more.add(event);
            return more;
        }
    }
}
