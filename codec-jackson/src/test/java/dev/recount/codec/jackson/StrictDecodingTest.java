package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.codec.UndecodableEvent;
import dev.recount.codec.jackson.SeatEvent.SeatTaken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrictDecodingTest {

    enum Colour {
        RED,
        GREEN
    }

    record Item(int count, List<Item> items) {}

    record Values(
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable Byte small,
            @Nullable Double real,
            @Nullable Float single,
            @Nullable Boolean truth,
            @Nullable String text,
            @Nullable Colour colour,
            @Nullable Instant time,
            @Nullable UUID id,
            @Nullable BigDecimal decimal,
            @Nullable BigInteger integer,
            @Nullable Item item) {}

    private final JacksonCodec<Values> codec =
            JacksonCodec.builder(Values.class).type("values", Values.class).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"number\":\"5\"} | number",
                "{\"number\":\"\"} | number",
                "{\"number\":1.0} | number",
                "{\"number\":2147483648} | number",
                "{\"number\":true} | number",
                "{\"big\":9223372036854775808} | big",
                "{\"big\":1e3} | big",
                "{\"small\":200} | small",
                "{\"real\":1e400} | real",
                "{\"real\":9007199254740993} | real",
                "{\"single\":16777217} | single",
                "{\"real\":\"NaN\"} | real",
                "{\"real\":\"1.5\"} | real",
                "{\"single\":1e39} | single",
                "{\"truth\":1} | truth",
                "{\"truth\":\"true\"} | truth",
                "{\"text\":5} | text",
                "{\"text\":1.5} | text",
                "{\"text\":true} | text",
                "{\"text\":{}} | text",
                "{\"colour\":0} | colour",
                "{\"colour\":\"BLUE\"} | colour",
                "{\"colour\":\"\"} | colour",
                "{\"time\":\"yesterday\"} | time",
                "{\"time\":\"\"} | time",
                "{\"id\":\"\"} | id",
                "{\"decimal\":\"1.5\"} | decimal",
                "{\"integer\":1.5} | integer",
                "{\"item\":{\"count\":null}} | item.count",
                "{\"item\":{}} | item.count",
                "{\"item\":{\"count\":1,\"items\":[{\"count\":1},{\"count\":\"x\"}]}} | item.items[1].count"
            })
    void a_value_that_does_not_fit_is_refused_with_its_path(String json, String path) {
        assertThatThrownBy(() -> decode(json)).isInstanceOfSatisfying(UndecodableEvent.class, e -> {
            assertThat(e.sequence()).isEqualTo(7);
            assertThat(e.type()).isEqualTo("values");
            assertThat(e.isUnknownType()).isFalse();
            assertThat(e.getMessage())
                    .startsWith("Event 7 of type values version 1 cannot be decoded: " + path + ": ")
                    .doesNotContain("com.fasterxml", "Feature", "CoercionConfig", "\n")
                    .hasSizeLessThan(450);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"number\":1,\"number\":2}",
                "{\"number\":1} {}",
                "{\"number\":1}]",
                "{\"number\":1",
                "{number:1}",
                "{\"real\":NaN}",
                "[]",
                "5",
                "\"text\"",
                "null",
                ""
            })
    void what_is_not_one_object_with_each_field_once_is_refused(String json) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(UndecodableEvent.class)
                .message()
                .startsWith("Event 7 of type values version 1 cannot be decoded: ")
                .doesNotContain("com.fasterxml", "Feature", "\n");
    }

    @Test
    void an_integer_that_a_double_holds_in_full_is_one() {
        assertThat(decode("{\"real\":9007199254740992}").real()).isEqualTo(9007199254740992.0);
        assertThat(decode("{\"single\":5}").single()).isEqualTo(5f);
    }

    @Test
    void a_text_alone_is_no_record_of_one_text() {
        record One(String value) {}
        JacksonCodec<One> one =
                JacksonCodec.builder(One.class).type("one", One.class).build();

        assertThatThrownBy(() -> one.decode(Stored.event("one", 1, "\"text\""))).isInstanceOf(UndecodableEvent.class);
    }

    @Test
    void a_reason_stays_short_whatever_the_value() {
        String json = "{\"colour\":\"" + "x".repeat(100_000) + "\"}";

        assertThatThrownBy(() -> decode(json)).message().hasSizeLessThan(450);
    }

    @Test
    void unknown_fields_are_ignored_and_missing_ones_are_null() {
        assertThat(decode("{\"added\":{\"later\":[1]},\"number\":5}").number()).isEqualTo(5);
        assertThat(decode("{}").text()).isNull();
    }

    @Test
    void a_constructor_that_refuses_gives_its_own_reason() {
        JacksonCodec<SeatEvent> seats = JacksonCodec.of(SeatEvent.class);

        assertThatThrownBy(() -> seats.decode(Stored.event("seat.taken", 3, "{\"guest\":\"Ann\"}")))
                .hasMessage("Event 7 of type seat.taken version 3 cannot be decoded: A seat needs a name. "
                        + "Register an upcaster for this version.");
    }

    @Test
    void an_unknown_type_is_told_apart() {
        assertThatThrownBy(() -> codec.decode(Stored.event("other", 1, "{}")))
                .isInstanceOfSatisfying(
                        UndecodableEvent.class,
                        e -> assertThat(e.isUnknownType()).isTrue());
    }

    @Test
    void an_alias_is_read_as_its_current_name() {
        JacksonCodec<SeatEvent> seats = JacksonCodec.of(SeatEvent.class);

        assertThat(seats.decode(Stored.event("chair.taken", 1, "{\"seat\":\"A1\"}")))
                .containsExactly(new SeatTaken("A1", null));
    }

    @Test
    void a_newer_version_than_the_program_knows_is_refused() {
        JacksonCodec<SeatEvent> seats = JacksonCodec.of(SeatEvent.class);

        assertThatThrownBy(() -> seats.decode(Stored.event("seat.taken", 4, "{\"seat\":\"A1\"}")))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessage(
                        "Event 7 of type seat.taken version 4 cannot be decoded: seat.taken version 4 is newer than "
                                + "version 3, the newest that this program knows. Update the program.");
    }

    private Values decode(String json) {
        return codec.decode(Stored.event("values", 1, json)).get(0);
    }
}
