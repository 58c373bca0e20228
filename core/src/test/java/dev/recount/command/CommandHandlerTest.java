package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Decider;
import dev.recount.event.Metadata;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatAlreadyTaken;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.AppendConditionFailed;
import dev.recount.store.Appended;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandHandlerTest {

    private final ListEventStore store = new ListEventStore();
    private final CommandHandler<SeatCommand, SeatEvent> seats =
            Seats.log(store).handle(Seats.DECIDER).within(command -> Seats.seat(command.seat()));

    @Nested
    class Handle {

        @Test
        void stores_what_was_decided_and_says_where() {
            Seats.take(store, 3);

            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(outcome.events()).containsExactly(new SeatTaken("12A", "Ada"));
            assertThat(outcome.appended()).isEqualTo(new Appended(4, 4, false));
            assertThat(store.read(Seats.seat("12A"), ReadOptions.defaults()).events())
                    .hasSize(1);
        }

        @Test
        void reads_and_appends_within_the_boundary_of_the_command_alone() {
            Seats.take(store, 3);
            store.appends.clear();

            seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(store.reads).containsExactly(read(Seats.seat("12A"), 0));
            assertThat(store.appends)
                    .singleElement()
                    .satisfies(append -> assertThat(append.condition())
                            .isEqualTo(AppendCondition.noneMatching(Seats.seat("12A"))
                                    .after(3)));
        }

        @Test
        void rests_on_the_whole_log_unless_told_otherwise() {
            Seats.log(store).handle(Seats.DECIDER).handle(new TakeSeat("12A", "Ada"));

            assertThat(store.reads).containsExactly(read(Query.all(), 0));
            assertThat(store.appends.get(0).condition()).isEqualTo(AppendCondition.noneMatching(Query.all()));
        }

        @Test
        void reads_a_long_boundary_page_by_page() {
            for (int i = 0; i < 4; i++) {
                seats.handle(new TakeSeat("12A", "Ada"));
                seats.handle(new FreeSeat("12A"));
            }
            store.reads.clear();
            store.longestPage = 3;

            Outcome<SeatEvent> outcome = seats.handle(new FreeSeat("12A"));

            assertThat(outcome.events()).isEmpty();
            assertThat(store.reads)
                    .containsExactly(
                            read(Seats.seat("12A"), 0), read(Seats.seat("12A"), 3), read(Seats.seat("12A"), 6));
        }

        @Test
        void stores_nothing_for_what_already_is() {
            seats.handle(new TakeSeat("12A", "Ada"));
            store.appends.clear();

            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(outcome.events()).isEmpty();
            assertThat(outcome.appended()).isEqualTo(new Appended(2, 1, false));
            assertThat(outcome.appended().count()).isZero();
            assertThat(store.appends).isEmpty();
        }

        @Test
        void passes_a_rejection_on_and_stores_nothing() {
            seats.handle(new TakeSeat("12A", "Ada"));

            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> seats.handle(new TakeSeat("12A", "Bob")));

            assertThat(store.info().head()).isEqualTo(1);
        }

        @Test
        void stores_the_metadata_with_each_event() {
            CommandHandler<String, SeatEvent> both =
                    Seats.log(store).handle(deciding(new SeatTaken("1", "a"), new SeatTaken("2", "b")));
            Metadata metadata = Metadata.empty().withActor("mayor").withCommandId("c-1");

            both.handle("go", metadata);

            assertThat(store.read(Query.all(), ReadOptions.defaults()).events())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.metadata()).isEqualTo(metadata));
        }

        @Test
        void passes_on_that_the_store_is_unavailable_and_does_not_try_again() {
            store.beforeAppend = append -> {
                throw new StoreUnavailable("Disk full. Free some.", null);
            };

            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> seats.handle(new TakeSeat("12A", "Ada")));

            assertThat(store.appends).hasSize(1);
        }
    }

    @Nested
    class On_conflict {

        @Test
        void it_reads_on_from_where_it_was_and_decides_again() {
            Seats.take(store, 3);
            store.appends.clear();
            store.beforeAppend = firstTime(() -> storeTaken("12A", "Ada"));

            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(outcome.events()).isEmpty();
            assertThat(outcome.appended().last()).isEqualTo(4);
            assertThat(store.reads).containsExactly(read(Seats.seat("12A"), 0), read(Seats.seat("12A"), 3));
        }

        @Test
        void the_second_decision_sees_what_it_lost_against() {
            store.beforeAppend = firstTime(() -> storeTaken("12A", "Bob"));

            assertThatExceptionOfType(SeatAlreadyTaken.class)
                    .isThrownBy(() -> seats.handle(new TakeSeat("12A", "Ada")))
                    .withMessageContaining("Bob");

            assertThat(store.info().head()).isEqualTo(1);
        }

        @Test
        void another_boundary_does_not_count() {
            store.beforeAppend = firstTime(() -> storeTaken("12B", "Bob"));

            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(outcome.appended()).isEqualTo(new Appended(2, 2, false));
            assertThat(store.reads).hasSize(1);
        }

        @Test
        void it_gives_up_after_the_last_attempt_with_the_last_conflict() {
            conflictAlways();

            assertThatExceptionOfType(AppendConditionFailed.class)
                    .isThrownBy(() -> seats.withMaxAttempts(3).handle(new FreeSeat("12A")))
                    .satisfies(conflict ->
                            assertThat(conflict.conflicting().sequence()).isEqualTo(4));

            assertThat(store.reads).extracting(read -> read.options().after()).containsExactly(0L, 1L, 2L);
            assertThat(store.info().head()).isEqualTo(4);
        }

        @Test
        void it_tries_20_times_by_default() {
            conflictAlways();

            assertThatExceptionOfType(AppendConditionFailed.class).isThrownBy(() -> seats.handle(new FreeSeat("12A")));

            assertThat(store.reads).hasSize(20);
        }

        @Test
        void an_interrupt_ends_the_attempts_and_stays_set() {
            conflictAlways();
            store.beforeRead = read -> Thread.currentThread().interrupt();

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> seats.handle(new FreeSeat("12A")))
                    .withMessage(
                            "Interrupted while FreeSeat was to be decided again after a conflict. Nothing was stored.")
                    .withCauseInstanceOf(AppendConditionFailed.class);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.reads).hasSize(1);
        }

        @Test
        void an_interrupt_without_a_conflict_leaves_the_whole_append() {
            store.beforeRead = read -> Thread.currentThread().interrupt();

            seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.info().head()).isEqualTo(1);
        }

        @Test
        void less_than_one_attempt_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> seats.withMaxAttempts(0))
                    .withMessage("0 attempts are too few. Give at least 1.");
        }

        // The seat is taken once more before each append, so that freeing it is always decided and always too late.
        private void conflictAlways() {
            storeTaken("12A", "first");
            store.beforeAppend = append -> {
                if (!append.condition().isNone()) {
                    storeTaken("12A", "again");
                }
            };
        }
    }

    @Nested
    class Undecodable_events {

        @Test
        void of_an_unknown_type_are_passed_over() {
            Seats.storeRaw(store, "bead.created", "{}", Tags.of("seat", "12A"));

            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));

            assertThat(outcome.appended().first()).isEqualTo(2);
        }

        @Test
        void of_a_known_type_stop_the_decision() {
            Seats.storeRaw(store, "seat.taken", "{}", Tags.of("seat", "12A"));

            assertThatExceptionOfType(UndecodableEvent.class)
                    .isThrownBy(() -> seats.handle(new TakeSeat("12A", "Ada")))
                    .withMessage("Event 1 of type seat.taken version 1 cannot be decoded: no seat."
                            + " Register an upcaster for this version.");

            assertThat(store.info().head()).isEqualTo(1);
        }

        @Test
        void outside_the_boundary_harm_nobody() {
            Seats.storeRaw(store, "seat.taken", "{}", Tags.of("seat", "12B"));

            assertThat(seats.handle(new TakeSeat("12A", "Ada")).events()).hasSize(1);
        }
    }

    @Nested
    class Outside_the_boundary {

        @Test
        void an_event_stores_nothing_and_is_named() {
            CommandHandler<String, SeatEvent> wrong = Seats.log(store)
                    .handle(deciding(new SeatTaken("12A", "Ada"), new SeatTaken("12B", "Ada")))
                    .within(command -> Seats.seat("12A"));

            assertThatExceptionOfType(OutsideBoundary.class)
                    .isThrownBy(() -> wrong.handle("go"))
                    .withMessage(
                            "String decided seat.taken tagged seat:12B, which is outside the boundary it was decided"
                                    + " within (any type tagged seat:12A): the next decision would not see it."
                                    + " Widen within(...) or tag the event.");

            assertThat(store.appends).isEmpty();
        }

        @Test
        void of_no_query_nothing_can_be_decided() {
            CommandHandler<SeatCommand, SeatEvent> none = seats.within(command -> Query.none());

            assertThatExceptionOfType(OutsideBoundary.class).isThrownBy(() -> none.handle(new TakeSeat("12A", "Ada")));
        }
    }

    private void storeTaken(String seat, String guest) {
        store.append(Append.of(List.of(Seats.CODEC.encode(new SeatTaken(seat, guest)))));
    }

    private static Consumer<Append> firstTime(Runnable action) {
        AtomicInteger times = new AtomicInteger();
        return append -> {
            if (times.getAndIncrement() == 0) {
                action.run();
            }
        };
    }

    private static ListEventStore.Read read(Query query, long after) {
        return new ListEventStore.Read(query, ReadOptions.defaults().after(after));
    }

    private static Decider<String, Map<String, String>, SeatEvent> deciding(SeatEvent... events) {
        return Decider.<String, Map<String, String>, SeatEvent>over(Seats.PLAN)
                .on(String.class, (command, plan) -> List.of(events));
    }
}
