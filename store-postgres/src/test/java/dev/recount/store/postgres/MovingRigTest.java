package dev.recount.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovingRigTest {

    private static final int APPENDS = 15;
    private static final int FEWEST_MOVES = 4;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final PostgresOptions options = Server.options().withBusyTimeout(LONG);

    @Test
    void writers_of_two_processes_and_all_who_read_go_on_while_a_rig_is_moved_back_and_forth() throws Exception {
        List<Long> followed = new CopyOnWriteArrayList<>();
        try (PlacedTown town = Databases.town(options, "a", "b", "c");
                PlacedTown readers = Databases.town(options, "a", "b", "c");
                FollowedFeed feed = new FollowedFeed(readers);
                Child child = child(String.valueOf(APPENDS))) {
            EventStore rig = town.rig("rig");
            String logId = rig.info().logId();
            CompletableFuture<List<RigEvent>> tail = CompletableFuture.supplyAsync(() -> readUntilTheEnd(readers));
            try (Subscription follower = Subscription.start(
                    readers.rig("rig"), SubscriptionOptions.defaults(), event -> followed.add(event.sequence()))) {
                child.go();
                moveWhile(town, writers(rig), child);
                long head = rig.append(Append.of(List.of(Events.event("end")))).last();

                assertThat(follower.awaitSequence(head, LONG)).isTrue();
                assertThat(followed).isEqualTo(upTo(head));
                assertThat(tail.get(60, TimeUnit.SECONDS))
                        .extracting(found -> found.event().sequence())
                        .isEqualTo(upTo(head));
                assertThat(feed.sequences(head)).isEqualTo(upTo(head));
                assertThat(feed.resets()).isEmpty();
                assertThat(head).isEqualTo(2L * 3 * APPENDS + 1);
            }
            assertThat(Events.all(rig, Query.tagged("counter", "1")))
                    .extracting(event -> Long.parseLong(event.data()))
                    .isEqualTo(upTo(3L * APPENDS));
            assertThat(rig.info().logId()).isEqualTo(logId);
            assertThat(Events.all(rig, Query.all())).isSortedAccordingTo(MovingRigTest::byTime);
            Chain.requireWhole(rig);
        }
    }

    private static int byTime(StoredEvent one, StoredEvent other) {
        return one.storedAt().compareTo(other.storedAt());
    }

    private static List<CompletableFuture<Void>> writers(EventStore rig) {
        return List.of(
                CompletableFuture.runAsync(() -> ChildMain.write(rig, "one", APPENDS)),
                CompletableFuture.runAsync(() -> ChildMain.write(rig, "two", APPENDS)));
    }

    private static void moveWhile(PlacedTown town, List<CompletableFuture<Void>> writers, Child child)
            throws Exception {
        CompletableFuture<List<String>> acknowledged = CompletableFuture.supplyAsync(() -> rest(child));
        int moves = 0;
        while (moves < FEWEST_MOVES
                || !acknowledged.isDone()
                || !writers.stream().allMatch(CompletableFuture::isDone)) {
            town.move("rig", List.of("b", "c", "a").get(moves++ % 3));
        }
        for (CompletableFuture<Void> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        assertThat(acknowledged.get()).hasSize(APPENDS + 1).endsWith("done").doesNotHaveDuplicates();
    }

    private static List<String> rest(Child child) {
        try {
            return child.rest();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<RigEvent> readUntilTheEnd(PlacedTown town) {
        List<RigEvent> all = new ArrayList<>();
        TownCursor cursor = TownCursor.start();
        while (all.isEmpty() || !all.get(all.size() - 1).event().type().equals("end")) {
            try {
                town.awaitAfter(cursor, Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            TownPage page = town.read(cursor, Query.all(), 10);
            assertThat(page.broken()).isEmpty();
            all.addAll(page.events());
            cursor = page.next();
        }
        return all;
    }

    @Test
    void a_mover_that_is_killed_loses_nothing_and_the_next_one_goes_on() throws Exception {
        try (PlacedTown town = Databases.town(options, "a", "b", "c")) {
            EventStore rig = town.rig("rig");
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> ChildMain.write(rig, "one", APPENDS));
            try (Child mover = child("move")) {
                mover.go();
                mover.readLine();
                mover.readLine();
                mover.kill();
            }
            // It may have told the server of its next step already.
            Server.awaitEndOf(options.schema());
            Placement left = town.placements().get(0);
            town.move("rig", left.movingTo() == null ? left.database() : left.movingTo());
            ChildMain.write(rig, "two", APPENDS);
            writer.get(60, TimeUnit.SECONDS);

            assertThat(Events.all(rig, Query.tagged("counter", "1")))
                    .extracting(event -> Long.parseLong(event.data()))
                    .isEqualTo(upTo(2L * APPENDS));
            Chain.requireWhole(rig);
        }
    }

    private Child child(String what) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(options.schema(), what));
        Databases.urls().forEach(url -> arguments.add(url + "&ApplicationName=" + options.schema()));
        Child child = Child.start(PlacedChildMain.class, arguments);
        assertThat(child.readLine()).isEqualTo("ready");
        return child;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
