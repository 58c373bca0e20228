package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateRowsTest {

    private record Guest(String name, int bags, @Nullable String meal) {}

    private static final StateRows<Map<String, Guest>> GUESTS = StateRows.ofMap(Function.identity(), Guest.class);
    private static final StateRows<Map<String, Object>> VALUES =
            StateRows.of(Map::keySet, (map, key) -> Collections.singletonMap("value", map.get(key)));

    @Test
    void a_map_of_records_has_a_row_for_each_entry_and_a_field_for_each_component() {
        Map<String, Guest> seats = Map.of("12A", new Guest("Ada", 2, null));

        Map<String, Object> row = new HashMap<>();
        row.put("name", "Ada");
        row.put("bags", 2);
        row.put("meal", null);
        assertThat(GUESTS.keys(seats)).containsExactly("12A");
        assertThat(GUESTS.row(seats, "12A")).contains(row);
        assertThat(GUESTS.row(seats, "12B")).isEmpty();
    }

    @Test
    void records_that_nobody_may_read_are_refused_with_the_line_to_add(@TempDir Path folder) throws Exception {
        Class<? extends Record> closed = closedRecord(folder);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateRows.ofMap(state -> Map.of(), closed))
                .withMessageContaining("Module secret does not let the components of secret.box.Gem be read")
                .withMessageContaining("Add to its module-info: opens secret.box");
    }

    @Test
    void two_tables_are_one_and_may_have_keys_of_their_own() {
        StateRows<Map<String, Guest>> both = GUESTS.and(GUESTS.prefixed("guest:"));
        Map<String, Guest> seats = Map.of("12A", new Guest("Ada", 2, null));

        assertThat(both.keys(seats)).containsExactlyInAnyOrder("12A", "guest:12A");
        assertThat(both.row(seats, "guest:12A"))
                .isEqualTo(both.row(seats, "12A"))
                .isPresent();
        assertThat(both.row(seats, "guest:")).isEmpty();
        assertThat(both.row(seats, "agent:12A")).isEmpty();
    }

    @Test
    void changes_tell_each_row_and_field_in_the_order_of_the_keys() {
        Map<String, Guest> before = Map.of(
                "3", new Guest("Cid", 0, null), "1", new Guest("Ada", 1, "soup"), "2", new Guest("Bob", 0, null));
        Map<String, Guest> after =
                Map.of("1", new Guest("Ada", 2, null), "2", new Guest("Bob", 0, null), "4", new Guest("Eve", 0, null));

        assertThat(GUESTS.changes(before, after))
                .containsExactly(
                        new RowChange(
                                "1",
                                RowChange.Kind.CHANGED,
                                List.of(new RowChange.Field("bags", 1, 2), new RowChange.Field("meal", "soup", null))),
                        new RowChange(
                                "3",
                                RowChange.Kind.REMOVED,
                                List.of(
                                        new RowChange.Field("name", "Cid", null),
                                        new RowChange.Field("bags", 0, null))),
                        new RowChange(
                                "4",
                                RowChange.Kind.ADDED,
                                List.of(
                                        new RowChange.Field("name", null, "Eve"),
                                        new RowChange.Field("bags", null, 0))));
        assertThat(GUESTS.changes(before, before)).isEmpty();
    }

    @Test
    void a_change_reads_as_a_line() {
        assertThat(GUESTS.changes(Map.of("1", new Guest("Ada", 1, null)), Map.of("1", new Guest("Ada", 2, null))))
                .singleElement()
                .hasToString("1 changed in [bags: 1 -> 2]");
    }

    @Test
    void numbers_are_compared_by_what_they_are_worth_also_inside_of_lists_and_maps() {
        assertThat(isSame(1, 1.0)).isTrue();
        assertThat(isSame(1L, new BigDecimal("1.00"))).isTrue();
        assertThat(isSame(List.of(1, Map.of("a", 2)), List.of(1L, Map.of("a", 2.0))))
                .isTrue();
        assertThat(isSame(Double.NaN, Double.NaN)).isTrue();
        assertThat(isSame(1, 1.1)).isFalse();
        assertThat(isSame(1, Double.POSITIVE_INFINITY)).isFalse();
        assertThat(isSame(1, "1")).isFalse();
        assertThat(isSame(List.of(1), List.of(1, 1))).isFalse();
        assertThat(isSame(Map.of("a", 1), Map.of("b", 1))).isFalse();
        assertThat(isSame(Arrays.asList(1, null), Arrays.asList(1, 2))).isFalse();
    }

    @Test
    void a_field_that_a_row_lacks_counts_as_null() {
        StateRows<Map<String, Object>> bare = StateRows.of(map -> Set.of("row"), (map, key) -> map);

        assertThat(bare.changes(Map.of(), Collections.singletonMap("a", null))).isEmpty();
    }

    private static boolean isSame(Object one, Object other) {
        return VALUES.changes(Map.of("k", one), Map.of("k", other)).isEmpty();
    }

    // Of a module that exports and opens nothing, compiled here.
    private static Class<? extends Record> closedRecord(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("secret/box"));
        Files.writeString(folder.resolve("module-info.java"), "module secret {}");
        Files.writeString(
                folder.resolve("secret/box/Gem.java"), "package secret.box; public record Gem(int carats) {}");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        folder.resolve("module-info.java").toString(),
                        folder.resolve("secret/box/Gem.java").toString());
        assertThat(status).isZero();
        Configuration found = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("secret"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(found, null)
                .findLoader("secret")
                .loadClass("secret.box.Gem")
                .asSubclass(Record.class);
    }
}
