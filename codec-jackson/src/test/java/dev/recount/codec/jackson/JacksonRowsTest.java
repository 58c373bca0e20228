package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.recount.replay.RowChange;
import dev.recount.replay.StateRows;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JacksonRowsTest {

    enum Kind {
        WINDOW,
        AISLE
    }

    record Details(@Nullable String meal, List<Integer> bags) {}

    record Guest(String name, @JsonUnwrapped Details details, Optional<Instant> since) {}

    record Plane(String name, int seats, Map<String, Guest> guests, Map<Kind, Integer> free) {}

    record Labelled(Set<String> labels, Set<Guest> guests) {}

    record Wrapped(@JsonValue Map<String, Integer> inside) {}

    record Mixed(@JsonUnwrapped Details details, int seats) {}

    record Broken(int number) {

        @Override
        public int number() {
            throw new IllegalStateException("out of order");
        }
    }

    /** Its accessor makes a copy, as that of a class does which keeps its map to itself. */
    record Copied(Map<String, Integer> seats, AtomicInteger copies) {

        @Override
        public Map<String, Integer> seats() {
            copies.incrementAndGet();
            return new TreeMap<>(seats);
        }
    }

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Guest ADA = new Guest("Ada", new Details(null, List.of(1, 2)), Optional.of(NOON));

    @Test
    void the_maps_of_a_state_are_read_once_for_all_its_rows() {
        JacksonRows<Copied> rows = JacksonRows.create();
        AtomicInteger copies = new AtomicInteger();
        Copied one = new Copied(Map.of("12A", 1, "12B", 2), copies);
        Copied equal = new Copied(Map.of("12A", 1, "12B", 2), copies);

        for (String key : rows.keys(one)) {
            assertThat(rows.row(one, key)).isPresent();
        }
        assertThat(copies).hasValue(1);
        assertThat(rows.row(equal, "seats:12B")).contains(Map.of("value", 2));
        assertThat(rows.row(new Copied(Map.of("12B", 3), copies), "seats:12B")).contains(Map.of("value", 3));
        assertThat(rows.row(one, "seats:12B")).contains(Map.of("value", 2));
    }

    @Test
    void a_map_has_a_row_for_each_entry() {
        StateRows<Map<String, Guest>> rows = JacksonRows.create();
        Map<String, Guest> state = Map.of("12A", ADA);

        assertThat(rows.keys(state)).containsExactly("12A");
        Map<String, Object> row =
                new TreeMap<>(Map.of("name", "Ada", "bags", List.of(1, 2), "since", "2026-03-01T12:00:00Z"));
        row.put("meal", null);
        assertThat(rows.row(state, "12A")).contains(row);
        assertThat(rows.row(state, "12B")).isEmpty();
        assertThat(rows.row(Map.of(), "12A")).isEmpty();
    }

    @Test
    void equal_sets_are_the_same_in_whatever_order_they_give_their_elements() {
        StateRows<Map<String, Labelled>> rows = JacksonRows.create();
        Map<String, Labelled> before = Map.of("gt-1", labelled("b", "a", "c"));
        Map<String, Labelled> after = Map.of("gt-1", labelled("c", "b", "a"));

        List<RowChange> changes = rows.changes(before, after);

        assertThat(changes).isEmpty();
        assertThat(rows.row(before, "gt-1"))
                .get()
                .extracting(row -> row.get("labels"))
                .isEqualTo(List.of("a", "b", "c"));
    }

    private static Labelled labelled(String... labels) {
        return new Labelled(new LinkedHashSet<>(List.of(labels)), Set.of(ADA));
    }

    @Test
    void what_is_no_object_has_one_field() {
        StateRows<Map<String, Integer>> rows = JacksonRows.create();

        assertThat(rows.row(Map.of("SeatTaken", 3), "SeatTaken")).contains(Map.of("value", 3));
        assertThat(JacksonRows.row(null)).containsOnlyKeys("value").containsValue(null);
    }

    @Test
    void an_object_has_a_row_for_each_entry_of_its_maps_and_one_for_the_rest() {
        StateRows<Plane> rows = JacksonRows.create();
        Plane plane = new Plane("LX1", 180, Map.of("12A", ADA), Map.of(Kind.AISLE, 7));

        assertThat(rows.keys(plane)).containsExactly("state", "guests:12A", "free:AISLE");
        assertThat(rows.row(plane, "state")).contains(Map.of("name", "LX1", "seats", 180));
        assertThat(rows.row(plane, "guests:12A"))
                .get()
                .extracting(row -> row.get("name"))
                .isEqualTo("Ada");
        assertThat(rows.row(plane, "free:AISLE")).contains(Map.of("value", 7));
        assertThat(rows.row(plane, "free:WINDOW")).isEmpty();
        assertThat(rows.row(plane, "12A")).isEmpty();
    }

    @Test
    void anything_else_is_one_row() {
        assertThat(JacksonRows.create().keys(7)).containsExactly("state");
        assertThat(JacksonRows.create().row(7, "state")).contains(Map.of("value", 7));
        assertThat(JacksonRows.create().row(7, "other")).isEmpty();
        assertThat(JacksonRows.create().row(Optional.of("Ada"), "state")).contains(Map.of("value", "Ada"));
        assertThat(JacksonRows.create().row(List.of(1), "state")).contains(Map.of("value", List.of(1)));
        assertThat(JacksonRows.create().row(new Wrapped(Map.of("a", 1)), "state"))
                .contains(Map.of("a", 1));
        assertThat(JacksonRows.create().row(new Mixed(new Details("soup", List.of()), 2), "state"))
                .contains(Map.of("meal", "soup", "bags", List.of(), "seats", 2));
    }

    @Test
    void keys_of_other_classes_are_found_by_their_text() {
        StateRows<Map<Integer, String>> rows = JacksonRows.create();

        assertThat(rows.keys(Map.of(7, "Ada"))).containsExactly("7");
        assertThat(rows.row(new TreeMap<>(Map.of(7, "Ada")), "7")).contains(Map.of("value", "Ada"));
    }

    @Test
    void rows_are_compared_by_what_they_say() {
        StateRows<Map<String, Object>> rows = JacksonRows.create();
        Map<String, Object> before = Map.of("1", Map.of("n", 1), "2", ADA);
        Map<String, Object> after = Map.of(
                "1", Map.of("n", 1.0), "2", new Guest("Ada", new Details("soup", List.of(1, 2)), Optional.of(NOON)));

        assertThat(rows.changes(before, after))
                .containsExactly(
                        new RowChange("2", RowChange.Kind.CHANGED, List.of(new RowChange.Field("meal", null, "soup"))));
        assertThat(JacksonRows.row(ADA)).isEqualTo(JacksonRows.row(ADA)).hasSameHashCodeAs(JacksonRows.row(ADA));
    }

    @Test
    void what_jackson_cannot_write_is_told() {
        StateRows<Map<String, Object>> rows = JacksonRows.create();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        rows.row(Map.of("1", new Broken(1)), "1").orElseThrow().size())
                .withMessageContaining("cannot be written as rows")
                .withMessageEndingWith("Let Jackson write it, or give its rows by functions.");
    }
}
