package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JsonObjectTest {

    private final JsonObject seat = JsonObject.parse(
            "{\"chair\":\"A1\",\"price\":1.10,\"free\":true,\"guest\":{\"name\":\"Ann\"},\"tags\":[1,null,{}],\"note\":null}");

    @Test
    void shows_values_by_their_type() {
        assertThat(seat.text("chair")).contains("A1");
        assertThat(seat.number("price")).contains(new BigDecimal("1.10"));
        assertThat(seat.truth("free")).contains(true);
        assertThat(seat.object("guest").flatMap(guest -> guest.text("name"))).contains("Ann");
        assertThat(seat.list("tags")).containsExactly(BigDecimal.ONE, null, JsonObject.empty());
    }

    @Test
    void tells_a_null_field_from_a_missing_one() {
        assertThat(seat.has("note")).isTrue();
        assertThat(seat.get("note")).isEmpty();
        assertThat(seat.has("other")).isFalse();
        assertThat(seat.list("other")).isEmpty();
    }

    @Test
    void refuses_to_show_a_value_as_another_type() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seat.number("chair"))
                .withMessage("Field chair holds no BigDecimal but a String. Look at it with get.");
    }

    @Test
    void changes_make_new_objects_and_keep_the_order() {
        JsonObject changed = seat.renamed("chair", "seat")
                .without("tags")
                .with("free", null)
                .with("row", 4)
                .withObject("guest", guest -> guest.with("vip", true));

        assertThat(changed)
                .hasToString("{\"seat\":\"A1\",\"price\":1.10,\"free\":null,\"guest\":{\"name\":\"Ann\",\"vip\":true},"
                        + "\"note\":null,\"row\":4}");
        assertThat(seat.has("chair")).isTrue();
    }

    @Test
    void renaming_onto_another_field_is_refused_and_of_a_missing_one_does_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> seat.renamed("chair", "price"));
        assertThat(seat.renamed("missing", "price")).isSameAs(seat);
    }

    @Test
    void takes_all_finite_numbers_and_collections_of_values() {
        JsonObject object = JsonObject.empty()
                .with("int", 5)
                .with("long", Long.MAX_VALUE)
                .with("double", 0.1)
                .with("integer", BigInteger.TEN.pow(30))
                .with("decimal", new BigDecimal("1E+3"))
                .with("list", Arrays.asList("a", null, 1.50f));

        assertThat(object)
                .hasToString("{\"int\":5,\"long\":9223372036854775807,\"double\":0.1,\"integer\":1" + "0".repeat(30)
                        + ",\"decimal\":1E+3,\"list\":[\"a\",null,1.5]}");
        assertThat(JsonObject.parse(object.toString())).isEqualTo(object).hasSameHashCodeAs(object);
    }

    @Test
    void refuses_values_that_json_does_not_have() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seat.with("x", Double.NaN))
                .withMessageContaining("NaN is no number in JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seat.with("x", new Object()))
                .withMessageContaining("java.lang.Object has no form in JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":", "{\"a\":NaN}", "{\"a\":[1}"})
    void refuses_texts_that_are_not_one_object(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse(json));
    }
}
