package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.codec.UndecodableEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpcasterTest {

    interface Change {}

    record Taken(
            String seat, @Nullable String guest, @Nullable BigDecimal price) implements Change {}

    record Freed(String seat) implements Change {}

    record Measured(BigDecimal decimal, BigInteger integer, double real) implements Change {}

    private static JacksonCodecBuilder<Change> builder() {
        return JacksonCodec.builder(Change.class)
                .type(EventMapping.of("taken", Taken.class).withAliases("sat").withVersion(4))
                .type("freed", Freed.class);
    }

    @Nested
    class Decode {

        @Test
        void leads_an_old_event_through_every_later_step() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 1, Upcaster.ofData(json -> json.renamed("chair", "place")))
                    .upcaster("taken", 2, Upcaster.ofData(json -> json.renamed("place", "seat")))
                    .upcaster("taken", 3, Upcaster.ofData(json -> json.with("guest", "Ann")))
                    .build();

            assertThat(codec.decode(Stored.event("taken", 1, "{\"chair\":\"A1\"}")))
                    .containsExactly(new Taken("A1", "Ann", null));
            assertThat(codec.decode(Stored.event("taken", 3, "{\"seat\":\"A1\"}")))
                    .containsExactly(new Taken("A1", "Ann", null));
        }

        @Test
        void reads_a_version_without_an_upcaster_as_it_is() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 3, Upcaster.ofData(json -> json.with("guest", "Ann")))
                    .build();

            assertThat(codec.decode(Stored.event("taken", 1, "{\"seat\":\"A1\"}")))
                    .containsExactly(new Taken("A1", "Ann", null));
        }

        @Test
        void leaves_events_of_todays_version_alone() {
            JacksonCodec<Change> codec =
                    builder().upcaster("taken", 3, Upcaster.dropping()).build();

            assertThat(codec.decode(Stored.event("taken", 4, "{\"seat\":\"A1\"}")))
                    .containsExactly(new Taken("A1", null, null));
        }

        @Test
        void takes_aliases_on_both_sides_for_the_type_itself() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("sat", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                    .build();

            assertThat(codec.decode(Stored.event("taken", 1, "{\"chair\":\"A1\"}")))
                    .containsExactly(new Taken("A1", null, null));
            assertThat(codec.decode(Stored.event("sat", 1, "{\"chair\":\"A1\"}")))
                    .containsExactly(new Taken("A1", null, null));
        }

        @Test
        void gives_several_events_of_other_types_through_their_own_upcasters() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("moved", 1, UpcasterTest::split, "freed", "taken")
                    .upcaster("taken", 2, Upcaster.ofData(json -> json.with("guest", "Ann")))
                    .build();

            assertThat(codec.decode(Stored.event("moved", 1, "{\"from\":\"A1\",\"to\":\"B2\"}")))
                    .containsExactly(new Freed("A1"), new Taken("B2", "Ann", null));
        }

        @Test
        void gives_no_event_where_it_is_dropped() {
            JacksonCodec<Change> codec =
                    builder().upcaster("coughed", 1, Upcaster.dropping()).build();

            assertThat(codec.decode(Stored.event("coughed", 1, "{}"))).isEmpty();
        }

        @Test
        void shows_the_stored_event_to_the_upcaster() {
            JacksonCodec<Change> codec = builder()
                    .upcaster(
                            "taken",
                            1,
                            event -> List.of(event.withData(event.data()
                                    .with("guest", event.stored().storedAt().toString()))))
                    .build();

            assertThat(codec.decode(Stored.event("taken", 1, "{\"seat\":\"A1\"}")))
                    .containsExactly(new Taken("A1", "2026-03-03T10:00:00Z", null));
        }

        @Test
        void keeps_every_digit_and_sign_of_numbers() {
            JacksonCodec<Change> codec = JacksonCodec.builder(Change.class)
                    .type(EventMapping.of("measured", Measured.class).withVersion(2))
                    .upcaster("measured", 1, Upcaster.ofData(json -> json.without("old")))
                    .build();
            String integer = "123456789".repeat(200);
            String decimal = "0." + "123456789".repeat(200) + "00";
            String json = "{\"old\":1,\"decimal\":" + decimal + ",\"integer\":" + integer + ",\"real\":-0.0}";

            assertThat(codec.decode(Stored.event("measured", 1, json)))
                    .containsExactly(new Measured(new BigDecimal(decimal), new BigInteger(integer), -0.0));
        }

        @Test
        void keeps_texts_with_half_a_surrogate_pair() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                    .build();

            assertThat(codec.decode(Stored.event("taken", 1, "{\"chair\":\"\\ud83d\"}")))
                    .containsExactly(new Taken("\ud83d", null, null));
        }
    }

    @Nested
    class Refusals {

        @Test
        void an_upcaster_that_fails_makes_the_event_undecodable() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 1, event -> {
                        throw new IllegalStateException("no seat\nat all");
                    })
                    .build();

            assertUndecodable(codec, "taken", "{}", "its upcaster of taken from version 1 failed: no seat at all");
        }

        @Test
        void data_that_is_no_object_makes_the_event_undecodable() {
            JacksonCodec<Change> codec =
                    builder().upcaster("taken", 1, Upcaster.dropping()).build();

            assertUndecodable(codec, "taken", "[1]", "its data is not one JSON object");
            assertUndecodable(codec, "taken", "{\"a\":1,\"a\":2}", "its data is not one JSON object");
        }

        @Test
        void a_result_of_a_type_that_was_not_named_is_refused() {
            JacksonCodec<Change> codec =
                    builder().upcaster("moved", 1, UpcasterTest::split, "taken").build();

            assertUndecodable(
                    codec, "moved", "{\"from\":\"A1\",\"to\":\"B2\"}", "gave freed version 1, which is neither");
        }

        @Test
        void a_result_of_an_older_version_is_refused_instead_of_running_for_ever() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 2, event -> List.of(event.as("taken", 1)))
                    .build();

            assertUndecodable(codec, "taken", "{}", "gave taken version 1, which is neither a newer version");
        }

        @Test
        void a_result_of_a_newer_version_than_the_class_has_is_refused() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("taken", 1, event -> List.of(event.as("taken", 9)))
                    .build();

            assertUndecodable(codec, "taken", "{}", "taken version 9 is newer than version 4");
        }

        @Test
        void a_type_without_class_or_later_step_is_refused() {
            JacksonCodec<Change> codec =
                    builder().upcaster("gone", 1, Upcaster.ofData(json -> json)).build();

            assertUndecodable(codec, "gone", "{}", "it leads to gone version 2, for which there is no class");
        }

        private void assertUndecodable(JacksonCodec<Change> codec, String type, String data, String reason) {
            assertThatThrownBy(() -> codec.decode(Stored.event(type, 1, data)))
                    .isInstanceOf(UndecodableEvent.class)
                    .hasMessageContaining("Event 7 of type " + type)
                    .hasMessageContaining(reason);
        }
    }

    @Nested
    class Types {

        @Test
        void name_also_those_that_lead_to_the_class() {
            JacksonCodec<Change> codec = builder()
                    .upcaster("shifted", 1, Upcaster.dropping(), "moved")
                    .upcaster("moved", 1, UpcasterTest::split, "freed", "sat")
                    .build();

            assertThat(codec.types(Freed.class)).containsExactlyInAnyOrder("freed", "moved", "shifted");
            assertThat(codec.types(Taken.class)).containsExactlyInAnyOrder("taken", "sat", "moved", "shifted");
        }
    }

    @Nested
    class Build {

        @Test
        void refuses_circles_between_types() {
            assertRefused(
                    builder().upcaster("a", 1, Upcaster.dropping(), "b").upcaster("b", 1, Upcaster.dropping(), "a"),
                    "leads in a circle back to ");
        }

        @Test
        void refuses_two_upcasters_for_one_version() {
            assertRefused(
                    builder().upcaster("taken", 1, Upcaster.dropping()).upcaster("sat", 1, Upcaster.dropping()),
                    "There are two upcasters of taken from version 1");
        }

        @Test
        void refuses_an_upcaster_beyond_the_version_of_the_class() {
            assertRefused(
                    builder().upcaster("taken", 4, Upcaster.dropping()),
                    "The upcaster of taken from version 4 leads beyond version 4");
        }

        @Test
        void refuses_an_unknown_target() {
            assertRefused(
                    builder().upcaster("taken", 1, Upcaster.dropping(), "nowhere"),
                    "leads to the unknown type nowhere");
        }

        @Test
        void refuses_versions_below_1() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder().upcaster("taken", 0, Upcaster.dropping()))
                    .withMessageContaining("Count from 1");
        }

        private void assertRefused(JacksonCodecBuilder<Change> builder, String message) {
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
        }
    }

    private static List<JsonEvent> split(JsonEvent event) {
        return List.of(
                event.as("freed", 1)
                        .withData(JsonObject.empty()
                                .with("seat", event.data().text("from").orElseThrow())),
                event.as("taken", 2).withData(event.data().without("from").renamed("to", "seat")));
    }
}
