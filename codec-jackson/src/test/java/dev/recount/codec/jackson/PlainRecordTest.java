package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlainRecordTest {

    private static final ObjectMapper MAPPER = StrictMapper.create();
    private static final ObjectReader READER = MAPPER.readerFor(Everything.class);

    enum Side {
        LEFT,
        RIGHT {
            @Override
            public String toString() {
                return "right";
            }
        }
    }

    record Place(String hall, int row) {}

    record Everything(
            String text,
            int whole,
            long large,
            double fraction,
            boolean truth,
            @Nullable Integer boxed,
            @Nullable Long boxedLarge,
            @Nullable Double boxedFraction,
            @Nullable Boolean boxedTruth,
            @Nullable Instant time,
            @Nullable Side side,
            Optional<String> note,
            Optional<Integer> number,
            @Nullable List<String> names,
            @Nullable List<Integer> numbers,
            @Nullable Place place,
            @Nullable List<Place> places,
            String end) {

        Everything {
            if (whole == 13) {
                throw new IllegalArgumentException("unlucky");
            }
        }
    }

    @Test
    void what_the_codec_writes_is_plain_and_means_the_same() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            Everything event = event(random);
            String json = LoneSurrogates.escaped(MAPPER.writeValueAsString(event));

            Everything plain = plain(Everything.class, json);

            // Where it may be left to Jackson, that is because of a number, most of them being of any size.
            assertThat(plain == null && json.matches(".*(\\dE-?\\d|:-?\\d{19}).*") ? jackson(json) : plain)
                    .as(json)
                    .isEqualTo(event);
        }
    }

    @Test
    void what_differs_from_it_somewhere_means_the_same_as_to_Jackson_or_is_left_to_it() throws IOException {
        Random random = new Random(12);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            String json = changed(MAPPER.writeValueAsString(event(random)), random);

            Everything plain = plain(Everything.class, json);

            if (plain != null) {
                assertThat(jackson(json)).as(json).isEqualTo(plain);
                read++;
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    @Test
    void bytes_that_differ_somewhere_mean_the_same_as_to_Jackson_or_are_left_to_it() throws IOException {
        Random random = new Random(13);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] json = MAPPER.writeValueAsBytes(event(random));
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);

            Everything plain = plain(Everything.class, json);

            if (plain != null) {
                assertThat(jackson(json)).as(new String(json, UTF_8)).isEqualTo(plain);
                read++;
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hall\":\"A\",\"row\":1,\"hall\":\"B\"}",
                "{\"hall\":\"A\",\"hall\":\"B\",\"row\":1}",
                "{\"row\":1,\"hall\":\"A\"}",
                "{\"hall\":\"A\"}",
                "{\"hall\":\"A\",\"row\":1,\"seat\":2}",
                "{\"hall\":\"A\",\"row\":1,}",
                "{,\"hall\":\"A\",\"row\":1}",
                "{\"hall\":\"A\"\"row\":1}",
                "{\"hall\":\"A\",\"row\":1}}",
                "{\"hall\":\"A\",\"row\":1} ",
                " {\"hall\":\"A\",\"row\":1}",
                "{\"hall\":\"A\", \"row\":1}",
                "{\"hall\":null,\"row\":1}",
                "{\"hall\":\"A\",\"row\":null}",
                "{\"hall\":\"A\",\"row\":\"1\"}",
                "{\"hall\":\"A\",\"row\":1.0}",
                "{\"hall\":\"A\",\"row\":1e2}",
                "{\"hall\":\"A\",\"row\":01}",
                "{\"hall\":\"A\",\"row\":-0}",
                "{\"hall\":\"A\",\"row\":-}",
                "{\"hall\":\"A\",\"row\":}",
                "{\"hall\":\"A\",\"row\":2147483648}",
                "{\"hall\":\"A\",\"row\":-2147483649}",
                "{\"hall\":\"A\",\"row\":99999999999999999999}",
                "{\"hall\":\"A\",\"row\":9223372036854775808}",
                "{\"hall\":1,\"row\":1}",
                "{\"hall\":\"A\\x\",\"row\":1}",
                "{\"hall\":\"A\\u12g4\",\"row\":1}",
                "{\"hall\":\"A\\u123\",\"row\":1}",
                "{\"hall\":\"A\\",
                "{\"hall\":\"A\n\",\"row\":1}",
                "{\"h\\u0061ll\":\"A\",\"row\":1}",
                "{\"Hall\":\"A\",\"row\":1}",
                "",
                "{",
                "null",
                "[]",
                "{}",
            })
    void what_may_be_wrong_is_left_to_Jackson(String json) {
        assertThat(plain(Place.class, "{\"hall\":\"A\",\"row\":1}")).isEqualTo(new Place("A", 1));
        assertThat(plain(Place.class, json)).isNull();
    }

    @Test
    void a_record_that_refuses_its_values_is_left_to_Jackson() throws IOException {
        Everything lucky = event(new Random(1));
        String json = MAPPER.writeValueAsString(lucky);

        String unlucky = json.replaceFirst("\"whole\":-?\\d+", "\"whole\":13");

        assertThat(plain(Everything.class, json)).isEqualTo(lucky);
        assertThat(plain(Everything.class, unlucky)).isNull();
    }

    record Renamed(@JsonProperty("sear") String seat) {}

    record Formatted(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant at) {}

    record Aliased(@JsonAlias("chair") String seat) {}

    @JsonIgnoreProperties("seat")
    record Ignoring(String seat) {}

    @JacksonAnnotationsInside
    @JsonProperty("chair")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Chair {}

    record Bundled(@Chair String seat) {}

    interface Named {
        @JsonProperty("chair")
        String seat();
    }

    record Inheriting(String seat) implements Named {}

    enum Marked {
        @JsonProperty("links")
        LEFT
    }

    record Outer(Renamed inner) {}

    record Turned(Marked side) {}

    record Chain(String link, @Nullable Chain next) {}

    record Pair<T>(T one, T other) {}

    record Paired(Pair<String> pair) {}

    record Sorted(Set<String> names) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Renamed.class,
                Formatted.class,
                Aliased.class,
                Ignoring.class,
                Bundled.class,
                Inheriting.class,
                Outer.class,
                Turned.class,
                Chain.class,
                Paired.class,
                Sorted.class
            })
    void a_type_that_says_more_than_its_components_is_left_to_Jackson(Class<?> type) {
        assertThat(values().of(type)).isNull();
    }

    private static PlainValues values() {
        return new PlainValues(new Deserializers(MAPPER, true));
    }

    private static <T> @Nullable T plain(Class<T> type, String json) {
        return plain(type, json.getBytes(UTF_8));
    }

    private static final Map<Class<?>, PlainValue> PLAIN =
            Map.of(Everything.class, values().of(Everything.class), Place.class, values().of(Place.class));
    private static final byte[] BEFORE = "{\"".getBytes(UTF_8);
    private static final byte[] AFTER = "\"}]".getBytes(UTF_8);

    // In the middle of other JSON, since it has to stop where it ends.
    private static <T> @Nullable T plain(Class<T> type, byte[] json) {
        byte[] all = new byte[BEFORE.length + json.length + AFTER.length];
        System.arraycopy(BEFORE, 0, all, 0, BEFORE.length);
        System.arraycopy(json, 0, all, BEFORE.length, json.length);
        System.arraycopy(AFTER, 0, all, BEFORE.length + json.length, AFTER.length);
        PlainValue value = PLAIN.get(type);
        return type.cast(new PlainJson(all).readAll(value, BEFORE.length, BEFORE.length + json.length));
    }

    private static Everything jackson(String json) throws IOException {
        return jackson(json.getBytes(UTF_8));
    }

    private static Everything jackson(byte[] json) throws IOException {
        try (JsonParser parser = new DistinctNames(READER.createParser(json))) {
            return READER.readValue(parser);
        }
    }

    private static Everything event(Random random) {
        int whole = random.nextBoolean() ? random.nextInt() : 14 + random.nextInt(100);
        return new Everything(
                text(random),
                whole,
                random.nextLong() >> random.nextInt(64),
                fraction(random),
                random.nextBoolean(),
                random.nextBoolean() ? null : random.nextInt() >> random.nextInt(32),
                random.nextBoolean() ? null : random.nextLong() >> random.nextInt(64),
                random.nextBoolean() ? null : fraction(random),
                random.nextBoolean() ? null : random.nextBoolean(),
                random.nextBoolean() ? null : Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000L),
                random.nextBoolean() ? null : Side.values()[random.nextInt(2)],
                random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of(random.nextInt(100)),
                random.nextBoolean() ? null : List.of(text(random), text(random)),
                random.nextBoolean()
                        ? null
                        : random.ints(random.nextInt(4), 0, 9).boxed().toList(),
                random.nextBoolean() ? null : place(random),
                random.nextBoolean() ? null : List.of(place(random), place(random)),
                text(random));
    }

    private static Place place(Random random) {
        return new Place(text(random), random.nextInt(10));
    }

    private static double fraction(Random random) {
        return random.nextBoolean() ? random.nextInt(1_000) / 100.0 - 5 : random.nextGaussian() * 100;
    }

    private static String text(Random random) {
        String[] parts = {
            "a",
            "12345678",
            "é",
            "漢字",
            "\"",
            "\\",
            "/",
            "\n",
            "\t\r\b\f",
            "\u0001",
            "\u007f",
            "\ud83d\ude00",
            "\ud83d",
            "\u2028",
            "{\"a\":1}",
            ","
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(parts[random.nextInt(3) == 0 ? random.nextInt(parts.length) : random.nextInt(2)]);
        }
        return text.toString();
    }

    // One odd thing somewhere, or a few.
    private static String changed(String json, Random random) {
        String[] odd = {
            " ",
            "null",
            "\"",
            "0",
            "-",
            ".5",
            "e3",
            "9999999999",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\\u0041",
            "\\",
            "true",
            "\"text\":\"x\",",
            "\"unknown\":1,",
            "\"RIGHT\"",
            "\"right\"",
            "\uFFFD",
            "\u0000",
            "1"
        };
        List<String> tokens = new ArrayList<>(List.of(json.split("(?<=[,:{}\\[\\]])|(?=[,:{}\\[\\]])")));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(4)) {
                case 0 -> tokens.set(at, odd[random.nextInt(odd.length)]);
                case 1 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.add(at, odd[random.nextInt(odd.length)]);
                default -> tokens.set(at, tokens.get(at) + odd[random.nextInt(odd.length)]);
            }
        }
        return String.join("", tokens);
    }
}
