package dev.recount.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Query;
import dev.recount.town.RigEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text, also of a file that was changed by hand, can begin a line of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FramesTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\0", "\n\nid: 999\ndata: {}\n\n", "\r\rdata: x"})
    void line_ends_in_type_and_data_and_metadata_add_no_line(String odd) {
        String frame = frame("type" + odd, "{\"a\":" + odd + "1}", "{\"b\":" + odd + "\"1\"}");

        assertThat(frame.lines()).hasSize(4).endsWith("");
        assertThat(frame).doesNotContain("\r", "\0").endsWith("}\n\n");
        assertThat(frame.lines().toList().get(0)).isEqualTo("id: 7-abcdef");
        assertThat(frame.lines().toList().get(1)).startsWith("event: type");
        assertThat(frame.lines().toList().get(2)).startsWith("data: {\"sequence\":7,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{}{}", "nothing", "{\"a\":\n1}", "01", "\"\0\""})
    void data_that_is_not_one_value_on_one_line_comes_as_a_string_and_is_told(String data) {
        String frame = frame("type", data, "{}");

        String escaped = data.replace("\"", "\\\"").replace("\n", "\\u000a").replace("\0", "\\u0000");
        assertThat(frame)
                .contains(",\"data\":\"" + escaped + "\",\"metadata\":{},")
                .endsWith(",\"malformed\":true}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "[\"a\"]", "[\"a:b\"", "[\":b\",\"a:b\"]", "[\"a:\n\"]", "{}"})
    void an_event_whose_tags_cannot_be_read_goes_out_without_them_and_wakes_every_stream(String tags) {
        StoredEvent odd = event("type", Tags.ofJson(tags), "{\"a\":1}", "{}");

        assertThat(frame(odd))
                .startsWith("id: 7-abcdef\nevent: type\ndata: {\"sequence\":7,")
                .contains(",\"tags\":{},\"data\":{\"a\":1},\"metadata\":{},")
                .endsWith(",\"malformed\":true}\n\n");
        for (Query query : List.of(Query.all(), Query.tagged("a", "b"), Query.ofTypes("other"))) {
            assertThat(Part.ofRig("rig", List.of(odd), true).hasAnyFor(new Sight(Optional.of("rig"), query)))
                    .isTrue();
        }
    }

    @Test
    void what_is_well_formed_is_taken_over_as_it_is() {
        assertThat(frame("type", "{ \"a\" : [1.50, \"\\u0000\"] }", "{\"actor\":\"Ada\"}"))
                .contains(",\"data\":{ \"a\" : [1.50, \"\\u0000\"] },\"metadata\":{\"actor\":\"Ada\"},")
                .doesNotContain("malformed");
    }

    private static String frame(String type, String data, String metadata) {
        return frame(event(type, Tags.of("a", "b"), data, metadata));
    }

    private static StoredEvent event(String type, Tags tags, String data, String metadata) {
        return new StoredEvent(7, type, 1, tags, data, Metadata.ofJson(metadata), Instant.EPOCH, Instant.EPOCH);
    }

    private static String frame(StoredEvent event) {
        StringBuilder frame = new StringBuilder();
        Frames.event(frame, "7-abcdef", new EventWriter(EventJson.standard()), new RigEvent("rig", event));
        return frame.toString();
    }
}
