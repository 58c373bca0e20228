package dev.recount.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NewEventTest {

    private static final NewEvent EVENT = NewEvent.of("bead.hooked", "{\"bead\":1}");

    @Nested
    class Of {

        @Test
        void a_type_and_data_is_version_1_without_tags_metadata_and_time() {
            assertThat(EVENT.type()).isEqualTo("bead.hooked");
            assertThat(EVENT.data()).isEqualTo("{\"bead\":1}");
            assertThat(EVENT.version()).isEqualTo(1);
            assertThat(EVENT.tags()).isEqualTo(Tags.none());
            assertThat(EVENT.metadata()).isEqualTo(Metadata.empty());
            assertThat(EVENT.occurredAt()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "\uD83D"})
        void an_unusable_type_is_refused(String type) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NewEvent.of(type, "{}"))
                    .withMessageStartingWith("Event type ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "{}\n", "{} {}", "\"\uD83D\"", "\"\u0000\""})
        void data_that_is_not_one_json_value_on_one_line_is_refused(String data) {
            assertThatIllegalArgumentException().isThrownBy(() -> NewEvent.of("a", data));
        }
    }

    @Nested
    class With {

        @Test
        void a_version_below_1_is_refused() {
            assertThat(EVENT.withVersion(2).version()).isEqualTo(2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EVENT.withVersion(0))
                    .withMessage("Version 0 of bead.hooked is below 1. Count from 1.");
        }

        @Test
        void each_part_changes_that_part_alone() {
            NewEvent all = EVENT.withTags(Tags.of("a", "1"))
                    .withVersion(3)
                    .withMetadata(Metadata.empty().withActor("b"))
                    .withOccurredAt(Instant.EPOCH);

            assertThat(all.withTags(Tags.none())
                            .withVersion(1)
                            .withMetadata(Metadata.empty())
                            .occurredAt())
                    .contains(Instant.EPOCH);
            assertThat(all.tags()).containsExactly("a:1");
            assertThat(all).isNotEqualTo(EVENT);
            assertThat(all.withVersion(4)).isNotEqualTo(all);
            assertThat(all.withVersion(3)).isEqualTo(all).hasSameHashCodeAs(all);
            assertThat(all).hasToString("bead.hooked {\"bead\":1} [a:1]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"not json", "[\"a:1\",\n\"b:1\"]", "[\"a\"]"})
        void tags_from_a_malformed_text_are_refused_before_they_reach_a_store(String json) {
            assertThatIllegalArgumentException().isThrownBy(() -> EVENT.withTags(Tags.ofJson(json)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"not json", "{\"a\":\n1}", "[]"})
        void metadata_from_a_malformed_text_is_refused_before_it_reaches_a_store(String json) {
            assertThatIllegalArgumentException().isThrownBy(() -> EVENT.withMetadata(Metadata.ofJson(json)));
        }

        @Test
        void tags_from_another_writers_text_are_stored_in_natural_order() {
            NewEvent event = EVENT.withTags(Tags.ofJson("[ \"b:1\", \"\\u0061:1\" ]"));

            assertThat(event.tags().toJson()).isEqualTo("[\"a:1\",\"b:1\"]");
        }

        @Test
        void metadata_from_another_writers_text_is_stored_as_it_was() {
            NewEvent event = EVENT.withMetadata(Metadata.ofJson("{\"n\": 1}"));

            assertThat(event.metadata().toJson()).isEqualTo("{\"n\": 1}");
        }
    }

    @Nested
    class Occurred_at {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0000-01-01T00:00:00Z",
                    "1969-12-31T23:59:59.999999Z",
                    "2026-01-01T00:00:00.000001Z",
                    "9999-12-31T23:59:59.999999Z"
                })
        void is_kept_to_the_microsecond_in_the_years_0_to_9999(String time) {
            assertThat(EVENT.withOccurredAt(Instant.parse(time)).occurredAt()).contains(Instant.parse(time));
        }

        @Test
        void loses_what_is_below_the_microsecond_towards_the_past() {
            assertThat(EVENT.withOccurredAt(Instant.parse("2026-01-01T00:00:00.000001999Z"))
                            .occurredAt())
                    .contains(Instant.parse("2026-01-01T00:00:00.000001Z"));
            assertThat(EVENT.withOccurredAt(Instant.parse("1969-12-31T23:59:59.999999999Z"))
                            .occurredAt())
                    .contains(Instant.parse("1969-12-31T23:59:59.999999Z"));
            assertThat(EVENT.withOccurredAt(Instant.parse("9999-12-31T23:59:59.999999999Z"))
                            .occurredAt())
                    .contains(Instant.parse("9999-12-31T23:59:59.999999Z"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"-0001-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
        void outside_these_years_is_refused(String time) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EVENT.withOccurredAt(Instant.parse(time)))
                    .withMessage("Time " + Instant.parse(time)
                            + " of bead.hooked is outside the years 0 to 9999. Check its unit.");
        }
    }
}
