package dev.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatFreed;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HistoryTest {

    private final ListEventStore store = new ListEventStore();
    private final EventLog<SeatEvent> log = Seats.log(store);

    @Nested
    class Reading {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500, 1_000, 1_001})
        void gives_every_event_in_order(int stored) {
            Seats.take(store, stored);

            History<SeatEvent> history = log.read(Query.all());

            assertThat(history)
                    .extracting(RecordedEvent::sequence)
                    .hasSize(stored)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(history.upTo()).isEqualTo(stored);
        }

        @Test
        void asks_for_a_page_only_when_it_is_needed() {
            Seats.take(store, 5);
            store.longestPage = 2;
            History<SeatEvent> history = log.read(Query.all());
            Iterator<RecordedEvent<SeatEvent>> events = history.iterator();
            assertThat(store.reads).isEmpty();

            events.next();
            events.next();
            assertThat(readsAfter()).containsExactly(0L);

            events.next();
            assertThat(readsAfter()).containsExactly(0L, 2L);
            assertThat(store.reads)
                    .allSatisfy(read -> assertThat(read.options().until()).isEqualTo(5));
        }

        @Test
        void leaves_out_what_is_appended_afterwards() {
            Seats.take(store, 3);
            History<SeatEvent> history = log.read(Query.all());
            store.longestPage = 1;
            store.beforeRead = read -> Seats.take(store, 1);

            assertThat(history).hasSize(3);
            assertThat(history).hasSize(3);
            assertThat(history.upTo()).isEqualTo(3);
        }

        @Test
        void passes_over_types_unknown_to_the_codec() {
            Seats.storeRaw(store, "bead.created", "{}", Tags.none());
            Seats.take(store, 1);

            assertThat(log.read(Query.all()))
                    .extracting(RecordedEvent::sequence)
                    .containsExactly(2L);
        }

        @Test
        void gives_each_event_that_a_stored_one_stands_for_today() {
            Seats.storeRaw(store, "seat.swapped", "[\"1\",\"Ada\"]", Tags.none());

            assertThat(log.read(Query.all()))
                    .extracting(RecordedEvent::event)
                    .containsExactly(new SeatFreed("1"), new SeatTaken("1", "Ada"));
        }

        @Test
        void ends_with_a_clear_error() {
            Seats.take(store, 2);
            Iterator<RecordedEvent<SeatEvent>> events = log.read(Query.all()).iterator();
            events.next();
            events.next();

            assertThat(events.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(events::next)
                    .withMessage("The history ends at sequence 2.");
        }

        @Test
        void gives_the_events_before_one_that_cannot_be_read_and_stops_there() {
            Seats.take(store, 2);
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
            Seats.take(store, 1);
            Iterator<RecordedEvent<SeatEvent>> events = log.read(Query.all()).iterator();

            assertThat(events.next().sequence()).isEqualTo(1);
            assertThat(events.next().sequence()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(UndecodableEvent.class).isThrownBy(events::hasNext);
                assertThatExceptionOfType(UndecodableEvent.class).isThrownBy(events::next);
            }
        }

        @Test
        void streams_in_order() {
            Seats.take(store, 3_000);
            History<SeatEvent> history = log.read(Query.all());

            assertThat(history.spliterator().hasCharacteristics(Spliterator.ORDERED))
                    .isTrue();
            assertThat(history.stream().parallel().map(RecordedEvent::sequence).toList())
                    .hasSize(3_000)
                    .isSorted();
            assertThat(history.stream()
                            .parallel()
                            .skip(10)
                            .findFirst()
                            .orElseThrow()
                            .sequence())
                    .isEqualTo(11);
        }

        @Test
        void folds_into_a_state() {
            Seats.take(store, 2);

            assertThat(log.read(Query.all()).fold(Seats.PLAN)).isEqualTo(Map.of("S1", "G1", "S2", "G2"));
            assertThat(log.read(Query.none()).fold(Seats.PLAN)).isEmpty();
        }
    }

    @Nested
    class Unchanged {

        @Test
        void is_the_condition_that_nothing_it_finds_was_stored_since() {
            Seats.take(store, 3);

            assertThat(log.read(Seats.seat("S1")).unchanged())
                    .isEqualTo(AppendCondition.noneMatching(Seats.seat("S1")).after(3));
        }

        @Test
        void fails_the_second_of_two_appends_that_exclude_each_other() {
            History<SeatEvent> ada = log.read(Seats.seat("12A"));
            History<SeatEvent> bob = log.read(Seats.seat("12A"));

            log.append(List.of(new SeatTaken("12A", "Ada")), ada.unchanged());

            assertThatExceptionOfType(AppendConditionFailed.class)
                    .isThrownBy(() -> log.append(List.of(new SeatTaken("12A", "Bob")), bob.unchanged()));
            assertThat(store.read(Query.all(), ReadOptions.defaults()).events()).hasSize(1);
        }
    }

    private List<Long> readsAfter() {
        return store.reads.stream().map(read -> read.options().after()).toList();
    }
}
