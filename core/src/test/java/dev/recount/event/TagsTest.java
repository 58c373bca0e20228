package dev.recount.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TagsTest {

    @Nested
    class Of {

        @Test
        void a_key_and_a_value_is_one_text() {
            Tags tags = Tags.of("bead", "gt-1:a");

            assertThat(tags).containsExactly("bead:gt-1:a");
            assertThat(tags.value("bead")).contains("gt-1:a");
            assertThat(tags).hasToString("bead:gt-1:a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000b", "a\u007f", "a\u0085", "\uD83D", "\uDE00\uD83D"})
        void a_text_that_no_store_could_match_is_refused_as_key_and_as_value(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(text, "v"));
            assertThatIllegalArgumentException().isThrownBy(() -> Tags.of("k", text));
        }

        @Test
        void a_key_with_a_colon_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tags.of("a:b", "c"))
                    .withMessage("Tag key 'a:b' holds a colon. Only the value may hold one.");
        }

        @Test
        void five_hundred_characters_are_kept_and_one_more_is_refused() {
            String longest = "x".repeat(500);

            assertThat(Tags.of(longest, longest).value(longest)).contains(longest);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tags.of("k", longest + "x"))
                    .withMessage(
                            "Value of tag 'k' has 501 characters (" + "x".repeat(40) + "...). Keep it within 500.");
        }

        @Test
        void a_control_character_is_named() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tags.of("k", "a\nb"))
                    .withMessage("Value of tag 'k' 'a?b' holds the control character U+000A. Leave it out.");
        }
    }

    @Nested
    class Parse {

        @Test
        void gives_a_set_in_natural_order() {
            Tags tags = Tags.parse(List.of("b:2", "a:1", "b:2", "b:1", "B:0"));

            assertThat(tags.asList()).containsExactly("B:0", "a:1", "b:1", "b:2");
            assertThat(tags.size()).isEqualTo(4);
            assertThat(tags.values("b")).containsExactly("1", "2");
            assertThat(tags.value("b")).contains("1");
            assertThat(tags.value("c")).isEmpty();
            assertThat(Tags.parse(List.of())).isSameAs(Tags.none());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a", ":", "a:", ":b", " :b"})
        void what_is_not_key_and_value_is_refused(String text) {
            assertThatIllegalArgumentException().isThrownBy(() -> Tags.parse(List.of(text)));
        }

        @Test
        void a_key_is_not_found_by_its_start() {
            Tags tags = Tags.of("bead", "1");

            assertThat(tags.values("bea")).isEmpty();
            assertThat(tags.values("bead:1")).isEmpty();
        }
    }

    @Nested
    class And {

        @Test
        void joins_two_sets_and_changes_neither() {
            Tags mine = Tags.of("a", "1");
            Tags theirs = Tags.of("b", "1").and("a", "1");

            assertThat(mine.and(theirs)).containsExactly("a:1", "b:1");
            assertThat(mine).containsExactly("a:1");
            assertThat(Tags.none().and(Tags.none())).isSameAs(Tags.none());
        }

        @Test
        void contains_all_needs_every_tag() {
            Tags tags = Tags.of("a", "1").and("b", "1");

            assertThat(tags.containsAll(Tags.none())).isTrue();
            assertThat(tags.containsAll(Tags.of("a", "1"))).isTrue();
            assertThat(tags.containsAll(tags)).isTrue();
            assertThat(tags.containsAll(tags.and("c", "1"))).isFalse();
            assertThat(Tags.none().containsAll(tags)).isFalse();
        }
    }

    @Nested
    class Of_json {

        @Test
        void is_read_only_when_it_is_asked() {
            Tags tags = Tags.ofJson("not json");

            assertThat(tags.toJson()).isEqualTo("not json");
            assertThatIllegalArgumentException().isThrownBy(tags::isEmpty);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[1]",
                    "[\"a:1\"",
                    "[\"a:1\",]",
                    "[\"a\"]",
                    "[\"a:1\"] x",
                    "[\"a:1\",\n\"b:1\"]",
                    "[null]"
                })
        void that_is_not_an_array_of_tags_is_refused_on_first_use(String json) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tags.ofJson(json).asList());
        }

        @Test
        void of_the_same_tags_is_equal_whatever_the_text() {
            Tags written = Tags.of("a", "1").and("b", "1");

            Tags read = Tags.ofJson(" [ \"b:1\" , \"\\u0061:1\", \"b:1\" ] ");

            assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
            assertThat(Tags.ofJson("[ ]")).isEqualTo(Tags.none());
        }

        @Test
        void gives_back_odd_characters_as_they_were() {
            long seed = 11;
            Random random = new Random(seed);
            for (int round = 0; round < 500; round++) {
                TreeSet<String> texts = new TreeSet<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    texts.add(OddTexts.plain(random).replace(":", "") + ":" + OddTexts.plain(random));
                }

                String json = Tags.parse(texts).toJson();

                assertThatNoException().isThrownBy(() -> JsonScanner.requireOneValue(json));
                assertThat(Tags.ofJson(json).asList())
                        .as("seed %s round %s", seed, round)
                        .containsExactlyElementsOf(texts);
            }
        }
    }
}
