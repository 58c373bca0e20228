package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import dev.recount.codec.jackson.SeatEvent.HallOpened;
import dev.recount.codec.jackson.SeatEvent.SeatMoved;
import dev.recount.codec.jackson.SeatEvent.SeatTaken;
import dev.recount.codec.jackson.SeatEvent.Side;
import dev.recount.codec.jackson.SeatEvent.Signal;
import dev.recount.event.EventType;
import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PackedDecodingTest {

    private static final JacksonCodec<SeatEvent> CODEC = JacksonCodec.of(SeatEvent.class);
    private static final NewEvent GOOD = CODEC.encode(new SeatTaken("12A", "Ada"));

    @Test
    void every_event_of_a_page_decodes_as_it_does_alone() {
        Random random = new Random(7);
        List<SeatEvent> events = new ArrayList<>();
        List<NewEvent> stored = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            SeatEvent event = event(random);
            events.add(event);
            stored.add(CODEC.encode(event));
        }

        assertThat(decode(stored)).isEqualTo(events);
    }

    @Test
    void a_page_of_no_events_is_decoded_to_none() {
        assertThat(CODEC.decodePacked(PackedEvents.none())).contains(List.of());
    }

    @Test
    void events_that_their_data_alone_do_not_tell_are_left_open() {
        NewEvent unknown = NewEvent.of("chair.painted", "{\"colour\":\"red\"}");
        NewEvent newer = GOOD.withVersion(4);

        assertThat(decode(List.of(GOOD, unknown, GOOD, newer, GOOD))).satisfies(decoded -> {
            assertThat(decoded.get(1)).isNull();
            assertThat(decoded.get(3)).isNull();
            assertThat(List.of(decoded.get(0), decoded.get(2), decoded.get(4)))
                    .containsOnly(new SeatTaken("12A", "Ada"));
        });
    }

    @Test
    void events_that_have_to_be_upcast_are_left_open() {
        JacksonCodec<SeatEvent> upcasting = JacksonCodec.builder(SeatEvent.class)
                .upcaster("seat.taken", 1, List::of)
                .build();
        PackedEvents packed = packed(List.of(GOOD.withVersion(1), GOOD.withVersion(2), GOOD));

        assertThat(upcasting.decodePacked(packed).orElseThrow())
                .containsExactly(null, new SeatTaken("12A", "Ada"), new SeatTaken("12A", "Ada"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "{",
                "{\"seat\":\"1\"",
                "{\"seat\":\"1\",",
                "{\"seat\":",
                "{\"seat\":\"1",
                "{\"seat\":\"1\"}}",
                "{\"seat\":\"1\"} {\"seat\":\"2\"}",
                "{\"seat\":\"1\"}x",
                "}",
                "[",
                "[{\"seat\":\"1\"}",
                "\"1\"",
                "1",
                "{\"seat\":\"1\",\"seat\":\"2\"}",
                "{\"seat\":\"1\",\"more\":{\"a\":1,\"a\":2}}",
                "{\"seat\":{\"a\":[",
                "{\"seat\":null}",
                "\uFEFF{\"seat\":\"1\"}",
            })
    void data_that_cannot_be_read_stay_open_and_shift_nothing(String data) {
        List<String> texts = List.of(GOOD.data(), data, GOOD.data(), data, data, GOOD.data());

        List<SeatEvent> decoded = CODEC.decodePacked(packedTexts(texts)).orElseThrow();

        SeatTaken good = new SeatTaken("12A", "Ada");
        assertThat(decoded).containsExactly(good, null, good, null, null, good);
    }

    @Test
    void an_event_with_space_around_it_is_itself_or_left_open() {
        List<String> texts = List.of(" " + GOOD.data() + " ", GOOD.data(), "\t" + GOOD.data());

        List<SeatEvent> decoded = CODEC.decodePacked(packedTexts(texts)).orElseThrow();

        assertThat(decoded.get(1)).isEqualTo(new SeatTaken("12A", "Ada"));
        assertThat(decoded.removeAll(Arrays.asList(null, new SeatTaken("12A", "Ada"))))
                .isTrue();
        assertThat(decoded).isEmpty();
    }

    @EventType("linked")
    record Linked(Node node) {}

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    record Node(String id, String value) {}

    @Test
    void a_value_of_one_event_is_never_taken_for_that_of_another() {
        JacksonCodec<Linked> codec = JacksonCodec.of(Linked.class);
        NewEvent first = codec.encode(new Linked(new Node("1", "one")));
        NewEvent reference = NewEvent.of("linked", "{\"node\":\"1\"}");

        List<Linked> decoded =
                codec.decodePacked(packed(List.of(first, reference, first))).orElseThrow();

        assertThat(decoded).containsExactly(new Linked(new Node("1", "one")), null, new Linked(new Node("1", "one")));
    }

    private static SeatEvent event(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new SeatTaken(text(random), random.nextBoolean() ? null : text(random));
            case 1 ->
                new SeatMoved(
                        text(random),
                        text(random),
                        random.nextInt(),
                        random.nextBoolean() ? Side.LEFT : Side.RIGHT,
                        random.nextBoolean() ? Optional.empty() : Optional.of(new UUID(random.nextLong(), 1)),
                        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                        Collections.nCopies(random.nextInt(3), text(random)),
                        Stored.TIME.plusNanos(random.nextLong() >>> 8));
            case 2 -> new HallOpened();
            default -> random.nextBoolean() ? Signal.BELL : Signal.LIGHT;
        };
    }

    private static String text(Random random) {
        String[] parts = {"12A", "é", "漢字", "\"", "\\", "😀", "a very long text indeed, more than sixteen", "x"};
        StringBuilder text = new StringBuilder("S");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static List<SeatEvent> decode(List<NewEvent> events) {
        return CODEC.decodePacked(packed(events)).orElseThrow();
    }

    private static PackedEvents packedTexts(List<String> data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<int[]> places = new ArrayList<>();
        for (String text : data) {
            places.add(place(bytes, text));
        }
        PackedEvents.Builder packed = PackedEvents.over(bytes.toByteArray(), places.size());
        for (int[] place : places) {
            packed.add(1, GOOD.type(), GOOD.version(), place[0], place[1]);
        }
        return packed.build();
    }

    private static PackedEvents packed(List<NewEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<int[]> places =
                events.stream().map(event -> place(bytes, event.data())).toList();
        PackedEvents.Builder packed = PackedEvents.over(bytes.toByteArray(), places.size());
        for (int i = 0; i < events.size(); i++) {
            NewEvent event = events.get(i);
            packed.add(i + 1L, event.type(), event.version(), places.get(i)[0], places.get(i)[1]);
        }
        return packed.build();
    }

    private static int[] place(ByteArrayOutputStream bytes, String data) {
        bytes.writeBytes("7,\"{".getBytes(UTF_8));
        int start = bytes.size();
        bytes.writeBytes(data.getBytes(UTF_8));
        return new int[] {start, bytes.size()};
    }
}
