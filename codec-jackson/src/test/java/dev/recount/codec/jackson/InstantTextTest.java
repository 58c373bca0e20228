package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InstantTextTest {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    @Test
    void its_text_is_that_of_the_instant_and_reads_back() {
        Random random = new Random(11);
        int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            int unit = units[random.nextInt(units.length)];
            long second = FIRST + (long) (random.nextDouble() * (LAST - FIRST));
            Instant time = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / unit * (long) unit);

            assertThat(InstantText.of(time)).isEqualTo(time.toString());
            assertThat(parse(time.toString())).isEqualTo(time);
        }
    }

    @Test
    void the_ends_of_its_range_and_what_lies_beyond_have_the_text_of_the_instant() {
        for (Instant time : new Instant[] {
            Instant.ofEpochSecond(FIRST),
            Instant.ofEpochSecond(LAST, 999_999_999),
            Instant.ofEpochSecond(FIRST - 1),
            Instant.ofEpochSecond(LAST + 1),
            Instant.MIN,
            Instant.MAX
        }) {
            assertThat(InstantText.of(time)).isEqualTo(time.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T00:00:00Z",
                "2026-03-03T10:00:00.1Z",
                "2026-03-03T10:00:00.12Z",
                "2026-03-03T10:00:00.123456789Z"
            })
    void any_number_of_digits_reads_as_the_instant(String text) {
        assertThat(parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-03-03",
                "2026-03-03T10:00Z",
                "2026-03-03T10:00:00",
                "2026-03-03T10:00:00.Z",
                "2026-03-03T10:00:00.1234567890Z",
                "2026-03-03T10:00:00,123Z",
                "2026-03-03T10:00:00.12xZ",
                "2026-03-03T10:00:00+01:00",
                "2026-03-03t10:00:00z",
                "2026-02-29T10:00:00Z",
                "2026-04-31T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-01-00T10:00:00Z",
                "2026-03-03T24:00:00Z",
                "2026-03-03T10:60:00Z",
                "2016-12-31T23:59:60Z",
                "+10000-01-01T00:00:00Z",
                "1709251200"
            })
    void another_form_is_left_to_others(String text) {
        assertThat(parse(text)).isNull();
    }

    private static @Nullable Instant parse(String text) {
        char[] somewhere = ("xx" + text + "xx").toCharArray();
        return InstantText.parse(somewhere, 2, text.length());
    }
}
