package dev.recount.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.PackingCodec;
import dev.recount.fixture.PackingStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreClosed;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventReaderTest {

    private static final String OTHER_THREAD = "recount-read-ahead";

    private final ListEventStore list = new ListEventStore();
    private final PackingStore packing = new PackingStore(list);
    private final EventCodec<SeatEvent> codec = new PackingCodec();
    private final List<UndecodableEvent> problems = new ArrayList<>();

    private EventReader<SeatEvent> reader(EventStore store, int pageSize, boolean mayReadAhead) {
        ReadOptions options = ReadOptions.defaults().withLimit(pageSize);
        return new EventReader<>(store, codec, Query.all(), options, mayReadAhead, problems::add);
    }

    private static List<String> seats(EventReader<SeatEvent> reader) {
        List<String> seats = new ArrayList<>();
        reader.forEachRemaining(event -> seats.add(event.seat()));
        return seats;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, true",
        "1, 5, true",
        "5, 5, true",
        "6, 5, false",
        "39, 5, true",
        "40, 5, true",
        "41, 5, true",
        "45, 5, true",
        "1000, 7, true",
        "1000, 7, false",
        "1000, 2000, true"
    })
    void gives_every_event_once_and_in_order_packed_or_whole_ahead_or_not(int stored, int pageSize, boolean ahead) {
        Seats.take(list, stored);
        List<String> expected =
                IntStream.rangeClosed(1, stored).mapToObj(i -> "S" + i).toList();

        for (EventStore store : List.of(list, packing)) {
            try (EventReader<SeatEvent> reader = reader(store, pageSize, ahead)) {
                assertThat(seats(reader)).isEqualTo(expected);
                assertThat(reader.requireEnd()).isEqualTo(stored);
                assertThat(reader.stored()).isEqualTo(stored);
            }
        }
    }

    @Test
    void a_long_log_is_read_ahead_on_another_thread_and_a_short_one_is_not() {
        Seats.take(list, 40);
        seats(reader(packing, 5, true));
        assertThat(packing.packedReads()).hasSize(8).doesNotContain(OTHER_THREAD);
        packing.packedReads().clear();

        Seats.take(list, 1);
        try (EventReader<SeatEvent> reader = reader(packing, 5, true)) {
            assertThat(seats(reader)).hasSize(41);
        }

        assertThat(packing.packedReads())
                .hasSize(9)
                .containsOnlyOnce(OTHER_THREAD)
                .endsWith(OTHER_THREAD);
        packing.packedReads().clear();
        seats(reader(packing, 5, false));
        assertThat(packing.packedReads()).hasSize(9).doesNotContain(OTHER_THREAD);
    }

    @Test
    void what_packed_data_do_not_tell_is_read_whole_where_it_stands() {
        Seats.take(list, 2);
        Seats.storeRaw(list, "seat.swapped", "[\"X\",\"Ada\"]", Tags.none());
        Seats.take(list, 1);
        Seats.storeRaw(list, "hall.opened", "{}", Tags.none());
        Seats.storeRaw(list, "seat.taken", "{}", Tags.none());
        Seats.take(list, 1);

        for (int pageSize : new int[] {1, 2, 3, 500}) {
            problems.clear();
            try (EventReader<SeatEvent> reader = reader(packing, pageSize, true)) {
                assertThat(seats(reader)).containsExactly("S1", "S2", "X", "X", "S4", "S7");
                assertThat(reader.stored()).isEqualTo(5);
            }
            assertThat(problems).extracting(UndecodableEvent::sequence).containsExactly(5L, 6L);
            assertThat(problems).extracting(UndecodableEvent::isUnknownType).containsExactly(true, false);
        }
    }

    @Test
    void reading_ahead_stays_a_few_pages_ahead() throws InterruptedException {
        Seats.take(list, 1_000);
        try (EventReader<SeatEvent> reader = reader(packing, 5, true)) {
            for (int i = 0; i < 41; i++) {
                reader.next();
            }
            while (packing.packedReads().size() < 12) {
                Thread.onSpinWait();
            }
            reader.next();

            assertThat(packing.packedReads()).hasSize(12);
        }
    }

    @Test
    void closing_ends_the_other_thread_before_it_returns() {
        Seats.take(list, 1_000);
        EventReader<SeatEvent> reader = reader(packing, 5, true);
        for (int i = 0; i < 60; i++) {
            reader.next();
        }

        Thread.currentThread().interrupt();
        reader.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals(OTHER_THREAD));
    }

    @Test
    void what_fails_on_the_other_thread_is_thrown_where_its_page_would_come() {
        Seats.take(list, 100);
        list.beforeRead = read -> {
            if (read.options().after() == 60) {
                throw new StoreClosed("gone");
            }
        };
        try (EventReader<SeatEvent> reader = reader(packing, 5, true)) {
            for (int i = 1; i <= 60; i++) {
                assertThat(reader.next()).isEqualTo(new SeatTaken("S" + i, "G" + i));
            }

            assertThatExceptionOfType(StoreClosed.class).isThrownBy(reader::hasNext);
            assertThat(reader.isReading()).isTrue();
            assertThatExceptionOfType(StoreClosed.class).isThrownBy(reader::hasNext);
        }
    }

    @Test
    void an_error_on_the_other_thread_comes_through_as_itself() {
        Seats.take(list, 100);
        Error error = new OutOfMemoryError("no room");
        list.beforeRead = read -> {
            if (read.options().after() == 60) {
                throw error;
            }
        };
        try (EventReader<SeatEvent> reader = reader(packing, 5, true)) {
            assertThatThrownBy(() -> seats(reader)).isSameAs(error);
        }
    }

    @Test
    void an_interrupt_is_kept_while_it_waits_for_a_page() {
        Seats.take(list, 100);
        try (EventReader<SeatEvent> reader = reader(packing, 5, true)) {
            Thread.currentThread().interrupt();

            assertThat(seats(reader)).hasSize(100);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whoever_leaves_events_out_is_told() {
        Seats.take(list, 3);
        EventReader<SeatEvent> reader = reader(packing, 5, true);
        reader.next();

        assertThatIllegalStateException()
                .isThrownBy(reader::requireEnd)
                .withMessage("A projector's projectAll ended before sequence 2, which it had been given."
                        + " It must go over all events, once.");
    }

    @Test
    void after_the_last_event_there_is_none() {
        Seats.take(list, 1);
        EventReader<SeatEvent> reader = reader(list, 5, true);
        reader.next();

        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(reader::next)
                .withMessage("The log was read up to sequence 1.");
    }
}
