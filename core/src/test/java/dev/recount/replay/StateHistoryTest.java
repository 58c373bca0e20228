package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.recount.decider.Projector;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatFreed;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.store.Append;
import dev.recount.store.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateHistoryTest {

    static final StateRows<Map<String, String>> ROWS =
            StateRows.of(Map::keySet, (plan, seat) -> Map.of("guest", plan.get(seat)));

    private final ListEventStore store = new ListEventStore();
    private final StateHistory<Map<String, String>, SeatEvent> history =
            Seats.log(store).history(Seats.PLAN, ROWS);

    @Nested
    class diff {

        @Test
        void tells_what_became_of_each_row() {
            append(take("1A", "Ada"), take("1B", "Bob"), free("1A"), take("1B", "Cid"), take("1C", "Eve"));

            StateDiff diff = history.diff(2, 5);

            assertThat(diff.rows())
                    .extracting(Object::toString)
                    .containsExactly(
                            "1A was removed with [guest: Ada -> null]",
                            "1B changed in [guest: Bob -> Cid]",
                            "1C was added with [guest: null -> Eve]");
            assertThat(diff.from()).isEqualTo(2);
            assertThat(diff.to()).isEqualTo(5);
            assertThat(diff.isEqual()).isFalse();
        }

        @Test
        void may_go_back_in_time() {
            append(take("1A", "Ada"), free("1A"));

            assertThat(history.diff(2, 1).rows())
                    .containsExactly(new RowChange(
                            "1A", RowChange.Kind.ADDED, List.of(new RowChange.Field("guest", null, "Ada"))));
        }

        @Test
        void of_one_moment_is_none_and_ends_at_the_head() {
            append(take("1A", "Ada"));

            assertThat(history.diff(1, 1).isEqual()).isTrue();
            assertThat(history.diff(1, 99)).isEqualTo(new StateDiff(1, 1, 0, List.of()));
        }

        @Test
        void of_an_empty_log_is_none() {
            assertThat(history.diff(0, Long.MAX_VALUE)).isEqualTo(new StateDiff(0, 0, 0, List.of()));
        }

        @Test
        void between_times_is_one_between_sequences() {
            append(take("1A", "Ada"));
            Instant monday = store.now;
            store.now = monday.plusSeconds(60);
            append(take("1B", "Bob"));

            assertThat(history.diff(store.sequenceAt(monday.minusSeconds(1)), store.sequenceAt(monday))
                            .rows())
                    .extracting(RowChange::key)
                    .containsExactly("1A");
            assertThat(history.diff(store.sequenceAt(monday), store.sequenceAt(monday.plusSeconds(60)))
                            .rows())
                    .extracting(RowChange::key)
                    .containsExactly("1B");
        }

        @Test
        void counts_what_it_left_out() {
            append(take("1A", "Ada"));
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
            append(take("1B", "Bob"));

            assertThat(history.diff(1, 3).skipped()).isEqualTo(1);
            assertThat(history.diff(0, 1).skipped()).isZero();
        }

        @Test
        void below_zero_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> history.diff(-1, 0))
                    .withMessageContaining("-1 is below 0");
        }
    }

    @Nested
    class blame {

        @Test
        void tells_every_event_that_changed_the_value() {
            append(take("1A", "Ada"), take("1B", "Bob"), take("1A", "Ada"), take("1A", "Cid"), free("1A"));

            Blame blame = history.blame("1A", "guest");

            assertThat(blame.changes())
                    .extracting(Object::toString)
                    .containsExactly(
                            "null -> Ada by seat.taken at 1",
                            "Ada -> Cid by seat.taken at 4",
                            "Cid -> null by seat.freed at 5");
            assertThat(blame.changes().get(1).event().data()).contains("Cid");
            assertThat(blame.value()).isNull();
            assertThat(blame.sequence()).isEqualTo(5);
        }

        @Test
        void of_a_row_tells_the_whole_of_it() {
            append(take("1A", "Ada"), take("1B", "Bob"), take("1A", "Cid"));

            assertThat(history.blame("1A").changes())
                    .extracting(ValueChange::sequence, ValueChange::before, ValueChange::after)
                    .containsExactly(
                            tuple(1L, null, Map.of("guest", "Ada")),
                            tuple(3L, Map.of("guest", "Ada"), Map.of("guest", "Cid")));
            assertThat(history.blame("1A").value()).isEqualTo(Map.of("guest", "Cid"));
        }

        @Test
        void of_an_event_that_stands_for_two_tells_what_it_did_in_all() {
            append(take("1A", "Ada"));
            Seats.storeRaw(store, "seat.swapped", "[\"1A\",\"Bob\"]", Tags.none());

            assertThat(history.blame("1A", "guest").changes())
                    .extracting(Object::toString)
                    .last()
                    .isEqualTo("Ada -> Bob by seat.swapped at 2");
        }

        @Test
        void of_a_key_or_a_field_that_never_was_is_empty() {
            append(take("1A", "Ada"));

            assertThat(history.blame("9Z")).isEqualTo(new Blame("9Z", null, 1, null, 0, List.of()));
            assertThat(history.blame("1A", "meal").changes()).isEmpty();
            assertThat(history.blame("1A", "meal").value()).isNull();
        }

        @Test
        void of_an_empty_log_is_empty() {
            assertThat(history.blame("1A", "guest")).isEqualTo(new Blame("1A", "guest", 0, null, 0, List.of()));
        }

        @Test
        void reads_only_the_events_that_a_query_finds() {
            append(take("1A", "Ada"), take("1B", "Bob"), take("1A", "Cid"));

            Blame narrow = history.matching(Seats.seat("1A")).blame("1A", "guest");

            assertThat(narrow).isEqualTo(history.blame("1A", "guest"));
            assertThat(store.reads.stream().map(ListEventStore.Read::query)).contains(Seats.seat("1A"));
        }

        @Test
        void counts_what_it_left_out() {
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
            append(take("1A", "Ada"));

            assertThat(history.blame("1A", "guest").skipped()).isEqualTo(1);
            assertThat(history.blame("1A", "guest").changes()).hasSize(1);
        }

        @Test
        void goes_over_many_pages_and_tells_how_far_it_has_got() {
            Seats.take(store, 2_500);
            append(take("S1", "Bob"));
            List<ReplayProgress> progress = new ArrayList<>();

            Blame blame = history.reportingTo(progress::add).blame("S1", "guest");

            assertThat(blame.changes()).extracting(ValueChange::sequence).containsExactly(1L, 2_501L);
            assertThat(progress)
                    .containsExactly(
                            new ReplayProgress(1_000, 2_501, 1_000),
                            new ReplayProgress(2_000, 2_501, 2_000),
                            new ReplayProgress(2_501, 2_501, 2_501));
        }
    }

    @Nested
    class last_change {

        @Test
        void is_the_last_of_the_blame() {
            append(take("1A", "Ada"), take("1A", "Bob"), take("1B", "Cid"));

            assertThat(history.lastChange("1A", "guest")).get().hasToString("Ada -> Bob by seat.taken at 2");
            assertThat(history.lastChange("1B"))
                    .get()
                    .extracting(ValueChange::sequence)
                    .isEqualTo(3L);
            assertThat(history.lastChange("9Z", "guest")).isEmpty();
        }
    }

    @Nested
    class bisect {

        @Test
        void finds_the_first_sequence_at_which_something_holds() {
            append(take("1A", "Ada"), take("1B", "Bob"), free("1B"), take("1C", "Cid"));

            assertThat(history.bisect(plan -> plan.size() == 2)).hasValue(2);
            assertThat(history.bisect(plan -> plan.containsKey("1C"))).hasValue(4);
            assertThat(history.bisect(Map::isEmpty)).hasValue(0);
            assertThat(history.bisect(plan -> plan.size() > 2)).isEmpty();
        }

        @Test
        void finds_where_another_model_parts() {
            append(take("1A", "Ada"), take("1B", "Bob"), free("1A"), take("1C", "Cid"), free("1B"));
            Projector<Map<String, String>, SeatEvent> forgetful =
                    Projector.<Map<String, String>, SeatEvent>startingWith(Map.of())
                            .on(SeatTaken.class, Seats.PLAN::project);

            assertThat(history.bisect(forgetful))
                    .contains(new Parting(
                            3,
                            List.of(new RowChange(
                                    "1A", RowChange.Kind.ADDED, List.of(new RowChange.Field("guest", null, "Ada"))))));
        }

        @Test
        void finds_nothing_where_two_models_end_the_same() {
            append(take("1A", "Ada"), take("1B", "Bob"));

            assertThat(history.bisect(Seats.PLAN)).isEmpty();
        }

        @Test
        void finds_models_that_begin_with_other_states() {
            Projector<Map<String, String>, SeatEvent> occupied =
                    Projector.<Map<String, String>, SeatEvent>startingWith(Map.of("0A", "crew"));

            assertThat(history.bisect(occupied))
                    .get()
                    .extracting(Parting::sequence)
                    .isEqualTo(0L);
        }
    }

    @Nested
    class verify {

        @Test
        void is_equal_where_the_live_state_is_what_the_events_say() {
            append(take("1A", "Ada"), take("1B", "Bob"), free("1A"));

            Verification found = Seats.log(store).verify(Seats.PLAN, ROWS, Map.of("1B", "Bob"), 3);

            assertThat(found).isEqualTo(new Verification("the state", 3, 1, 1, 0, List.of()));
        }

        @Test
        void names_key_field_both_values_and_the_last_event_of_each_difference() {
            append(take("1A", "Ada"), take("1B", "Bob"), take("1C", "Cid"), take("1A", "Dan"), take("1D", "Eve"));
            append(free("1D"));

            Verification found =
                    history.named("seats").verify(Map.of("1A", "Ada", "1C", "Cid", "1D", "Eve", "1E", "Flo"), 6);

            assertThat(found.report()).isEqualTo("""
                    1A differs in [guest: live Ada, replayed Dan] (last event 4)
                    1B is missing in the live model (last event 2)
                    1D is in the live model only (last event 6)
                    1E is in the live model only (no event touched it)
                    different: 1 of 5 rows of seats agree with the replay up to sequence 6.""");
        }

        @Test
        void compares_at_the_sequence_of_the_live_state_whatever_was_appended_since() {
            append(take("1A", "Ada"), take("1A", "Bob"));

            assertThat(history.verify(Map.of("1A", "Ada"), 1).isEqual()).isTrue();
            assertThat(history.verify(Map.of("1A", "Ada"), 2).isEqual()).isFalse();
            assertThat(history.verify(Map.of(), 0).isEqual()).isTrue();
        }

        @Test
        void counts_what_it_left_out() {
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());

            assertThat(history.verify(Map.of("1A", "Ada"), 1).skipped()).isEqualTo(1);
            assertThat(history.verify(Map.of(), 1).report()).contains("1 events could not be decoded");
        }

        @Test
        void looks_for_the_last_event_of_a_thousand_rows_and_says_so_of_the_others() {
            Seats.take(store, 1_001);

            List<RowDifference> found = history.verify(Map.of(), 1_001).differences();

            assertThat(found).hasSize(1_001);
            assertThat(found.subList(0, 1_000)).allMatch(difference -> difference.lastSequence() > 0);
            assertThat(found.get(1_000).lastSequence()).isEqualTo(RowDifference.NOT_LOOKED_FOR);
            assertThat(found.get(1_000)).asString().endsWith("(last event not looked for)");
        }

        @Test
        void a_sequence_that_the_log_does_not_have_is_refused() {
            append(take("1A", "Ada"));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> history.verify(Map.of(), 2))
                    .withMessageContaining("sequence 2, and the log ends at 1");
        }
    }

    @Test
    void a_projector_that_fails_is_named_with_the_sequence() {
        append(take("1A", "Ada"), free("1A"));
        Projector<Map<String, String>, SeatEvent> failing = Projector.<Map<String, String>, SeatEvent>startingWith(
                        new TreeMap<>())
                .on(SeatFreed.class, (plan, event) -> {
                    throw new ArithmeticException("out of order");
                });

        assertThatIllegalStateException()
                .isThrownBy(() -> Seats.log(store).history(failing, ROWS).blame("1A"))
                .withMessageContaining("failed at sequence 2 of type seat.freed");
    }

    @Test
    void an_interrupted_thread_stops() {
        append(take("1A", "Ada"));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> history.blame("1A"));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_query_that_finds_nothing_leaves_the_beginning() {
        append(take("1A", "Ada"));

        assertThat(history.matching(Query.none()).diff(0, 1).isEqual()).isTrue();
        assertThat(history.matching(Query.none()).blame("1A").changes()).isEmpty();
    }

    private void append(SeatEvent... events) {
        store.append(Append.of(Arrays.stream(events).map(Seats.CODEC::encode).toList()));
    }

    private static SeatTaken take(String seat, String guest) {
        return new SeatTaken(seat, guest);
    }

    private static SeatFreed free(String seat) {
        return new SeatFreed(seat);
    }
}
