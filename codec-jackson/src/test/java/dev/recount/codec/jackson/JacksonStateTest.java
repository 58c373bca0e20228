package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.snapshot.StateCodec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JacksonStateTest {

    enum Status {
        OPEN,
        CLOSED
    }

    record Bead(
            String title,
            Status status,
            Optional<String> assignee,
            Instant created,
            @Nullable String note) {}

    record Town(Map<String, Bead> beads, Map<Status, List<String>> byStatus, Set<String> labels, double load) {}

    record Beads(Map<String, Bead> beads) {}

    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    abstract static class Model<S> implements Projector<S, String> {

        @Override
        public S project(S state, String event) {
            return state;
        }
    }

    static final class BeadsById extends Model<Map<String, Bead>> {

        @Override
        public Map<String, Bead> initialState() {
            return Map.of();
        }
    }

    static final class Guest extends Model<Optional<String>> implements Decider<String, Optional<String>, String> {

        @Override
        public Optional<String> initialState() {
            return Optional.empty();
        }

        @Override
        public List<String> decide(String command, Optional<String> state) {
            return List.of();
        }
    }

    static final class ShapesById extends Model<Map<String, Shape>> {

        @Override
        public Map<String, Shape> initialState() {
            return Map.of();
        }
    }

    private static final Bead BEAD = new Bead("A", Status.OPEN, Optional.of("toast"), Instant.EPOCH, null);

    @Test
    void random_states_come_back_as_they_were_and_in_their_order() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StateCodec<Town> codec = JacksonState.of(Town.class);

        for (int round = 0; round < 500; round++) {
            Town town = town(random);

            Town read = codec.decode(codec.encode(town));

            assertThat(read).as("seed %s round %s", seed, round).isEqualTo(town);
            assertThat(read.beads().keySet())
                    .as("seed %s round %s", seed, round)
                    .containsExactlyElementsOf(town.beads().keySet());
            assertThat(read.labels()).as("seed %s round %s", seed, round).containsExactlyElementsOf(town.labels());
        }
    }

    @Test
    void the_states_of_a_projector_need_no_class_of_their_own() {
        StateCodec<Map<String, Bead>> codec = JacksonState.of(new BeadsById());
        Map<String, Bead> beads = Map.of("gt-1", BEAD);

        assertThat(codec.decode(codec.encode(beads))).isEqualTo(beads);
    }

    @Test
    void an_optional_state_of_a_decider_comes_back_empty_and_full() {
        StateCodec<Optional<String>> codec = JacksonState.of(new Guest());

        assertThat(codec.decode(codec.encode(Optional.empty()))).isEmpty();
        assertThat(codec.decode(codec.encode(Optional.of("Ada")))).contains("Ada");
    }

    @Test
    void numbers_texts_and_records_are_states_too() {
        assertThat(JacksonState.of(Integer.class).decode("7")).isEqualTo(7);
        assertThat(JacksonState.of(String.class).encode("half \ud83d, whole 😀"))
                .isEqualTo("\"half \\ud83d, whole 😀\"");
        assertThat(JacksonState.of(BigDecimal.class).decode("1.10")).isEqualTo(new BigDecimal("1.10"));
        assertThat(JacksonState.of(Beads.class).decode(beads(""))).isEqualTo(new Beads(Map.of("gt-1", BEAD)));
    }

    @Test
    void a_class_that_has_one_more_component_than_the_text_is_noticed() {
        refuses(beads("").replace(",\"note\":null", ""), "beads.gt-1", "note");
        refuses("{}", "beads");
    }

    @Test
    void a_class_that_has_one_component_less_than_the_text_is_noticed() {
        refuses(beads(",\"priority\":\"high\""), "priority");
    }

    @Test
    void what_is_not_such_a_state_is_refused() {
        refuses("", "No content");
        refuses("null", "it is null");
        refuses("[]", "Cannot deserialize");
        refuses(beads("") + "x", "Unrecognized token");
        refuses(beads("").replace("OPEN", "SOLD"), "SOLD");
        refuses(beads("").replace("\"gt-1\"", "\"gt-1\":null,\"gt-1\""), "Duplicate field 'gt-1'");
        refuses(beads("").substring(0, 30), "end");
    }

    @Test
    void what_json_does_not_have_is_refused_when_written() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(Circle.class).encode(new Circle(Double.NaN)))
                .withMessageContaining("NaN is no number in JSON");
    }

    @Test
    void a_state_that_could_not_be_read_back_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(Shape.class))
                .withMessageContaining("its values may be of other classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(new ShapesById()))
                .withMessageContaining("Shape could not be read back from JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(Map.class))
                .withMessageContaining("could not be read back from JSON");
    }

    @Test
    void a_projector_made_of_lambdas_has_to_name_its_states_class() {
        Projector<Map<String, Bead>, String> lambdas = Projector.startingWith(Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(lambdas))
                .withMessageContaining("does not say of which class its states are")
                .withMessageContaining("put the state into a record");
    }

    @Test
    void a_state_of_twenty_megabytes_comes_back() {
        Map<String, Bead> beads = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            beads.put("gt-" + i, BEAD);
        }
        StateCodec<Beads> codec = JacksonState.of(Beads.class);

        String text = codec.encode(new Beads(beads));

        assertThat(text.length()).isGreaterThan(20_000_000);
        assertThat(codec.decode(text).beads()).hasSize(200_000).containsEntry("gt-199999", BEAD);
    }

    private static String beads(String more) {
        return "{\"beads\":{\"gt-1\":{\"title\":\"A\",\"status\":\"OPEN\",\"assignee\":\"toast\","
                + "\"created\":\"1970-01-01T00:00:00Z\",\"note\":null" + more + "}}}";
    }

    private static void refuses(String text, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JacksonState.of(Beads.class).decode(text))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("This text is not that of a state of type")
                        .contains(parts)
                        .doesNotContain("com.fasterxml"));
    }

    private static Town town(Random random) {
        Map<String, Bead> beads = new LinkedHashMap<>();
        Set<String> labels = new LinkedHashSet<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            beads.put("gt-" + random.nextInt(1_000), bead(random));
            labels.add("label " + random.nextInt(1_000));
        }
        Map<Status, List<String>> byStatus = new TreeMap<>();
        byStatus.put(Status.CLOSED, new ArrayList<>(beads.keySet()));
        return new Town(beads, byStatus, Collections.unmodifiableSet(labels), random.nextDouble());
    }

    private static Bead bead(Random random) {
        return new Bead(
                "title \"" + (char) random.nextInt(0xd800),
                Status.values()[random.nextInt(2)],
                random.nextBoolean() ? Optional.empty() : Optional.of("agent " + random.nextInt()),
                Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000)),
                random.nextBoolean() ? null : "note");
    }
}
