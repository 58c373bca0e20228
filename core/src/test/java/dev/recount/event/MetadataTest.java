package dev.recount.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MetadataTest {

    @Nested
    class Entries {

        @Test
        void are_texts_by_name_and_four_names_have_a_meaning() {
            Metadata metadata = Metadata.empty()
                    .withCommandId("c")
                    .withCausationId("k")
                    .withCorrelationId("o")
                    .withActor("mayor")
                    .with("host", "ash");

            assertThat(metadata.commandId()).contains("c");
            assertThat(metadata.causationId()).contains("k");
            assertThat(metadata.correlationId()).contains("o");
            assertThat(metadata.actor()).contains("mayor");
            assertThat(metadata.get("host")).contains("ash");
            assertThat(metadata.get("port")).isEmpty();
            assertThat(metadata.toJson())
                    .isEqualTo(
                            "{\"actor\":\"mayor\",\"causationId\":\"k\",\"commandId\":\"c\",\"correlationId\":\"o\",\"host\":\"ash\"}");
        }

        @Test
        void of_the_same_name_replace_each_other_and_the_old_metadata_stays() {
            Metadata first = Metadata.empty().with("a", "1");

            Metadata second = first.with("a", "2");

            assertThat(first.asMap()).containsExactly(entry("a", "1"));
            assertThat(second.asMap()).containsExactly(entry("a", "2"));
            assertThat(Metadata.empty().asMap()).isEmpty();
        }

        @Test
        void may_hold_empty_texts_and_line_breaks_on_one_line_of_json() {
            Metadata metadata = Metadata.empty().with("empty", "").with("lines", "a\r\nb\u0000");

            assertThat(metadata.toJson()).isEqualTo("{\"empty\":\"\",\"lines\":\"a\\r\\nb\\u0000\"}");
            assertThat(Metadata.ofJson(metadata.toJson())).isEqualTo(metadata);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\u0085", "\uD83D"})
        void with_an_unusable_name_are_refused(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Metadata.empty().with(name, "v"));
        }

        @Test
        void with_half_a_surrogate_pair_are_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Metadata.empty().withActor("a\uDE00"))
                    .withMessage("Metadata 'actor' holds half a surrogate pair, U+DE00, which has no UTF-8 form."
                            + " Give whole characters.");
        }
    }

    @Nested
    class Of_json {

        @Test
        void is_read_only_when_it_is_asked() {
            Metadata metadata = Metadata.ofJson("not json");

            assertThat(metadata.toJson()).isEqualTo("not json");
            assertThatIllegalArgumentException().isThrownBy(metadata::actor);
        }

        @Test
        void keeps_values_that_are_not_strings_as_their_json_text() {
            Metadata metadata = Metadata.ofJson(
                    " { \"n\" : -1.50 , \"o\": {\"a\": [1, null]} ,\"t\":true,\"s\":\"x\\u00e9\\/\" } ");

            assertThat(metadata.asMap())
                    .containsExactly(
                            entry("n", "-1.50"),
                            entry("o", "{\"a\": [1, null]}"),
                            entry("s", "x\u00e9/"),
                            entry("t", "true"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "[]", "null", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{\"a\":1}x", "{\"a\":\n1}", "{\"a\"}"})
        void that_is_not_one_object_on_one_line_is_refused_on_first_use(String json) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Metadata.ofJson(json).asMap());
        }

        @Test
        void of_the_same_entries_is_equal_whatever_the_text() {
            Metadata written = Metadata.empty().with("a", "1").with("b", "2");

            Metadata read = Metadata.ofJson("{ \"b\": \"2\", \"a\": \"\\u0031\" }");

            assertThat(read).isEqualTo(written).hasSameHashCodeAs(written).hasToString(written.toString());
            assertThat(read).isNotEqualTo(written.with("c", "3"));
        }

        @Test
        void gives_back_odd_characters_as_they_were() {
            long seed = 7;
            Random random = new Random(seed);
            for (int round = 0; round < 500; round++) {
                Map<String, String> entries = new TreeMap<>();
                Metadata metadata = Metadata.empty();
                for (int i = random.nextInt(4); i > 0; i--) {
                    String name = OddTexts.plain(random);
                    String value = OddTexts.any(random);
                    entries.put(name, value);
                    metadata = metadata.with(name, value);
                }

                String json = metadata.toJson();

                assertThatNoException().isThrownBy(() -> JsonScanner.requireOneValue(json));
                assertThat(Metadata.ofJson(json).asMap())
                        .as("seed %s round %s", seed, round)
                        .isEqualTo(entries);
            }
        }

        @Test
        void with_an_escaped_half_of_a_pair_still_has_a_utf_8_form_after_a_change() {
            Metadata changed = Metadata.ofJson("{\"a\":\"x\\ud83d\"}").with("b", "2");

            String json = changed.toJson();

            assertThat(json).isEqualTo("{\"a\":\"x\\ud83d\",\"b\":\"2\"}");
            assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(json);
        }
    }
}
