package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed makes of odd requests and hosts, without a server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedAnswerTest {

    private final EventStore store = MemoryEventStore.create();

    @ParameterizedTest
    @CsvSource({
        "image/png, text/event-stream, text/event-stream",
        "application/json;q=0.5, text/event-stream, text/event-stream",
        "application/json, text/event-stream;q=0.5, application/json",
        "image/png, */*, application/json"
    })
    void every_line_of_accept_counts(String first, String second, String form) {
        FeedRequest request = FeedRequest.of("GET", Map.of("Accept", List.of(first, second)), null);

        try (Feed feed = Feed.of("gastown", store);
                FeedResponse answer = feed.answer(request)) {
            assertThat(answer.headers().get("Content-Type")).startsWith(form);
        }
    }

    @Test
    void request_ids_that_cannot_be_made_are_random_ones() {
        FeedOptions options = FeedOptions.defaults().withRequestIds(() -> {
            throw new IllegalStateException("no ids today");
        });

        try (Feed feed = Feed.of("gastown", store, options);
                FeedResponse answer = feed.answer(FeedRequest.of("GET", Map.of(), null))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().get("X-Request-Id")).hasSize(36);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=a,b", "type=a%2Cb", "type=a&type=b"})
    void types_may_be_a_list_encoded_or_not_or_repeated(String filter) throws IOException {
        append(store, event("a"), event("a,b"), event("b"), event("c"));

        try (Feed feed = Feed.of("gastown", store);
                FeedResponse answer = feed.answer(FeedRequest.of("GET", Map.of(), filter))) {
            assertThat(Answers.body(answer))
                    .contains("\"type\":\"a\"", "\"type\":\"b\"")
                    .doesNotContain("\"type\":\"c\"", "\"type\":\"a,b\"");
        }
    }

    @Test
    void a_stream_whose_thread_was_interrupted_by_others_failed_and_was_not_left() throws Exception {
        Ends ends = new Ends();
        FeedOptions options = FeedOptions.defaults().withListener(ends).withRequestIds(() -> "r1");
        FeedRequest request = FeedRequest.of("GET", Map.of("Accept", List.of("text/event-stream")), null);

        for (OutputStream body : List.of(
                failing(true, new IOException("Interrupted.")), failing(false, new ClosedByInterruptException()))) {
            try (Feed feed = Feed.of("gastown", store, options);
                    FeedResponse answer = feed.answer(request)) {
                assertThatThrownBy(() -> answer.writeTo(body)).isInstanceOf(IOException.class);
            }
            Thread.interrupted();
            assertThat(ends.next()).isEqualTo("r1 FAILED");
        }
    }

    private static OutputStream failing(boolean interrupts, IOException failure) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (interrupts) {
                    Thread.currentThread().interrupt();
                }
                throw failure;
            }
        };
    }
}
