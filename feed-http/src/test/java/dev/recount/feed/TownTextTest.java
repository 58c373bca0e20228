package dev.recount.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.subscription.Checkpoint;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cursor of a town as a client holds it: what goes in comes out, it is short, and its sums prove what they should. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TownTextTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private Map<String, RigPlace> places(int count, long least, long most) {
        Map<String, RigPlace> places = new HashMap<>();
        for (int i = 0; i < count; i++) {
            long sequence = least + (long) (random.nextDouble() * (most - least));
            places.put("rig-" + random.nextInt(1_000) + "-" + i, place(sequence));
        }
        return places;
    }

    private RigPlace place(long sequence) {
        return new RigPlace(new Checkpoint("log", sequence), random.nextInt(Integer.MAX_VALUE));
    }

    private static TownPlace at(Map<String, RigPlace> places) {
        return new TownPlace(places::keySet, places);
    }

    private static Map<Long, Long> byNumber(TownText text) {
        Map<Long, Long> sequences = new HashMap<>();
        for (int i = 0; i < text.numbers().length; i++) {
            sequences.put(text.numbers()[i], text.sequences()[i]);
        }
        return sequences;
    }

    private void requireSame(String text, Map<String, RigPlace> places) {
        TownText read = TownText.parse(text);
        Map<Long, Long> sequences = byNumber(read);
        assertThat(sequences).as("seed %d", seed).hasSameSizeAs(places);
        places.forEach((rig, place) -> {
            assertThat(sequences.get(read.rigs().of(rig))).as("seed %d", seed).isEqualTo(place.sequence());
            read.sums().remove(read.rigs().of(rig), place.mark());
        });
        assertThat(read.sums().fit(new long[0])).as("seed %d", seed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 100, 1_000, 3_000})
    void what_goes_in_comes_out_whatever_the_sequences_are(int count) {
        for (long most : new long[] {2, 100, 10_000, 1L << 40, Long.MAX_VALUE / 2}) {
            Map<String, RigPlace> places = places(count, 1, most);

            requireSame(at(places).text(), places);
        }
    }

    @Test
    void a_place_that_moves_and_takes_in_new_rigs_writes_what_one_made_anew_would() {
        Map<String, RigPlace> places = places(50, 1, 1_000);
        TownPlace moving = at(places);
        for (int step = 0; step < 500; step++) {
            String rig = step % 10 == 0
                    ? "new-" + step
                    : places.keySet().stream()
                            .skip(random.nextInt(places.size()))
                            .findFirst()
                            .orElseThrow();
            RigPlace next = place(1 + random.nextInt(100_000));
            places.put(rig, next);
            moving.put(rig, next);

            assertThat(moving.hasMoved()).isTrue();
            assertThat(moving.name()).as("seed %d", seed).isEqualTo(at(places).text());
            assertThat(moving.hasMoved()).isFalse();
        }
        requireSame(moving.text(), places);
    }

    @Test
    void a_rig_without_events_takes_no_room() {
        for (int i = 0; i < 1_000; i++) {
            Map<String, RigPlace> places = places(3, 1, 100);
            int length = at(places).text().length();

            places.put("another", place(0));
            // A byte at most, since the numbers of the others are from a wider range.
            assertThat(at(places).text().length()).as("seed %d", seed).isBetween(length - 2, length + 2);

            places.put("another", place(1));
            assertThat(at(places).text().length()).as("seed %d", seed).isGreaterThan(length + 3);
        }
    }

    @Test
    void no_rig_of_a_large_town_has_the_number_of_one_in_which_the_client_has_read() {
        for (int begun : new int[] {1, 2, 50, 300}) {
            Map<String, RigPlace> all = places(1_000, 0, 1);
            all.keySet().stream().limit(begun).toList().forEach(rig -> all.put(rig, place(7)));
            Map<String, RigPlace> begunOnly = new HashMap<>(all);
            begunOnly.values().removeIf(place -> place.sequence() == 0);
            String text = new TownPlace(all::keySet, begunOnly).text();

            requireSame(text, begunOnly);
            Set<Long> numbers = byNumber(TownText.parse(text)).keySet();
            assertThat(all.keySet())
                    .filteredOn(
                            rig -> numbers.contains(TownText.parse(text).rigs().of(rig)))
                    .containsExactlyInAnyOrderElementsOf(begunOnly.keySet());
        }
    }

    @Test
    void a_thousand_rigs_of_some_thousand_events_each_take_less_than_4_KiB_and_are_safe_in_a_URL() {
        String text = at(places(1_000, 1_000, 10_000)).text();

        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(text.length()).as("seed %d", seed).isLessThan(4_096);
        assertThat(at(places(3, 1_000, 10_000)).text()).hasSizeLessThan(48);
    }

    @Test
    void a_text_that_was_cut_or_made_longer_or_is_none_is_refused() {
        String text = at(places(20, 1, 1_000)).text();
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> TownText.parse(cut)).as(cut).isInstanceOf(IllegalArgumentException.class);
        }
        for (String other : new String[] {text + "AA", "412-9f3ac1", "?", "____", "A".repeat(1 << 21), "AgAA"}) {
            assertThatThrownBy(() -> TownText.parse(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void random_texts_are_refused_or_read_and_never_more() {
        byte[] bytes = new byte[40];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                assertThat(Arrays.stream(TownText.parse(text).sequences()).min().orElse(1))
                        .as(text)
                        .isPositive();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasNoCause();
            }
        }
    }

    @Test
    void sums_tell_the_marks_of_up_to_seven_rigs_and_prove_the_others() {
        for (int unknown = 0; unknown < 8; unknown++) {
            Map<Long, Long> marks = marks(30);
            MarkSums sums = sums(marks);
            long[] places = marks.keySet().stream()
                    .limit(unknown)
                    .mapToLong(place -> place)
                    .toArray();
            Set<Long> asked = new HashSet<>(Arrays.stream(places).boxed().toList());
            marks.forEach((place, mark) -> {
                if (!asked.contains(place)) {
                    sums.remove(place, mark);
                }
            });

            assertThat(sums.fit(places)).as("seed %d", seed).isTrue();
            for (int i = 0; i < unknown; i++) {
                assertThat(sums.markAt(places, i)).as("seed %d", seed).isEqualTo(marks.get(places[i]));
            }
            sums.add(MarkSums.PRIME - 2, 1 + random.nextInt(1_000_000));
            assertThat(sums.fit(places)).as("seed %d", seed).isFalse();
        }
    }

    private Map<Long, Long> marks(int count) {
        Map<Long, Long> marks = new HashMap<>();
        while (marks.size() < count) {
            marks.put(1L + random.nextInt(1 << 20), (long) random.nextInt(Integer.MAX_VALUE));
        }
        return marks;
    }

    private static MarkSums sums(Map<Long, Long> marks) {
        MarkSums sums = MarkSums.empty(8);
        marks.forEach(sums::add);
        return sums;
    }
}
