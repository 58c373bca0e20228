package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatTaken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplayTest {

    private static final Projector<List<String>, SeatEvent> NAMES = Projector.<List<String>, SeatEvent>startingWith(
                    List.of())
            .on(SeatEvent.class, (names, event) -> {
                List<String> more = new ArrayList<>(names);
                more.add(event.seat());
                return more;
            });

    private final ListEventStore store = new ListEventStore();
    private final Replay<List<String>, SeatEvent> replay = Seats.log(store).replay(NAMES);

    @Nested
    class Run {

        @Test
        void of_an_empty_log_gives_the_initial_state() {
            Replayed<List<String>> replayed = replay.run();

            assertThat(replayed.state()).isEmpty();
            assertThat(replayed.sequence()).isZero();
            assertThat(replayed.events()).isZero();
            assertThat(replayed.skipped()).isZero();
            assertThat(replayed.problems()).isEmpty();
            assertThat(replayed.took()).isGreaterThanOrEqualTo(Duration.ZERO);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 500, 1_000, 1_001, 5_000})
        void gives_the_same_for_every_page_size(int pageSize) {
            Seats.take(store, 1_001);

            Replayed<List<String>> replayed = replay.withPageSize(pageSize).run();

            assertThat(replayed.state())
                    .hasSize(1_001)
                    .startsWith("S1", "S2")
                    .endsWith("S1000", "S1001")
                    .doesNotHaveDuplicates();
            assertThat(replayed.sequence()).isEqualTo(1_001);
            assertThat(replayed.events()).isEqualTo(1_001);
            assertThat(store.reads).hasSize((1_001 + pageSize - 1) / pageSize);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 499, 500, 501, 1_000})
        void gives_every_event_whatever_the_length_of_the_log(int stored) {
            Seats.take(store, stored);

            assertThat(replay.run().state()).hasSize(stored);
        }

        @Test
        void leaves_out_what_is_appended_meanwhile() {
            Seats.take(store, 3);
            store.beforeRead = read -> Seats.take(store, 1);

            Replayed<List<String>> replayed = replay.withPageSize(1).run();

            assertThat(replayed.state()).containsExactly("S1", "S2", "S3");
            assertThat(replayed.sequence()).isEqualTo(3);
        }

        @Test
        void starts_anew_each_time() {
            Seats.take(store, 2);
            assertThat(replay.run().state()).hasSize(2);
            Seats.take(store, 1);

            assertThat(replay.run().state()).hasSize(3);
        }

        @Test
        void of_a_query_gives_what_it_finds_and_says_how_far_it_looked() {
            Seats.take(store, 5);

            Replayed<List<String>> replayed =
                    replay.matching(Seats.seat("S2").or(Seats.seat("S4"))).run();

            assertThat(replayed.state()).containsExactly("S2", "S4");
            assertThat(replayed.sequence()).isEqualTo(5);
            assertThat(replayed.events()).isEqualTo(2);
        }

        @Test
        void applies_each_event_that_a_stored_one_stands_for_today() {
            Seats.storeRaw(store, "seat.swapped", "[\"1\",\"Ada\"]", Tags.none());

            Replayed<List<String>> replayed = replay.run();

            assertThat(replayed.state()).containsExactly("1", "1");
            assertThat(replayed.events()).isEqualTo(1);
            assertThat(Seats.log(store).replay(Seats.PLAN).run().state()).isEqualTo(Map.of("1", "Ada"));
        }

        @Test
        void names_the_sequence_at_which_a_projector_fails() {
            Seats.take(store, 3);
            RuntimeException bug = new ArithmeticException("no");
            Projector<Integer, SeatEvent> failing = Projector.<Integer, SeatEvent>startingWith(0)
                    .on(SeatTaken.class, (count, event) -> {
                        if (count == 1) {
                            throw bug;
                        }
                        return count + 1;
                    });

            assertThatIllegalStateException()
                    .isThrownBy(() -> Seats.log(store).replay(failing).run())
                    .withMessage(
                            "The projector failed at sequence 2 of type seat.taken: java.lang.ArithmeticException: no."
                                    + " A projector must take every stored event.")
                    .withCause(bug);
        }

        @Test
        void names_the_sequence_at_which_a_projector_fails_that_takes_many_at_once() {
            Seats.take(store, 1_500);
            Projector<Integer, SeatEvent> failing = Projector.<Integer, SeatEvent>startingWith(0)
                    .on(SeatTaken.class, (count, event) -> {
                        if (count == 1_233) {
                            throw new ArithmeticException("no");
                        }
                        return count + 1;
                    });

            assertThatIllegalStateException()
                    .isThrownBy(() -> Seats.log(store)
                            .replay(Projector.combine(failing, NAMES))
                            .run())
                    .withMessageStartingWith("The projector failed at sequence 1234 of type seat.taken: ");
        }

        @Test
        void on_one_thread_and_on_two_gives_the_same() {
            Seats.take(store, 1_000);

            Replayed<List<String>> one = replay.withPageSize(7).onOneThread().run();
            Replayed<List<String>> two = replay.withPageSize(7).run();

            assertThat(one.state()).isEqualTo(two.state()).hasSize(1_000);
            assertThat(one.events()).isEqualTo(two.events()).isEqualTo(1_000);
        }

        @Test
        void of_a_projector_that_leaves_events_out_is_refused() {
            Seats.take(store, 3);
            Projector<Integer, SeatEvent> lazy = new Projector<>() {
                @Override
                public Integer initialState() {
                    return 0;
                }

                @Override
                public Integer project(Integer state, SeatEvent event) {
                    return state + 1;
                }

                @Override
                public Integer projectAll(Integer state, Iterable<? extends SeatEvent> events) {
                    return project(state, events.iterator().next());
                }
            };

            assertThatIllegalStateException()
                    .isThrownBy(() -> Seats.log(store).replay(lazy).run())
                    .withMessageContaining("must go over all events");
        }

        @Test
        void pages_below_1_are_refused() {
            assertThatIllegalArgumentException().isThrownBy(() -> replay.withPageSize(0));
        }
    }

    @Nested
    class Until {

        @Test
        void a_sequence_includes_it() {
            Seats.take(store, 5);

            assertThat(replay.until(0).run().state()).isEmpty();
            assertThat(replay.until(3).run().state()).containsExactly("S1", "S2", "S3");
            assertThat(replay.until(3).run().sequence()).isEqualTo(3);
            assertThat(replay.until(3).withPageSize(1).run().state()).hasSize(3);
        }

        @Test
        void a_sequence_beyond_the_head_is_the_head() {
            Seats.take(store, 5);

            Replayed<List<String>> replayed = replay.until(Long.MAX_VALUE).run();

            assertThat(replayed.sequence()).isEqualTo(5);
            assertThat(replay.until(9).run().sequence()).isEqualTo(5);
        }

        @Test
        void a_sequence_below_0_is_refused() {
            assertThatIllegalArgumentException().isThrownBy(() -> replay.until(-1));
        }

        @Test
        void a_time_includes_all_that_was_stored_at_it() {
            Instant tuesday = Instant.parse("2026-01-06T00:00:00Z");
            Seats.take(store, 1);
            store.now = tuesday;
            Seats.take(store, 2);
            store.now = tuesday.plusSeconds(1);
            Seats.take(store, 1);

            assertThat(replay.until(tuesday).run().state()).containsExactly("S1", "S2", "S3");
            assertThat(replay.until(tuesday.minusSeconds(1)).run().state()).containsExactly("S1");
            assertThat(replay.until(Instant.MIN).run().state()).isEmpty();
            assertThat(replay.until(Instant.MAX).run().state()).hasSize(4);
        }

        @Test
        void the_last_one_said_counts() {
            Seats.take(store, 5);

            assertThat(replay.until(2).until(Instant.MAX).run().sequence()).isEqualTo(5);
        }
    }

    @Nested
    class Undecodable_events {

        @Test
        void are_left_out_counted_and_reported() {
            Seats.take(store, 1);
            Seats.storeRaw(store, "bead.created", "{}", Tags.none());
            Seats.storeRaw(store, "seat.taken", "{}", Tags.none());
            Seats.take(store, 1);

            Replayed<List<String>> replayed = replay.run();

            assertThat(replayed.state()).containsExactly("S1", "S4");
            assertThat(replayed.events()).isEqualTo(2);
            assertThat(replayed.skipped()).isEqualTo(2);
            assertThat(replayed.sequence()).isEqualTo(4);
            assertThat(replayed.problems())
                    .extracting(UndecodableEvent::sequence)
                    .containsExactly(2L, 3L);
            assertThat(replayed.problems())
                    .extracting(UndecodableEvent::isUnknownType)
                    .containsExactly(true, false);
            assertThat(replayed.problems().get(0))
                    .hasMessage(
                            "Event 2 has the unknown type bead.created. Register the type, or an alias of its new name.");
        }

        @Test
        void are_all_counted_but_only_the_first_100_are_kept() {
            for (int i = 0; i < 130; i++) {
                Seats.storeRaw(store, "bead.created", "{}", Tags.none());
            }

            Replayed<List<String>> replayed = replay.withPageSize(7).run();

            assertThat(replayed.skipped()).isEqualTo(130);
            assertThat(replayed.problems()).hasSize(100);
            assertThat(replayed.problems().get(99).sequence()).isEqualTo(100);
        }

        @Test
        void fail_a_strict_replay_at_the_first() {
            Seats.take(store, 1);
            Seats.storeRaw(store, "bead.created", "{}", Tags.none());

            assertThatExceptionOfType(UndecodableEvent.class)
                    .isThrownBy(() -> replay.strictly().run())
                    .satisfies(problem -> assertThat(problem.sequence()).isEqualTo(2));
            assertThat(replay.strictly().until(1).run().state()).hasSize(1);
        }
    }

    @Nested
    class On_the_way {

        @Test
        void it_tells_how_far_it_has_got_after_each_page() {
            Seats.take(store, 5);
            Seats.storeRaw(store, "bead.created", "{}", Tags.none());
            List<ReplayProgress> told = new ArrayList<>();

            replay.withPageSize(3).reportingTo(told::add).run();

            assertThat(told).containsExactly(new ReplayProgress(3, 6, 3), new ReplayProgress(6, 6, 5));
        }

        @Test
        void it_stops_before_the_next_page_when_told() {
            Seats.take(store, 5);
            List<ReplayProgress> told = new ArrayList<>();

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> replay.withPageSize(2)
                            .reportingTo(told::add)
                            .stoppingWhen(() -> told.size() == 2)
                            .run())
                    .withMessage("The replay was stopped at sequence 4 of 5.");
        }

        @Test
        void it_stops_when_its_thread_is_interrupted_and_leaves_the_interrupt() {
            Seats.take(store, 5);
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(CancellationException.class).isThrownBy(replay::run);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void each_wither_gives_another_replay_and_keeps_what_was_said_before() {
        Seats.take(store, 4);
        Seats.storeRaw(store, "bead.created", "{}", Tags.of("seat", "S2"));
        List<ReplayProgress> told = new ArrayList<>();
        Replay<List<String>, SeatEvent> all = replay.stoppingWhen(() -> false)
                .reportingTo(told::add)
                .withPageSize(1)
                .until(4)
                .matching(Seats.seat("S2"))
                .strictly();

        assertThat(all.run().state()).containsExactly("S2");
        assertThat(told).hasSize(1);
        assertThat(replay.run().state()).hasSize(4);
        assertThat(replay.run().skipped()).isEqualTo(1);
    }
}
