package dev.recount.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.codec.jackson.SeatEvent.HallEvent;
import dev.recount.codec.jackson.SeatEvent.HallOpened;
import dev.recount.codec.jackson.SeatEvent.SeatMoved;
import dev.recount.codec.jackson.SeatEvent.SeatTaken;
import dev.recount.codec.jackson.SeatEvent.Side;
import dev.recount.codec.jackson.SeatEvent.Signal;
import dev.recount.event.EventType;
import dev.recount.event.NewEvent;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import dev.recount.event.Tags;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JacksonCodecTest {

    private static final UUID ID = UUID.fromString("0190c2a4-0000-7000-8000-000000000001");

    private final JacksonCodec<SeatEvent> codec = JacksonCodec.of(SeatEvent.class);

    @Nested
    class Encode {

        @Test
        void gives_name_version_tags_and_the_components_in_their_order() {
            NewEvent encoded = codec.encode(new SeatTaken("A1", "Ann"));

            assertThat(encoded)
                    .isEqualTo(NewEvent.of("seat.taken", "{\"seat\":\"A1\",\"guest\":\"Ann\"}")
                            .withVersion(3)
                            .withTags(Tags.of("seat", "A1")));
        }

        @Test
        void takes_no_other_method_of_a_record_for_a_field() {
            assertThat(codec.encode(new SeatTaken("A1", "Queen")).data()).doesNotContain("vip", "label");
        }

        @Test
        void leaves_null_components_and_empty_optionals_out() {
            assertThat(codec.encode(new SeatTaken("A1", null)).data()).isEqualTo("{\"seat\":\"A1\"}");
            assertThat(codec.encode(moved(null, null)).data())
                    .isEqualTo("{\"from\":\"A1\",\"to\":\"B2\",\"row\":4,\"side\":\"LEFT\"}");
        }

        @Test
        void makes_tags_of_texts_numbers_constants_ids_optionals_and_each_element_of_a_collection() {
            SeatMoved event = new SeatMoved(
                    "A1",
                    "B2",
                    4,
                    Side.LEFT,
                    Optional.of(ID),
                    OptionalLong.of(9),
                    Arrays.asList("Ann", null, "Bob"),
                    null);

            assertThat(codec.encode(event).tags().asList())
                    .containsExactly(
                            "by:" + ID,
                            "guest:Ann",
                            "guest:Bob",
                            "row:4",
                            "seat:A1",
                            "seat:B2",
                            "side:LEFT",
                            "ticket:9");
        }

        @Test
        void makes_no_tags_of_null_and_of_what_is_empty() {
            assertThat(codec.encode(moved(null, null)).tags().asList())
                    .containsExactly("row:4", "seat:A1", "seat:B2", "side:LEFT");
            assertThat(codec.encode(moved(List.of(), null)).tags().values("guest"))
                    .isEmpty();
        }

        @Test
        void takes_the_time_from_the_component_that_tells_it() {
            Instant at = Instant.parse("2026-01-02T03:04:05.123456Z");

            assertThat(codec.encode(moved(null, at)).occurredAt()).contains(at);
            assertThat(codec.encode(moved(null, null)).occurredAt()).isEmpty();
        }

        @Test
        void writes_constants_as_events_too_also_those_with_a_body() {
            assertThat(codec.encode(Signal.LIGHT).data()).isEqualTo("\"LIGHT\"");
            assertThat(Stored.roundTrip(codec, Signal.LIGHT)).isSameAs(Signal.LIGHT);
        }

        @Test
        void writes_a_record_without_components_as_an_empty_object() {
            assertThat(codec.encode(new HallOpened()).data()).isEqualTo("{}");
            assertThat(Stored.roundTrip(codec, new HallOpened())).isEqualTo(new HallOpened());
        }

        private SeatMoved moved(@Nullable List<String> guests, @Nullable Instant at) {
            return new SeatMoved("A1", "B2", 4, Side.LEFT, Optional.empty(), OptionalLong.empty(), guests, at);
        }
    }

    @Nested
    class Types {

        @Test
        void are_the_names_and_aliases_of_a_class() {
            assertThat(codec.types(SeatTaken.class)).containsExactlyInAnyOrder("seat.taken", "chair.taken");
        }

        @Test
        void are_those_of_all_subclasses() {
            assertThat(codec.types(HallEvent.class)).containsExactlyInAnyOrder("hall.opened", "hall.signal");
            assertThat(codec.types(SeatEvent.class)).hasSize(5);
        }

        @Test
        void of_a_class_without_any_are_refused() {
            JacksonCodec<Object> other = JacksonCodec.builder(Object.class)
                    .type("hall.opened", HallOpened.class)
                    .build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.types(SeatTaken.class))
                    .withMessageContaining("SeatTaken")
                    .withMessageContaining("Register it");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.encode("text"))
                    .withMessageContaining("java.lang.String");
        }
    }

    @Nested
    class Build {

        @Test
        void refuses_a_class_without_a_name() {
            assertRefused(Nameless.class, Lost.class.getName() + " has no type name. Annotate it with @EventType");
        }

        @Test
        void refuses_a_name_that_two_classes_share_also_as_an_alias() {
            assertRefused(Shared.class, "The type name same is given to ");
        }

        @Test
        void refuses_two_times_in_a_record() {
            @EventType("two.times")
            record TwoTimes(
                    @OccurredAt Instant from, @OccurredAt Instant to) {}

            assertRefused(TwoTimes.class, "has 2 components with @OccurredAt, [from, to]. Keep one.");
        }

        @Test
        void refuses_a_time_that_is_no_instant() {
            @EventType("text.time")
            record TextTime(@OccurredAt String at) {}

            assertRefused(TextTime.class, "TextTime.at has @OccurredAt and is of class java.lang.String");
        }

        @Test
        void refuses_a_tag_whose_type_has_no_stable_text() {
            @EventType("no.text")
            record NoText(@Tag("map") Map<String, String> map) {}

            assertRefused(NoText.class, "NoText.map has @Tag and is of java.util.Map<");
        }

        @Test
        void refuses_an_open_interface_none_of_whose_classes_is_registered() {
            assertRefused(Runnable.class, "java.lang.Runnable is neither sealed nor a record or an enum");
        }

        @Test
        void refuses_a_class_that_is_registered_twice_or_open() {
            JacksonCodecBuilder<SeatEvent> twice = JacksonCodec.builder(SeatEvent.class)
                    .type("a", HallOpened.class)
                    .type("b", HallOpened.class);

            assertThatIllegalArgumentException().isThrownBy(twice::build).withMessageContaining("registered twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JacksonCodec.builder(Number.class)
                            .type("n", Number.class)
                            .build())
                    .withMessageContaining("Register records, enums or final classes");
        }

        @Test
        void lets_registrations_win_over_annotations_and_keeps_annotated_tags() {
            JacksonCodec<SeatEvent> mixed = JacksonCodec.builder(SeatEvent.class)
                    .type(EventMapping.of("sitting", SeatTaken.class)
                            .withAliases("sat")
                            .withTag("guest", SeatTaken::guest)
                            .withOccurredAt(event -> Stored.TIME))
                    .build();

            NewEvent encoded = mixed.encode(new SeatTaken("A1", "Ann"));

            assertThat(encoded)
                    .isEqualTo(NewEvent.of("sitting", "{\"seat\":\"A1\",\"guest\":\"Ann\"}")
                            .withTags(Tags.of("seat", "A1").and("guest", "Ann"))
                            .withOccurredAt(Stored.TIME));
            assertThat(mixed.types(SeatTaken.class)).containsExactlyInAnyOrder("sitting", "sat");
            assertThat(mixed.types(HallOpened.class)).containsExactly("hall.opened");
        }

        @Test
        void takes_classes_of_an_open_family_when_registered() {
            JacksonCodec<Note> notes =
                    JacksonCodec.builder(Note.class).type("memo", Memo.class).build();
            Memo memo = new Memo();
            memo.setText("milk");

            assertThat(notes.encode(memo).data()).isEqualTo("{\"text\":\"milk\"}");
            assertThat(((Memo) Stored.roundTrip(notes, (Note) memo)).getText()).isEqualTo("milk");
        }

        private void assertRefused(Class<?> family, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JacksonCodec.of(family))
                    .withMessageContaining(message);
        }
    }

    sealed interface Nameless {}

    record Lost(String value) implements Nameless {}

    sealed interface Shared {}

    @EventType("same")
    record One(String value) implements Shared {}

    @EventType(value = "other", aliases = "same")
    record Two(String value) implements Shared {}

    interface Note {}

    static final class Memo implements Note {

        private String text = "";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }
}
