package dev.recount.feed.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.feed.Feed;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed writes is read as what is stored. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameJsonTest {

    private static final String EVENT = "{\"storedAt\":\"2026-11-20T08:30:00.123456Z\",\"x\":[{}],"
            + "\"data\":{ \"a\" : 1.50 },\"type\":\"a.b\",\"rig\":\"gas\\u0074own\",\"sequence\":9007199254740993,"
            + "\"occurredAt\":\"2026-01-02T03:04:05Z\"}";

    @Test
    void members_may_come_in_any_order_be_unknown_or_be_missing_where_nothing_is_lost() {
        assertThat(FrameJson.of(EVENT).rig()).isEqualTo("gastown");
        assertThat(FrameJson.of(EVENT).control()).isEmpty();
        assertThat(FrameJson.of(EVENT).stored())
                .isEqualTo(new StoredEvent(
                        9_007_199_254_740_993L,
                        "a.b",
                        1,
                        Tags.none(),
                        "{ \"a\" : 1.50 }",
                        Metadata.empty(),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Instant.parse("2026-11-20T08:30:00.123456Z")));
    }

    @Test
    void an_object_over_several_lines_is_read() {
        assertThat(FrameJson.of(EVENT.replace(",", "\n,")).stored())
                .isEqualTo(FrameJson.of(EVENT).stored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sequence\":9007199254740993",
                "\"type\":\"a.b\"",
                "\"data\":{ \"a\" : 1.50 }",
                "\"storedAt\":\"2026-11-20T08:30:00.123456Z\"",
                "\"occurredAt\":\"2026-01-02T03:04:05Z\""
            })
    void what_an_event_needs_must_be_there_and_be_right(String member) {
        String name = member.substring(0, member.indexOf(':'));

        assertThatThrownBy(() -> FrameJson.of(EVENT.replace(member, "\"y\":1")).stored())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.replace('"', '\''));
        if (!name.equals("\"data\"")) {
            assertThatThrownBy(() -> FrameJson.of(EVENT.replace(member, name + ":[\"odd\"]"))
                            .stored())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_could_not_stand_in_a_line_is_its_text_again() {
        String frame =
                EVENT.replace("{ \"a\" : 1.50 }", "\"{\\u000a\\\"a\"").replace("\"x\":[{}]", "\"malformed\":true");

        assertThat(FrameJson.of(frame).stored().data()).isEqualTo("{\n\"a");
    }

    @Test
    void every_event_that_a_store_takes_is_read_as_it_is_stored() throws IOException {
        EventStore store = MemoryEventStore.create();
        for (long seed = 0; seed < 500; seed++) {
            store.append(Append.of(List.of(event(new Random(seed)))));
        }

        List<StoredEvent> fed = new ArrayList<>();
        for (String json : JsonMembers.elements(JsonMembers.of(page(store)).get("events"))) {
            assertThat(FrameJson.of(json).rig()).isEqualTo("gas \"town\"");
            fed.add(FrameJson.of(json).stored());
        }

        assertThat(fed).hasSize(500);
        for (int seed = 0; seed < 500; seed++) {
            ReadOptions one = ReadOptions.defaults().after(seed).withLimit(1);
            assertThat(List.of(fed.get(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(store.read(Query.all(), one).events());
        }
    }

    private static NewEvent event(Random random) {
        String[] data = {
            "{}",
            "null",
            "\"text\"",
            "\"\\u0000\\n\"",
            "[1,  2]",
            "1.50",
            "{\"a\":{\"b\":\"}\"}}",
            "{\"é\":\"\uD83D\uDE00\"}"
        };
        NewEvent event = NewEvent.of("type" + odd(random), data[random.nextInt(data.length)])
                .withVersion(1 + random.nextInt(3))
                .withMetadata(Metadata.empty().withActor(odd(random) + "\n\"").with("more" + odd(random), "{}"))
                .withOccurredAt(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
        Tags tags = Tags.none();
        for (int i = random.nextInt(5); i > 0; i--) {
            tags = tags.and("key" + random.nextInt(2), "[\"" + odd(random) + "\"]");
        }
        return event.withTags(tags);
    }

    private static String odd(Random random) {
        String[] odd = {"", "\"", "\\", "é", "\uD83D\uDE00", ",", ":", "{", "]", " x", "\u2028"};
        return odd[random.nextInt(odd.length)] + odd[random.nextInt(odd.length)];
    }

    private static String page(EventStore store) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (Feed feed = Feed.of("gas \"town\"", store);
                FeedResponse answer = feed.answer(FeedRequest.of("GET", Map.of(), "limit=1000"))) {
            answer.writeTo(body);
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
