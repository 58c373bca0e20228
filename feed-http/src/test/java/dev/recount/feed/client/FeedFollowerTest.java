package dev.recount.feed.client;

import static dev.recount.feed.client.FedRig.append;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A follower and the real feed, over sockets that break. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedFollowerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final EventStore store = MemoryEventStore.create();
    private FedRig rig;
    private Gate gate;

    @BeforeEach
    void serve() throws Exception {
        rig = FedRig.of(store);
        gate = Gate.to(rig.port());
    }

    @AfterEach
    void stop() throws Exception {
        gate.close();
        rig.close();
    }

    private FeedClient feed(String query) {
        return FeedClient.of(gate.uri(FedRig.PATH + query)).withLongestPause(Duration.ofMillis(1));
    }

    @Test
    void from_the_start_every_event_is_told_as_it_is_stored_and_then_what_comes() throws Exception {
        append(store, 3);
        Told told = new Told();

        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            assertThat(told.next(3)).containsExactly("event 1", "event 2", "event 3");
            append(store, 2);
            assertThat(told.next(2)).containsExactly("event 4", "event 5");
            assertThat(follower.isRunning()).isTrue();
            assertThat(follower.failure()).isEmpty();
        }

        assertThat(told.events()).extracting(FedEvent::rig).containsOnly("gastown");
        assertThat(told.events())
                .extracting(FedEvent::stored)
                .isEqualTo(store.read(Query.all(), ReadOptions.defaults()).events());
        assertThat(told.next()).isEqualTo("ended by hand");
    }

    @Test
    void from_the_head_only_what_comes_is_told() throws Exception {
        append(store, 3);
        CountDownLatch begun = new CountDownLatch(1);
        Told told = new Told() {
            @Override
            public void reached(String cursor) {
                begun.countDown();
            }
        };

        try (FeedFollower follower = feed("").follow(FollowFrom.HEAD, told)) {
            begun.await();
            append(store, 1);
            assertThat(told.next()).isEqualTo("event 4");
            assertThat(gate.nextRequest()).doesNotContain("last-event-id");
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void a_saved_cursor_goes_on_after_its_event_and_filters_stay() throws Exception {
        append(store, 8);
        Told first = new Told();
        try (FeedFollower follower = feed("?tag=parity:p0").follow(FollowFrom.START, first)) {
            first.next(2);
            assertThat(follower.cursor()).isNotEmpty();
        }
        Told second = new Told();

        try (FeedFollower follower =
                feed("?tag=parity:p0").follow(first.events().get(1).cursor(), second)) {
            assertThat(second.next(2)).containsExactly("event 6", "event 8");
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void connections_that_break_lose_and_repeat_nothing() throws Exception {
        Told told = new Told();
        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            for (int i = 0; i < 20; i++) {
                append(store, 5);
                assertThat(told.next()).isEqualTo("event " + (i * 5 + 1));
                gate.breakAll();
                told.next(4);
            }
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(told.events())
                .extracting(event -> event.stored().sequence())
                .hasSize(100)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(told.problems()).isNotEmpty();
    }

    @Test
    void a_server_that_is_stopped_and_started_again_is_followed_on() throws Exception {
        append(store, 2);
        Told told = new Told();
        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            told.next(2);
            rig.close();
            append(store, 2);
            gate.leadTo((request, client) -> client.getOutputStream()
                    .write("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII)));
            while (told.problems().stream().noneMatch(problem -> problem.contains("503"))) {
                assertThat(follower.isRunning()).isTrue();
                Thread.onSpinWait();
            }
            rig = FedRig.of(store);
            gate.leadTo(rig.port());

            assertThat(told.next(2)).containsExactly("event 3", "event 4");
        }
    }

    @Test
    void what_is_not_stored_is_told_apart_and_moves_no_cursor() throws Exception {
        append(store, 1);
        Told told = new Told();
        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            NewEvent output = NewEvent.of("agent.output", "\"...\"").withTags(Tags.of("agent", "toast"));
            told.next();
            while (!follower.cursor().startsWith("1-")) {
                Thread.onSpinWait();
            }
            String cursor = follower.cursor();

            rig.feed().broadcast(output);

            assertThat(told.next()).isEqualTo("ephemeral gastown " + output);
            assertThat(follower.cursor()).isEqualTo(cursor);
        }
    }

    @Test
    void stored_events_named_like_words_of_the_feed_are_events() throws Exception {
        append(
                store,
                NewEvent.of("reset", "{\"control\":\"reset\"}"),
                NewEvent.of("broken", "{\"control\":\"broken\",\"ephemeral\":true}"));
        Told told = new Told();

        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            assertThat(told.next(2)).containsExactly("event 1", "event 2");
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(told.events())
                .extracting(FedEvent::stored)
                .extracting(StoredEvent::type)
                .containsExactly("reset", "broken");
    }

    @Test
    void after_a_reset_who_wants_that_is_told_everything_anew() throws Exception {
        append(store, 3);
        Told told = new Told(FollowFrom.START);

        try (FeedFollower follower = feed("").follow("99-abcdef", told)) {
            assertThat(told.next(4)).containsExactly("reset AHEAD_OF_HEAD", "event 1", "event 2", "event 3");
            assertThat(follower.isRunning()).isTrue();
        }
    }

    @Test
    void after_a_reset_who_wants_that_goes_on_from_the_head() throws Exception {
        append(store, 3);
        String head = "3-" + store.chainAt(3).orElseThrow().substring(0, 6);
        AtomicReference<String> cursorWhenReached = new AtomicReference<>();
        CountDownLatch reached = new CountDownLatch(1);
        Told told = new Told(FollowFrom.HEAD) {
            @Override
            public void reached(String cursor) {
                cursorWhenReached.set(cursor);
                reached.countDown();
            }
        };

        try (FeedFollower follower = feed("").follow("2-abcdef", told)) {
            assertThat(told.next()).isEqualTo("reset OTHER_LOG");
            reached.await();
            append(store, 1);
            assertThat(told.next()).isEqualTo("event 4");
            assertThat(follower.isRunning()).isTrue();
        }
        assertThat(cursorWhenReached).hasValue(head);
    }

    @Test
    void an_observer_that_fails_ends_it_before_that_event() throws Exception {
        append(store, 3);
        Told told = new Told() {
            @Override
            public void event(FedEvent event) {
                if (event.stored().sequence() == 2) {
                    throw new IllegalStateException("no 2");
                }
                super.event(event);
            }
        };

        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            assertThat(follower.awaitEnd(LIMIT)).isTrue();
            assertThat(told.next(2)).containsExactly("event 1", "ended no 2");
            assertThat(follower.cursor()).startsWith("1-");
            assertThat(follower.failure().orElseThrow()).hasMessage("no 2");
        }
    }

    @Test
    void an_observer_that_throws_what_its_compiler_did_not_check_ends_it_too() throws Exception {
        append(store, 1);
        Told told = new Told() {
            @Override
            public void event(FedEvent event) {
                sneak(new IOException("disk full"));
            }

            @Override
            public void ended(Optional<Throwable> failure) {
                sneak(new IOException("disk still full"));
            }
        };

        try (FeedFollower follower = feed("").follow(FollowFrom.START, told)) {
            assertThat(follower.awaitEnd(LIMIT)).isTrue();
            assertThat(follower.failure().orElseThrow()).hasRootCauseMessage("disk full");
            assertThat(told.problems()).isEmpty();
        }
    }

    /** Throws as Kotlin and Lombok let code throw. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable checked) throws T {
        throw (T) checked;
    }

    @Test
    void state_that_is_saved_with_the_cursor_has_each_event_once_over_crashes() throws Exception {
        append(store, 50);
        List<Long> saved = new ArrayList<>();
        String cursor = "0";

        for (int crash = 1; saved.size() < 50; crash++) {
            Saving saving = new Saving(crash % 7 + 1, saved, cursor);
            try (FeedFollower follower = feed("").follow(cursor, saving)) {
                assertThat(follower.awaitEnd(LIMIT)).isTrue();
            }
            cursor = saving.savedCursor;
        }

        assertThat(saved).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    /** Commits what it was told when a piece is told, unless it crashes before. */
    private static final class Saving extends Told {

        private final int crashesAfter;
        private final List<Long> saved;
        private final List<Long> unsaved = new ArrayList<>();
        private String savedCursor;
        private String cursor;
        private int count;

        Saving(int crashesAfter, List<Long> saved, String cursor) {
            this.crashesAfter = crashesAfter;
            this.saved = saved;
            this.savedCursor = cursor;
            this.cursor = cursor;
        }

        @Override
        public void event(FedEvent event) {
            if (count++ == crashesAfter) {
                commit(crashesAfter % 2);
                throw new IllegalStateException("crash");
            }
            unsaved.add(event.stored().sequence());
            cursor = event.cursor();
        }

        @Override
        public void drained() {
            commit(1);
            if (saved.size() >= 50) {
                throw new IllegalStateException("done");
            }
        }

        private void commit(int really) {
            if (really == 1) {
                saved.addAll(unsaved);
                savedCursor = cursor;
                unsaved.clear();
            }
        }
    }

    @Test
    void it_can_be_closed_by_its_own_observer_and_twice() throws Exception {
        append(store, 3);
        AtomicReference<FeedFollower> follower = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        Told told = new Told() {
            @Override
            public void event(FedEvent event) {
                super.event(event);
                try {
                    known.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                follower.get().close();
            }
        };

        follower.set(feed("").follow(FollowFrom.START, told));
        known.countDown();

        assertThat(follower.get().awaitEnd(LIMIT)).isTrue();
        follower.get().close();
        assertThat(told.next(2)).containsExactly("event 1", "ended by hand");
    }

    @Test
    void an_observer_that_closed_it_is_told_of_the_end_only() throws Exception {
        append(store, 3);
        CompletableFuture<FeedFollower> follower = new CompletableFuture<>();
        List<String> calls = new CopyOnWriteArrayList<>();
        Told told = new Told() {
            @Override
            public void event(FedEvent event) {
                calls.add("event");
                follower.join().close();
            }

            @Override
            public void drained() {
                calls.add("drained");
            }

            @Override
            public void ended(Optional<Throwable> failure) {
                calls.add("ended");
            }
        };

        follower.complete(feed("").follow(FollowFrom.START, told));

        assertThat(follower.join().awaitEnd(LIMIT)).isTrue();
        // A place that came before the first event may have been drained on its own.
        assertThat(calls).endsWith("event", "ended");
    }

    @Test
    void it_is_closed_while_nobody_answers_and_while_it_waits_to_try_again() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        gate.leadTo((request, client) -> {
            asked.countDown();
            client.getInputStream().read();
        });
        FeedFollower follower = feed("").follow(FollowFrom.START, new Told());
        asked.await();
        follower.close();
        assertThat(follower.isRunning()).isFalse();

        gate.leadTo((request, client) -> {});
        CountDownLatch waits = new CountDownLatch(1);
        Told told = new Told() {
            @Override
            public void disconnected(Exception why, Duration pause) {
                waits.countDown();
            }
        };
        FeedFollower waiting = FeedClient.of(gate.uri(FedRig.PATH)).follow(FollowFrom.START, told);
        waits.await();
        waiting.close();
        assertThat(waiting.failure()).isEmpty();
    }

    @Test
    void what_cannot_be_followed_is_refused_at_once() {
        assertThatThrownBy(() -> FeedClient.of(URI.create("/events"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedClient.of(URI.create("ftp://host/"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feed("?type=a&after=0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the parameter after=0. Leave it out, and say where to begin");
        assertThatThrownBy(() -> feed("?%61fter")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feed("").withHeader("Connection", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feed("").follow(" ", new Told()))
                .hasMessage("The cursor is blank. Say where to begin: START or HEAD.");
        assertThatThrownBy(() -> feed("").follow("1\n2", new Told())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feed("").withSilenceLimit(Duration.ZERO))
                .hasMessage("A silence limit of PT0S is too short. Give at least a millisecond.");
        assertThatThrownBy(() -> feed("").withLongestPause(Duration.ZERO)).hasMessageStartingWith("A longest pause");
        assertThatThrownBy(() -> feed("").withSilenceLimit(ChronoUnit.FOREVER.getDuration()))
                .hasMessageEndingWith("is too long. Give at most 36500 days.");
    }
}
