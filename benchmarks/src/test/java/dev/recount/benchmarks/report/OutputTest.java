package dev.recount.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OutputTest {

    private static final Measure BATCH =
            Measure.of("append.batch1000", 7.5, 6, "us/event", new Spread(1.25, 1.2, 1.3, 5), Target.ratioAtMost(1.3));
    private static final Measure WAKE = Measure.alone("wake.other", 6_000, "us", Target.atMost(5_000, "us"))
            .withLatency(new Latency(6_000, 7_000, 8_000, 9_000), null)
            .withDurability("normal")
            .withNote("between \"two\" processes");

    @Test
    void a_measure_is_one_line_of_json() {
        assertThat(JsonLine.of(BATCH))
                .isEqualTo(
                        "{\"name\":\"append.batch1000\",\"ours\":7.5,\"floor\":6.0,\"unit\":\"us/event\",\"ratio\":1.25,"
                                + "\"target\":\"<=1.3\",\"ok\":true,\"lowest\":1.2,\"highest\":1.3,\"rounds\":5}");
    }

    @Test
    void a_latency_comes_with_its_percentiles_and_the_durability_mode() throws Exception {
        JsonNode line = new ObjectMapper().readTree(JsonLine.of(WAKE));

        assertThat(line.get("p50").asDouble()).isEqualTo(6_000);
        assertThat(line.get("p99").asDouble()).isEqualTo(7_000);
        assertThat(line.get("p999").asDouble()).isEqualTo(8_000);
        assertThat(line.get("durability").asText()).isEqualTo("normal");
        assertThat(line.get("note").asText()).isEqualTo("between \"two\" processes");
        assertThat(line.get("floor").isNull()).isTrue();
        assertThat(line.get("ratio").isNull()).isTrue();
        assertThat(line.get("ok").asBoolean()).isFalse();
    }

    @Test
    void a_terminal_gets_columns_of_one_width() {
        List<String> lines = Table.plain(List.of(BATCH, WAKE));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).startsWith("append.batch1000  7.5   6      us/event  1.25   1.2-1.3  <=1.3      yes");
        assertThat(lines.get(2)).startsWith("wake.other        6000  -      us        -      -        <=5000 us  NO");
        assertThat(lines.get(3)).isEqualTo("  wake.other: between \"two\" processes");
    }

    @Test
    void a_page_has_the_facts_and_a_table_for_each_group() {
        Page page = Page.of(List.of("commit: abc"));
        page.section("Appends", "One caller.\n", List.of(BATCH));

        assertThat(page.text())
                .startsWith("# Performance\n")
                .contains("\n- commit: abc\n")
                .contains("\n## Appends\n\nOne caller.\n\n| measure | ours | floor |")
                .contains("\n| append.batch1000 | 7.5 | 6 | us/event | 1.25 | 1.2-1.3 | <=1.3 | yes | - | - | - |\n");
    }

    @Test
    void every_row_of_a_page_has_as_many_columns_as_its_heading() {
        List<String> lines = Table.markdown(List.of(BATCH, WAKE)).subList(0, 4);

        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.chars().filter(c -> c == '|')).hasSize(12));
    }
}
