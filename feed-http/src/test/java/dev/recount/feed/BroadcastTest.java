package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is sent to those who listen and never stored. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BroadcastTest {

    private final EventStore store = MemoryEventStore.create();

    // So that nothing comes because a heartbeat was due.
    private final FeedOptions options = FeedOptions.defaults().withHeartbeat(Duration.ofMinutes(10));

    @Test
    void a_broadcast_wakes_who_listens_and_moves_no_cursor() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        EventStore counting = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions readOptions) {
                reads.incrementAndGet();
                return super.read(query, readOptions);
            }
        };
        try (Served served = Served.of(Feed.of("gastown", counting, options));
                EventSource stream = served.stream("")) {
            stream.next();
            stream.next();
            for (int i = 0; i < 3; i++) {
                served.feed()
                        .broadcast(NewEvent.of("agent.output", "{\"text\":\"" + i + "\"}")
                                .withTags(Tags.of("agent", "toast")));

                assertThat(stream.nextEvent())
                        .isEqualTo(new Frame(
                                "",
                                "agent.output",
                                "{\"ephemeral\":true,\"rig\":\"gastown\",\"type\":\"agent.output\",\"version\":1,"
                                        + "\"tags\":{\"agent\":\"toast\"},\"data\":{\"text\":\"" + i
                                        + "\"},\"metadata\":{}}",
                                ""));
            }
            assertThat(stream.lastId()).startsWith("0-");
            assertThat(store.info().head()).isZero();
            // Once when it began, and once to be sure that nothing came meanwhile; never for a broadcast.
            assertThat(reads).hasValueBetween(1, 2);

            appendNumbered(store, 1);
            assertThat(stream.sequences(1)).containsExactly(1L);
        }
    }

    @Test
    void only_who_may_see_it_and_asked_for_it_gets_it() throws Exception {
        try (Served served = Served.of(Feed.of("gastown", store, options));
                EventSource typed = served.stream("?type=a");
                EventSource tagged = served.stream("?tag=agent:toast")) {
            for (EventSource stream : new EventSource[] {typed, tagged}) {
                stream.next();
                stream.next();
            }

            served.feed().broadcast(event("b"));
            served.feed().broadcast(event("b", "agent:toast"));
            served.feed().broadcast(event("a"));

            assertThat(typed.nextEvent().event()).isEqualTo("a");
            assertThat(tagged.nextEvent().event()).isEqualTo("b");
            assertThat(tagged.received()).doesNotContain("\"tags\":{}");
        }
    }

    @Test
    void who_comes_later_gets_none_of_it() throws Exception {
        try (Served served = Served.of(Feed.of("gastown", store, options))) {
            served.feed().broadcast(event("early"));
            try (EventSource stream = served.stream("?after=0")) {
                stream.next();
                served.feed().broadcast(event("late"));

                assertThat(stream.nextEvent().event()).isEqualTo("late");
            }
        }
    }

    @Test
    void who_is_too_slow_misses_the_oldest_and_the_listener_is_told() throws Exception {
        AtomicLong dropped = new AtomicLong();
        FeedListener listener = new FeedListener() {
            @Override
            public void dropped(String requestId, long broadcasts) {
                dropped.addAndGet(broadcasts);
            }
        };
        AtomicInteger reads = new AtomicInteger();
        Feed[] feed = new Feed[1];
        EventStore slow = new PassingStore(store) {
            @Override
            public Page read(Query query, ReadOptions readOptions) {
                // Three hundred come while this client is not looking.
                for (int i = 0; reads.get() == 0 && i < 300; i++) {
                    feed[0].broadcast(event("n" + i));
                }
                reads.incrementAndGet();
                return super.read(query, readOptions);
            }
        };
        feed[0] = Feed.of("gastown", slow, options.withListener(listener));
        try (Served served = Served.of(feed[0]);
                EventSource stream = served.stream("")) {
            for (int i = 44; i < 300; i++) {
                assertThat(stream.nextEvent().event()).isEqualTo("n" + i);
            }
            assertThat(dropped).hasValue(44);
        }
    }
}
