package dev.recount.feed;

import static dev.recount.feed.Events.appendNumbered;
import static dev.recount.feed.Events.sequences;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.NewEvent;
import dev.recount.feed.EventSource.Frame;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How streams end: by clients that read nothing, leave, or are too many, by the feed, and by the store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SlowClientsTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MANY = 200;
    private static final NewEvent LARGE = NewEvent.of("large", '"' + "x".repeat(100_000) + '"');

    private final EventStore store = MemoryEventStore.create();
    private final Ends ends = new Ends();
    private final FeedOptions options =
            FeedOptions.defaults().withListener(ends).withHeartbeat(LONG);
    private Served served;

    private void serve(FeedOptions by) throws IOException {
        serve(store, by);
    }

    private void serve(EventStore from, FeedOptions by) throws IOException {
        served = Served.of(Feed.of("gastown", from, by));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void a_client_that_reads_nothing_is_closed_without_harm_to_others_and_resumes_without_loss() throws Exception {
        serve(options.withStallLimit(Duration.ofMillis(500)));
        List<Long> read = new ArrayList<>();
        String cursor;

        appendNumbered(store, 1);
        try (EventSource slow = stream("slow", "?after=0", true)) {
            // Before there is so much that a busy machine may be late with it.
            read.addAll(slow.sequences(1));
            appendLarge(MANY - 1);
            assertThat(readOn("quick", "0")).isEqualTo(sequences(1, MANY));
            awaitEnd("slow STALLED");
            readToTheEnd(slow, read);
            cursor = slow.lastId();
        }

        assertThat(read).hasSizeLessThan(MANY);
        assertThat(cursor).startsWith(read.get(read.size() - 1) + "-");
        read.addAll(readOn("again", cursor));
        assertThat(read).isEqualTo(sequences(1, MANY));
    }

    @Test
    void a_client_that_left_is_noticed_by_the_heartbeat_and_leaves_nothing_behind() throws Exception {
        serve(options.withHeartbeat(Duration.ofMillis(20)));
        List<EventSource> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            streams.add(stream("leaver", "", false));
            ends.nextOpened();
        }
        assertThat(served.feed().clients()).isEqualTo(20);

        for (EventSource stream : streams) {
            stream.close();
        }

        for (int i = 0; i < 20; i++) {
            assertThat(ends.next()).isEqualTo("leaver CLIENT_LEFT");
        }
        assertThat(served.feed().clients()).isZero();
    }

    @Test
    void a_stream_too_many_is_refused_until_another_has_left() throws Exception {
        serve(options.withMaxClients(2).withHeartbeat(Duration.ofMillis(20)));

        try (EventSource one = stream("one", "", false)) {
            one.next();
            try (EventSource two = stream("two", "", false)) {
                two.next();
                HttpResponse<String> refused = served.get("", "Accept", "text/event-stream");

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body())
                        .startsWith("{\"code\":\"TOO_MANY_CLIENTS\"")
                        .endsWith("\"details\":{\"limit\":\"2\"}}");
                assertThat(served.get("").statusCode()).isEqualTo(200);
            }
            assertThat(ends.next()).isEqualTo("two CLIENT_LEFT");
            try (EventSource three = stream("three", "", false)) {
                assertThat(three.head().get(0)).endsWith("200 OK");
            }
        }
    }

    @Test
    void when_closing_the_feed_returns_the_bodies_of_its_streams_are_closed() throws Exception {
        serve(options.withCloseLimit(LONG));
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        OutputStream body = new OutputStream() {
            @Override
            public void write(int one) {
                begun.countDown();
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        FeedResponse response = served.feed().answer(streamRequest());
        Thread stream = new Thread(() -> {
            try (response) {
                response.writeTo(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        stream.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        served.feed().close();

        assertThat(closed).isTrue();
        stream.join();
    }

    @Test
    void closing_the_feed_ends_each_stream_with_a_word_and_refuses_what_comes() throws Exception {
        serve(options.withCloseLimit(LONG));
        try (EventSource stream = stream("r1", "", false)) {
            stream.next();
            stream.next();

            served.feed().close();

            assertThat(stream.next()).isEqualTo(new Frame("", "", "", "the feed was closed"));
            assertThat(stream.next()).isNull();
            assertThat(ends.next()).isEqualTo("r1 FEED_CLOSED");
        }
        served.feed().close();
        served.feed().broadcast(NewEvent.of("late", "{}"));
        assertThat(served.get("").statusCode()).isEqualTo(503);
        assertThat(served.get("", "Accept", "text/event-stream").body()).startsWith("{\"code\":\"FEED_CLOSED\"");
        assertThat(store.info().head()).isZero();
    }

    @Test
    void closing_the_feed_does_not_wait_for_a_client_that_reads_nothing() throws Exception {
        serve(options.withStallLimit(LONG).withCloseLimit(Duration.ofMillis(500)));
        appendLarge(MANY);
        try (EventSource stuck = stream("stuck", "?after=0", true)) {
            stuck.next();

            served.feed().close();

            assertThat(ends.next()).isEqualTo("stuck FEED_CLOSED");
            assertThat(served.feed().clients()).isZero();
        }
    }

    @Test
    void a_stream_that_cannot_be_written_gives_its_place_back() throws Exception {
        serve(options.withMaxClients(1));
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("The client is gone.");
            }
        };

        FeedResponse answer = served.feed().answer(streamRequest());

        assertThat(served.feed().clients()).isEqualTo(1);
        assertThatThrownBy(() -> answer.writeTo(gone)).hasMessage("The client is gone.");
        assertThat(served.feed().clients()).isZero();
    }

    @Test
    void a_stream_that_was_granted_and_never_written_gives_its_place_back() throws Exception {
        serve(options.withMaxClients(1));
        for (int i = 0; i < 3; i++) {
            FeedResponse answer = served.feed().answer(streamRequest());
            assertThat(answer.status()).isEqualTo(200);
            answer.close();
            answer.close();
        }
        assertThat(served.feed().clients()).isZero();
    }

    @Test
    void a_stream_waits_while_the_store_is_unavailable() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        serve(
                new PassingStore(store) {
                    @Override
                    public Page read(Query query, ReadOptions readOptions) {
                        if (failures.getAndDecrement() > 0) {
                            throw new StoreUnavailable("The disk is away. Bring it back.", null);
                        }
                        return super.read(query, readOptions);
                    }
                },
                options);
        appendNumbered(store, 3);

        try (EventSource stream = stream("r1", "?after=0", false)) {
            assertThat(stream.sequences(3)).isEqualTo(sequences(1, 3));
        }
        assertThat(failures.get()).isNegative();
    }

    @Test
    void a_stream_ends_when_its_store_is_closed() throws Exception {
        serve(options);
        try (EventSource stream = stream("r1", "", false)) {
            stream.next();

            store.close();

            assertThat(ends.next()).isEqualTo("r1 FAILED");
            assertThat(stream.nextEvent()).isNull();
        }
    }

    @Test
    void the_listener_is_told_every_byte_and_may_fail() throws Exception {
        FeedListener failing = new FeedListener() {
            @Override
            public void opened(String requestId) {
                throw new AssertionError("The listener is there to fail.");
            }

            @Override
            public void sent(String requestId, long bytes, long behind) {
                ends.sent(requestId, bytes, behind);
                throw new IllegalStateException("The listener is there to fail.");
            }

            @Override
            public void closed(String requestId, End end) {
                ends.closed(requestId, end);
            }
        };
        serve(options.withListener(failing).withCloseLimit(LONG));
        appendNumbered(store, 600);

        try (EventSource stream = stream("r1", "?after=0", false)) {
            stream.sequences(600);
            served.feed().close();
            assertThat(stream.nextEvent()).isNull();

            assertThat(ends.next()).isEqualTo("r1 FEED_CLOSED");
            String received = stream.received();
            assertThat(received.substring(received.indexOf("\r\n\r\n") + 4)).hasSize((int) ends.bytes());
        }
    }

    @Test
    void clients_that_resume_near_the_head_of_a_long_log_read_only_what_is_new() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger events = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            appendNumbered(store, 1_000);
        }
        serve(
                new PassingStore(store) {
                    @Override
                    public Page read(Query query, ReadOptions readOptions) {
                        Page page = super.read(query, readOptions);
                        reads.incrementAndGet();
                        events.addAndGet(page.events().size());
                        return page;
                    }
                },
                options);

        for (int client = 0; client < 3; client++) {
            try (EventSource stream = stream("r1", "?after=0", false, "Last-Event-ID", "99990")) {
                assertThat(stream.sequences(10)).isEqualTo(sequences(99_991, 100_000));
                assertThat(stream.received().length()).isLessThan(10_000);
            }
        }

        // What one of them reads, another need not.
        assertThat(events).hasValueBetween(10, 30);
        // Once from where it was, unless another has just read that, and once to be sure that nothing came meanwhile.
        assertThat(reads).hasValueBetween(1, 6);
    }

    private static FeedRequest streamRequest() {
        return FeedRequest.of("GET", Map.of("Accept", List.of("text/event-stream")), null);
    }

    private void appendLarge(int count) {
        store.append(Append.of(Collections.nCopies(count, LARGE)));
    }

    private EventSource stream(String id, String query, boolean small, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.addAll(List.of("X-Request-Id", id));
        String[] all = headers.toArray(new String[0]);
        String path = "/api/v1/events" + query;
        return small
                ? EventSource.withASmallBuffer(served.address(), path, all)
                : EventSource.connect(served.address(), path, all);
    }

    /** As a browser does: a busy machine may make a client late that reads all the time, and then it resumes. */
    private List<Long> readOn(String id, String cursor) throws IOException {
        List<Long> read = new ArrayList<>();
        String from = cursor;
        while (!from.startsWith(MANY + "-")) {
            try (EventSource stream = stream(id, "?after=0", false, "Last-Event-ID", from)) {
                readToTheEnd(stream, read);
                from = stream.lastId();
            }
        }
        return read;
    }

    private void awaitEnd(String wanted) throws InterruptedException {
        String end = ends.next();
        while (!end.equals(wanted)) {
            // A quick client on a busy machine.
            assertThat(end).startsWith("quick ");
            end = ends.next();
        }
    }

    private static void readToTheEnd(EventSource stream, List<Long> read) throws IOException {
        try {
            Frame frame = stream.nextEvent();
            while (frame != null) {
                read.add(frame.sequence());
                frame = frame.sequence() == MANY ? null : stream.nextEvent();
            }
        } catch (SocketException e) {
            // The connection was reset; what came before counts.
        }
    }
}
