package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.NewEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundTripTest {

    enum Colour {
        RED,
        GREEN
    }

    record Sub(char letter, @Nullable String text, Optional<Colour> colour) {}

    record Everything(
            boolean truth,
            byte small,
            short medium,
            int number,
            long big,
            float single,
            double real,
            @Nullable BigInteger integer,
            @Nullable BigDecimal decimal,
            @Nullable String text,
            @Nullable Instant time,
            @Nullable Duration took,
            @Nullable LocalDate day,
            @Nullable ZonedDateTime meeting,
            @Nullable UUID id,
            @Nullable List<Sub> subs,
            @Nullable Map<String, BigDecimal> prices) {}

    record Text(String text) {}

    record Digits(BigDecimal decimal, BigInteger integer) {}

    record Real(
            @Nullable Double real,
            @Nullable Float single,
            @Nullable List<Double> list) {}

    record Nested(@Nullable Nested inner) {}

    private final JacksonCodec<Everything> codec = JacksonCodec.builder(Everything.class)
            .type("everything", Everything.class)
            .build();
    private final JacksonCodec<Text> texts =
            JacksonCodec.builder(Text.class).type("text", Text.class).build();

    @Test
    void random_events_come_back_as_they_were() {
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int round = 0; round < 3_000; round++) {
            Everything event = everything(random);
            assertThat(Stored.roundTrip(codec, event))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(event);
            assertThat(codec.encode(event).data())
                    .as("seed %d, round %d", seed, round)
                    .doesNotContain("\n", "\r");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d",
                "\ude00",
                "\ude00\ud83d",
                "\ud83d\ud83d\ude00",
                "\ud83d\ude00",
                "a\ud83d",
                "\\ud83d",
                "\\\ud83d",
                "\u2028\u2029\u0085",
                "\u0000\u0001\u001f\u007f",
                "\"\\/\b\f\n\r\t",
                "",
                "\ufeff\uffff"
            })
    void texts_come_back_char_by_char(String text) {
        assertThat(Stored.roundTrip(texts, new Text(text))).isEqualTo(new Text(text));
    }

    @Test
    void a_text_cut_inside_a_surrogate_pair_joins_again() {
        String whole = "smile \ud83d\ude00!";
        Text first = Stored.roundTrip(texts, new Text(whole.substring(0, 7)));
        Text second = Stored.roundTrip(texts, new Text(whole.substring(7)));

        assertThat(texts.encode(new Text("\ud83d")).data()).isEqualTo("{\"text\":\"\\ud83d\"}");
        assertThat(first.text() + second.text()).isEqualTo(whole);
    }

    @Test
    void half_a_surrogate_pair_in_the_key_of_a_map_is_refused() {
        record Keyed(Map<String, Integer> map) {}
        JacksonCodec<Keyed> keyed =
                JacksonCodec.builder(Keyed.class).type("keyed", Keyed.class).build();
        Keyed whole = new Keyed(Map.of("\ud83d\ude00", 1));

        assertThat(Stored.roundTrip(keyed, whole)).isEqualTo(whole);
        assertThat(keyed.decode(Stored.event("keyed", 1, "{\"map\":{\"\\ud83d\\ude00\":1}}")))
                .containsExactly(whole);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyed.encode(new Keyed(Map.of("\ud83d", 1))))
                .withMessageContaining("map: a name holds half a surrogate pair");
    }

    @Test
    void a_text_of_more_than_20_million_characters_comes_back() {
        Text long20 = new Text("x".repeat(20_000_100));

        assertThat(Stored.roundTrip(texts, long20).equals(long20)).isTrue();
    }

    @Test
    void numbers_of_more_than_1000_digits_come_back() {
        JacksonCodec<Digits> numbers =
                JacksonCodec.builder(Digits.class).type("number", Digits.class).build();
        String digits = "1234567890".repeat(150);

        Digits number = new Digits(new BigDecimal(digits + "." + digits + "0"), new BigInteger(digits));
        Digits scaled = new Digits(new BigDecimal("1E+100000"), BigInteger.ONE.negate());

        assertThat(Stored.roundTrip(numbers, number)).isEqualTo(number);
        assertThat(Stored.roundTrip(numbers, scaled)).isEqualTo(scaled);
    }

    @Test
    void numbers_that_json_does_not_have_are_refused_with_their_path() {
        JacksonCodec<Real> reals =
                JacksonCodec.builder(Real.class).type("real", Real.class).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> reals.encode(new Real(Double.NaN, null, null)))
                .withMessage("An event of type real cannot be written as JSON: real: NaN is no number in JSON. "
                        + "Give it values that JSON has.");
        Stream.of(
                        new Real(Double.POSITIVE_INFINITY, null, null),
                        new Real(null, Float.NEGATIVE_INFINITY, null),
                        new Real(null, null, List.of(Double.NaN)))
                .forEach(real -> assertThatIllegalArgumentException().isThrownBy(() -> reals.encode(real)));
    }

    @Test
    void what_is_nested_too_deeply_to_be_stored_is_refused_at_once() {
        JacksonCodec<Nested> nested =
                JacksonCodec.builder(Nested.class).type("nested", Nested.class).build();

        onAStackOf(16_000_000, () -> {
            NewEvent deep = nested.encode(nested(1_000));
            Nested read = nested.decode(Stored.event(deep)).get(0);

            assertThat(nested.encode(read)).isEqualTo(deep);
            assertThatIllegalArgumentException().isThrownBy(() -> nested.encode(nested(1_500)));
            assertThatIllegalArgumentException().isThrownBy(() -> nested.encode(nested(5_000)));
        });
    }

    @Test
    void what_is_nested_too_deeply_for_a_small_stack_is_undecodable_there() {
        JacksonCodec<Nested> nested =
                JacksonCodec.builder(Nested.class).type("nested", Nested.class).build();
        List<NewEvent> deep = new ArrayList<>();
        onAStackOf(16_000_000, () -> deep.add(nested.encode(nested(1_000))));

        onAStackOf(
                200_000,
                () -> assertThatExceptionOfType(UndecodableEvent.class)
                        .isThrownBy(() -> nested.decode(Stored.event(deep.get(0))))
                        .withMessageContaining("nested too deeply for the stack"));
    }

    private static void onAStackOf(long bytes, Runnable test) {
        FutureTask<Boolean> task = new FutureTask<>(test, true);
        new Thread(null, task, "deep", bytes).start();
        assertThat(task).succeedsWithin(Duration.ofSeconds(60));
    }

    private static Nested nested(int levels) {
        Nested nested = new Nested(null);
        for (int level = 1; level < levels; level++) {
            nested = new Nested(nested);
        }
        return nested;
    }

    private static Everything everything(Random random) {
        return new Everything(
                random.nextBoolean(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                finite(Float.intBitsToFloat(random.nextInt())),
                finite(Double.longBitsToDouble(random.nextLong())),
                orNull(random, () -> new BigInteger(random.nextInt(4_000), random)),
                orNull(random, () -> decimal(random)),
                orNull(random, () -> text(random)),
                orNull(random, () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
                orNull(random, () -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000))),
                orNull(random, () -> LocalDate.ofEpochDay(random.nextInt(4_000_000) - 2_000_000)),
                orNull(random, () -> meeting(random)),
                orNull(random, () -> new UUID(random.nextLong(), random.nextLong())),
                orNull(
                        random,
                        () -> Stream.generate(() -> sub(random))
                                .limit(random.nextInt(4))
                                .toList()),
                orNull(random, () -> prices(random)));
    }

    private static Sub sub(Random random) {
        Optional<Colour> colour = random.nextBoolean() ? Optional.of(Colour.GREEN) : Optional.empty();
        return new Sub((char) random.nextInt(0x10000), orNull(random, () -> text(random)), colour);
    }

    private static Map<String, BigDecimal> prices(Random random) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            prices.put(text(random).replaceAll("[\\ud800-\\udfff]", "\ud83d\ude00"), decimal(random));
        }
        return prices;
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(random.nextInt(2_000), random), random.nextInt(400) - 200);
    }

    private static ZonedDateTime meeting(Random random) {
        String zone = List.of("UTC", "Europe/Berlin", "Z", "+05:30").get(random.nextInt(4));
        return Instant.ofEpochSecond(random.nextInt()).atZone(ZoneId.of(zone));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : -0.0f;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : -0.0;
    }

    private static <T> @Nullable T orNull(Random random, Supplier<T> value) {
        return random.nextInt(5) == 0 ? null : value.get();
    }
}
