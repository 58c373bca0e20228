package dev.recount.examples.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangesTest {

    private final HashMap<String, Integer> before = HashMap.of("a", 1, "b", 2);
    private final Changes<String, Integer> changes = new Changes<>(before);

    @Test
    void reads_the_map_before_as_the_batch_has_left_it() {
        changes.put("a", 10);
        changes.remove("b");
        changes.put("c", 3);

        assertThat(changes.get("a")).contains(10);
        assertThat(changes.get("b")).isEmpty();
        assertThat(changes.get("c")).contains(3);
        assertThat(changes.get("d")).isEmpty();
    }

    @Test
    void closing_leaves_the_map_before_as_it_was() {
        changes.put("a", 10);
        changes.remove("b");

        assertThat(changes.close()).isEqualTo(HashMap.of("a", 10));
        assertThat(before).isEqualTo(HashMap.of("a", 1, "b", 2));
    }

    @Test
    void without_a_change_closes_to_the_map_itself() {
        changes.change("a", known -> known);
        changes.change("d", known -> Optional.empty());

        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.close()).isSameAs(before);
    }

    @Test
    void what_comes_and_goes_within_a_batch_leaves_no_trace() {
        changes.put("c", 3);
        changes.remove("c");

        assertThat(changes.close()).isSameAs(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_batches_do_what_a_plain_map_does(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> plain = new TreeMap<>();
        HashMap<String, Integer> map = HashMap.empty();
        for (int batch = 0; batch < 200; batch++) {
            Changes<String, Integer> batched = new Changes<>(map);
            for (int i = random.nextInt(8); i > 0; i--) {
                change("k" + random.nextInt(12), random.nextInt(9), batched, plain);
            }
            map = batched.close();

            assertThat(map.toJavaMap()).as("seed %d, batch %d", seed, batch).isEqualTo(plain);
        }
    }

    private static void change(String key, int value, Changes<String, Integer> batched, Map<String, Integer> plain) {
        if (value == 0) {
            batched.remove(key);
            plain.remove(key);
        } else if (value < 4) {
            batched.change(key, known -> known.map(number -> number + value));
            plain.computeIfPresent(key, (same, number) -> number + value);
        } else {
            batched.put(key, value);
            plain.put(key, value);
        }
    }
}
