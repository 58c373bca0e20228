package dev.recount.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Metadata;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.town.RigEvent;
import java.time.Instant;
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

    @Test
    void what_is_well_formed_is_taken_over_as_it_is() {
        assertThat(frame("type", "{ \"a\" : [1.50, \"\\u0000\"] }", "{\"actor\":\"Ada\"}"))
                .contains(",\"data\":{ \"a\" : [1.50, \"\\u0000\"] },\"metadata\":{\"actor\":\"Ada\"},")
                .doesNotContain("malformed");
    }

    private static String frame(String type, String data, String metadata) {
        StringBuilder frame = new StringBuilder();
        StoredEvent event = new StoredEvent(
                7, type, 1, Tags.of("a", "b"), data, Metadata.ofJson(metadata), Instant.EPOCH, Instant.EPOCH);
        Frames.event(frame, "7-abcdef", new EventWriter(EventJson.standard()), new RigEvent("rig", event));
        return frame.toString();
    }
}
