package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.jackson.EventMapping;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.codec.jackson.JsonObject;
import dev.recount.codec.jackson.Upcaster;
import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples of codec-jackson, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CodecSamplesTest {

    @Test
    void a_sealed_family_of_records_needs_nothing_more() {
        EventCodec<SeatEvent> codec = JacksonCodec.of(SeatEvent.class);
        NewEvent taken = codec.encode(new SeatTaken("12A", "Ada"));

        assertThat(taken.type()).isEqualTo("seat.taken");
        assertThat(taken.tags()).isEqualTo(Tags.of("seat", "12A"));
        assertThat(taken.data()).isEqualTo("{\"seat\":\"12A\",\"guest\":\"Ada\"}");
    }

    @Test
    void a_mapping_says_in_code_what_annotations_say() {
        EventMapping<SeatTaken> mapping = EventMapping.of("seat.taken", SeatTaken.class)
                .withAliases("chair.taken")
                .withVersion(2)
                .withTag("seat", SeatTaken::seat);

        JacksonCodec<SeatEvent> codec =
                JacksonCodec.builder(SeatEvent.class).type(mapping).build();
        NewEvent taken = codec.encode(new SeatTaken("12A", "Ada"));
        assertThat(taken.version()).isEqualTo(2);
        assertThat(taken.tags()).isEqualTo(Tags.of("seat", "12A"));
        assertThat(read(codec, NewEvent.of("chair.taken", taken.data()))).containsExactly(new SeatTaken("12A", "Ada"));
    }

    @Test
    void a_codec_can_be_built_of_mappings_and_upcasters() {
        JacksonCodec<SeatEvent> codec = JacksonCodec.builder(SeatEvent.class)
                .type("seat.freed", SeatFreed.class)
                .type(EventMapping.of("seat.taken", SeatTaken.class)
                        .withVersion(2)
                        .withTag("seat", SeatTaken::seat))
                .upcaster("seat.taken", 1, Upcaster.ofData(json -> json.renamed("chair", "seat")))
                .build();

        NewEvent old = NewEvent.of("seat.taken", "{\"chair\":\"12A\",\"guest\":\"Ada\"}");
        assertThat(read(codec, old)).containsExactly(new SeatTaken("12A", "Ada"));
    }

    @Test
    void an_upcaster_gives_one_event_or_none_or_several() {
        Upcaster renamed = Upcaster.ofData(
                json -> json.renamed("chair", "seat").with("guest", "unknown")); // one event, other fields
        Upcaster dropped = Upcaster.dropping(); // no event any more
        Upcaster moved = event -> List.of( // two events
                event.as("seat.freed", 1).withData(event.data().renamed("from", "seat")),
                event.as("seat.taken", 2).withData(event.data().renamed("to", "seat")));

        JacksonCodec<SeatEvent> codec = JacksonCodec.builder(SeatEvent.class)
                .type(EventMapping.of("seat.taken", SeatTaken.class).withVersion(2))
                .upcaster("seat.taken", 1, renamed)
                .upcaster("seat.dusted", 1, dropped)
                .upcaster("seat.moved", 1, moved, "seat.freed", "seat.taken")
                .build();
        assertThat(read(
                        codec,
                        NewEvent.of("seat.taken", "{\"chair\":\"12A\"}"),
                        NewEvent.of("seat.dusted", "{\"seat\":\"12A\"}"),
                        NewEvent.of("seat.moved", "{\"from\":\"12A\",\"to\":\"12B\",\"guest\":\"Ada\"}")))
                .containsExactly(new SeatTaken("12A", "unknown"), new SeatFreed("12A"), new SeatTaken("12B", "Ada"));
    }

    @Test
    void a_json_object_is_looked_at_and_changed() {
        JsonObject seat = JsonObject.parse("{\"chair\":\"A1\",\"price\":1.10}");
        JsonObject today = seat.renamed("chair", "seat").with("guest", "Ann").without("price");
        Optional<BigDecimal> price = seat.number("price"); // Optional[1.10]

        assertThat(today).hasToString("{\"seat\":\"A1\",\"guest\":\"Ann\"}");
        assertThat(price).contains(new BigDecimal("1.10"));
    }

    private static List<SeatEvent> read(JacksonCodec<SeatEvent> codec, NewEvent... stored) {
        EventStore store = MemoryEventStore.create();
        store.append(Append.of(List.of(stored)));
        return EventLog.of(store, codec).read(Query.all()).stream()
                .map(RecordedEvent::event)
                .toList();
    }
}
