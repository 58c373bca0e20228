package dev.recount.feed;

import static dev.recount.feed.Events.append;
import static dev.recount.feed.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.feed.EventSource.Frame;
import dev.recount.store.EventStore;
import dev.recount.store.memory.MemoryEventStore;
import dev.recount.store.sqlite.SqliteTown;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in the form that a host gives them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventJsonTest {

    private static final String SECRET = "project:secret";

    private final EventStore store = MemoryEventStore.create();

    private Served served(EventJson form) throws Exception {
        return Served.of(Feed.of("gastown", store, FeedOptions.defaults().withEventJson(form)));
    }

    @Test
    void pages_and_streams_have_the_same_form_in_history_and_live() throws Exception {
        append(store, event("a"));
        EventJson form = (rig, event) -> "{\"seq\":" + event.sequence() + ",\"of\":\"" + rig + "\"}";

        try (Served served = served(form);
                EventSource stream = served.stream("?after=0")) {
            assertThat(stream.nextEvent().data()).isEqualTo("{\"seq\":1,\"of\":\"gastown\"}");
            append(store, event("b"));
            assertThat(stream.nextEvent()).satisfies(frame -> {
                assertThat(frame.id()).startsWith("2-");
                assertThat(frame.event()).isEqualTo("b");
                assertThat(frame.data()).isEqualTo("{\"seq\":2,\"of\":\"gastown\"}");
            });
            assertThat(served.get("").body())
                    .startsWith(
                            "{\"events\":[{\"seq\":1,\"of\":\"gastown\"},{\"seq\":2,\"of\":\"gastown\"}],\"next\":");
        }
    }

    @Test
    void a_town_gives_the_events_of_all_its_rigs_that_form(@TempDir Path folder) throws Exception {
        EventJson form = EventJson.standard().withText("sentence", event -> event.type() + " happened");
        try (SqliteTown town = SqliteTown.open(folder)) {
            append(town.rig("deacon"), event("a"));
            append(town.rig("mayor"), event("b"));
            FeedOptions options = FeedOptions.defaults().withEventJson(form);

            try (Served served = Served.of(Feed.of(town, options));
                    EventSource stream = served.stream("?after=0")) {
                assertThat(stream.nextEvent().data()).contains("\"rig\":\"deacon\"", "\"sentence\":\"a happened\"}");
                assertThat(stream.nextEvent().data()).contains("\"rig\":\"mayor\"", "\"sentence\":\"b happened\"}");
                assertThat(served.get("").body())
                        .contains("\"sentence\":\"a happened\"},{", "\"sentence\":\"b happened\"}]");
            }
        }
    }

    @Test
    void a_member_more_is_text_whatever_it_holds() throws Exception {
        append(store, event("a"));
        EventJson form = EventJson.standard().withText("sentence", event -> "\"}\n\nid: 9\r\0");

        try (Served served = served(form);
                EventSource stream = served.stream("?after=0")) {
            assertThat(stream.nextEvent().data())
                    .startsWith("{\"sequence\":1,\"rig\":\"gastown\",")
                    .endsWith("Z\",\"sentence\":\"\\\"}\\u000a\\u000aid: 9\\u000d\\u0000\"}");
        }
    }

    @Test
    void a_member_more_also_goes_into_an_empty_object() {
        EventJson form = ((EventJson) (rig, event) -> "{ }").withText("a", event -> "1");

        assertThat(form.of("rig", null)).isEqualTo("{ \"a\":\"1\"}");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"text\"",
                "{}{}",
                "{}\n",
                "{\"a\":\n1}",
                "{\"a\":\r1}",
                "{\"a\":\"\0\"}",
                "{}\n\nid: 999\nevent: forged\ndata: {}\n\n",
                " {}",
                "throw"
            })
    void what_is_not_one_object_on_one_line_is_not_sent_and_the_event_comes_without_its_content(String json)
            throws Exception {
        append(store, event("a", SECRET), event("b"));
        EventJson form = (rig, event) -> {
            if ("throw".equals(json)) {
                throw new AssertionError("The form is there to fail.");
            }
            return event.sequence() == 1 ? json : "{\"seq\":2}";
        };

        try (Served served = served(form);
                EventSource stream = served.stream("?after=0")) {
            String nameOnly = "{\"sequence\":1,\"rig\":\"gastown\",\"type\":\"a\",\"malformed\":true}";
            Frame first = stream.nextEvent();
            assertThat(first).isEqualTo(new Frame(first.id(), "a", nameOnly, ""));
            assertThat(first.id()).startsWith("1-");
            assertThat(stream.nextEvent().id()).startsWith("2-");

            HttpResponse<String> page = served.get("");
            assertThat(page.body()).startsWith("{\"events\":[" + nameOnly + ",");
            for (String sent : List.of(stream.received(), page.body())) {
                assertThat(sent).doesNotContain("secret", "forged");
            }
        }
    }
}
