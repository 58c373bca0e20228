package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupportedComponentsTest {

    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    record Pair<A, B>(A first, B second) {}

    record Tree(String name, List<Tree> branches) {}

    static class OpenClass {}

    static final class ReadOnly {

        public String getText() {
            return "";
        }
    }

    record Deep(Map<String, List<Circle>> circles, Pair<String, Integer> pair, Optional<Circle> maybe, Tree tree) {}

    @Test
    void records_in_collections_maps_optionals_and_generic_records_round_trip() {
        Deep deep = new Deep(
                Map.of("a", List.of(new Circle(1.5))),
                new Pair<>("x", 1),
                Optional.of(new Circle(2)),
                new Tree("root", List.of(new Tree("leaf", List.of()))));

        Deep read = Stored.roundTrip(codec(Deep.class), deep);

        assertThat(read).isEqualTo(deep);
        assertThat(read.circles().get("a").get(0)).isInstanceOf(Circle.class);
    }

    @Test
    void nulls_inside_lists_and_maps_are_kept() {
        record Holes(List<String> list, Map<String, Integer> map) {}
        Map<String, Integer> map = new HashMap<>();
        map.put("none", null);
        Holes holes = new Holes(Arrays.asList("a", null), map);

        assertThat(Stored.roundTrip(codec(Holes.class), holes)).isEqualTo(holes);
    }

    @Test
    void a_sealed_interface_inside_an_event_is_refused() {
        record Drawn(List<Shape> shapes) {}

        assertRefused(Drawn.class, "Drawn.shapes", "Shape", "its values may be of other classes");
    }

    @Test
    void object_and_raw_and_open_and_number_components_are_refused() {
        record Anything(Object value) {}
        record Wild(List<?> values) {}
        record AnyNumber(Number number) {}
        record Open(OpenClass value) {}

        assertRefused(Anything.class, "Anything.value");
        assertRefused(Wild.class, "Wild.values");
        assertRefused(AnyNumber.class, "AnyNumber.number");
        assertRefused(Open.class, "Open.value");
    }

    @Test
    void an_optional_in_an_optional_is_refused() {
        record Twice(Optional<Optional<String>> value) {}

        assertRefused(Twice.class, "an empty one inside would be lost");
    }

    @Test
    void a_class_that_can_only_be_written_is_refused() {
        record WithReadOnly(ReadOnly value) {}

        assertRefused(WithReadOnly.class, "WithReadOnly.value", "can be written only");
    }

    @Test
    void a_record_as_a_key_of_a_map_is_refused() {
        record ByCircle(Map<Circle, String> names) {}

        assertRefused(ByCircle.class, "cannot be read from JSON");
    }

    private static <T> JacksonCodec<T> codec(Class<T> eventClass) {
        return JacksonCodec.builder(eventClass).type("event", eventClass).build();
    }

    private static void assertRefused(Class<?> eventClass, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec(eventClass))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("com.fasterxml"));
    }
}
