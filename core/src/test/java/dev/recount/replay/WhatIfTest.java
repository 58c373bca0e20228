package dev.recount.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.command.CommandHandler;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.decider.Projector;
import dev.recount.event.Metadata;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatFreed;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.store.Append;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WhatIfTest {

    private static final class OneSeatEach extends CommandRejected {
        OneSeatEach(String guest) {
            super("ONE_SEAT_EACH", guest + " has a seat. Free it first.");
        }
    }

    /** A guest may take one seat; who frees one is free to take another. */
    private static final Decider<SeatCommand, Map<String, String>, SeatEvent> ONE_SEAT_EACH =
            Decider.<SeatCommand, Map<String, String>, SeatEvent>over(Seats.PLAN)
                    .on(TakeSeat.class, (take, plan) -> {
                        if (plan.containsValue(take.guest())) {
                            throw new OneSeatEach(take.guest());
                        }
                        return List.of(new SeatTaken(take.seat(), take.guest()));
                    })
                    .on(FreeSeat.class, (free, plan) -> List.of(new SeatFreed(free.seat())));

    /** Decides the same set of texts on every command. */
    private record Always(List<String> texts) implements Decider<Set<String>, String, Set<String>> {

        @Override
        public List<Set<String>> decide(Set<String> command, String state) {
            return List.of(new LinkedHashSet<>(texts));
        }

        @Override
        public String initialState() {
            return "";
        }

        @Override
        public String project(String state, Set<String> event) {
            return state;
        }
    }

    /** Writes a set in the order in which it gives its elements. */
    private static final class SetCodec implements EventCodec<Set<String>> {

        @Override
        public NewEvent encode(Set<String> event) {
            return NewEvent.of("set", "\"" + String.join(" ", event) + "\"");
        }

        @Override
        public List<Set<String>> decode(StoredEvent stored) {
            return List.of(Set.of(stored.data().replace("\"", "").split(" ")));
        }

        @Override
        public Set<String> types(Class<? extends Set<String>> eventClass) {
            return Set.of("set");
        }
    }

    private final ListEventStore store = new ListEventStore();
    private final CommandHandler<SeatCommand, SeatEvent> seats = Seats.log(store)
            .handle(Seats.DECIDER)
            .recordingCommands(Seats.COMMANDS)
            .keepingStates(1);

    @Nested
    class Recording {

        @Test
        void puts_the_command_into_the_metadata_of_its_first_event() {
            seats.handle(new TakeSeat("1A", "Ada"), Metadata.empty().withActor("desk"));

            assertThat(stored())
                    .singleElement()
                    .extracting(event -> event.metadata().toJson())
                    .isEqualTo("{\"actor\":\"desk\",\"command\":\"[\\\"1A\\\",\\\"Ada\\\"]\",\"commandEvents\":\"1\","
                            + "\"commandType\":\"take\",\"commandVersion\":\"1\"}");
        }

        @Test
        void leaves_the_other_events_of_the_command_as_they_are() {
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Bob"));
            freeAll().handle(new FreeSeat("all"), Metadata.empty().withActor("desk"));

            assertThat(stored().get(2).metadata().get("commandEvents")).hasValue("2");
            assertThat(stored().get(3).metadata()).isEqualTo(Metadata.empty().withActor("desk"));
        }

        @Test
        void leaves_nothing_of_a_command_that_leads_to_no_event() {
            seats.handle(new FreeSeat("1A"), Metadata.empty().withCommandId("c1"));

            assertThat(stored()).isEmpty();
        }

        @Test
        void does_not_change_what_a_repeated_command_is() {
            Metadata id = Metadata.empty().withCommandId("c1");
            Seats.log(store).handle(Seats.DECIDER).handle(new TakeSeat("1A", "Ada"), id);

            assertThat(seats.handle(new TakeSeat("1A", "Ada"), id).appended().repeated())
                    .isTrue();
        }
    }

    @Nested
    class Deciding_again {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500, 501, 1_001})
        void by_the_same_rules_gives_the_same(int commands) {
            for (int i = 0; i < commands; i++) {
                seats.handle(i % 3 == 2 ? new FreeSeat("S" + (i - 1)) : new TakeSeat("S" + i, "Ada"));
            }

            WhatIfResult<SeatCommand> result = whatIf(Seats.DECIDER).run();

            assertThat(result).isEqualTo(new WhatIfResult<>(commands, commands, commands, List.of(), 0, 0, List.of()));
            assertThat(result.isSame()).isTrue();
        }

        @Test
        void takes_events_that_are_equal_for_the_same_in_whatever_order_they_write_a_set() {
            SetCodec codec = new SetCodec();
            EventLog<Set<String>> log = EventLog.of(store, codec);
            log.handle(new Always(List.of("a", "b"))).recordingCommands(codec).handle(Set.of("a"));
            log.handle(new Always(List.of("a", "b"))).recordingCommands(codec).handle(Set.of("b"));

            WhatIfResult<Set<String>> sameSet =
                    log.whatIf(new Always(List.of("b", "a")), codec).run();
            WhatIfResult<Set<String>> otherSet =
                    log.whatIf(new Always(List.of("b", "c")), codec).run();

            assertThat(sameSet.same()).isEqualTo(2);
            assertThat(otherSet.differing()).hasSize(2);
        }

        @Test
        void by_a_changed_rule_differs_exactly_where_it_should() {
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Bob"));
            seats.handle(new TakeSeat("1C", "Ada"));
            seats.handle(new FreeSeat("1A"));
            seats.handle(new FreeSeat("1C"));
            seats.handle(new TakeSeat("1D", "Ada"));

            WhatIfResult<SeatCommand> result = whatIf(ONE_SEAT_EACH).run();

            assertThat(result.isSame()).isFalse();
            assertThat(result.decisions()).isEqualTo(6);
            assertThat(result.same()).isEqualTo(5);
            assertThat(result.differing()).singleElement().satisfies(other -> {
                assertThat(other.sequence()).isEqualTo(3);
                assertThat(other.command()).isEqualTo(new TakeSeat("1C", "Ada"));
                assertThat(other.stored()).extracting(StoredEvent::data).containsExactly("[\"1C\",\"Ada\"]");
                assertThat(other.decided()).isEmpty();
                assertThat(other.rejected().orElseThrow().code()).isEqualTo("ONE_SEAT_EACH");
                assertThat(other.failure()).isEmpty();
            });
        }

        @Test
        void shows_what_would_have_been_decided() {
            Decider<SeatCommand, Map<String, String>, SeatEvent> moving =
                    Decider.<SeatCommand, Map<String, String>, SeatEvent>over(Seats.PLAN)
                            .on(
                                    TakeSeat.class,
                                    (take, plan) -> plan.isEmpty()
                                            ? List.of(new SeatTaken(take.seat(), take.guest()))
                                            : List.of(
                                                    new SeatFreed(plan.keySet()
                                                            .iterator()
                                                            .next()),
                                                    new SeatTaken(take.seat(), take.guest())));
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Ada"));

            WhatIfResult<SeatCommand> result = whatIf(moving).run();

            assertThat(result.same()).isEqualTo(1);
            assertThat(result.differing()).singleElement().satisfies(other -> {
                assertThat(other.decided()).extracting(NewEvent::type).containsExactly("seat.freed", "seat.taken");
                assertThat(other.rejected()).isEmpty();
                assertThat(other.failure()).isEmpty();
            });
        }

        @Test
        void by_rules_that_fail_tells_a_mistake_from_a_refusal() {
            Decider<SeatCommand, Map<String, String>, SeatEvent> broken =
                    Decider.<SeatCommand, Map<String, String>, SeatEvent>over(Seats.PLAN)
                            .on(TakeSeat.class, (take, plan) -> {
                                throw new UnsupportedOperationException("not written yet");
                            });
            seats.handle(new TakeSeat("1A", "Ada"));

            assertThat(whatIf(broken).run().differing()).singleElement().satisfies(other -> {
                assertThat(other.rejected()).isEmpty();
                assertThat(other.failure()).containsInstanceOf(UnsupportedOperationException.class);
            });
        }

        @Test
        void by_rules_that_cannot_project_says_where() {
            Decider<SeatCommand, Map<String, String>, SeatEvent> broken =
                    Decider.over(Projector.<Map<String, String>, SeatEvent>startingWith(Map.of())
                            .on(SeatTaken.class, (plan, event) -> {
                                throw new IllegalArgumentException("no guests");
                            }));
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Ada"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> whatIf(broken).run())
                    .withMessageContaining("sequence 1")
                    .withMessageContaining("no guests");
        }

        @Test
        void goes_on_with_what_is_stored_so_that_each_decision_is_compared_by_itself() {
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Ada"));
            seats.handle(new TakeSeat("1C", "Ada"));

            assertThat(whatIf(ONE_SEAT_EACH).run().differing())
                    .extracting(DifferentDecision::sequence)
                    .containsExactly(2L, 3L);
        }

        @Test
        void takes_a_decision_whose_events_lie_on_several_pages_as_one() {
            Seats.take(store, 499);
            seats.handle(new TakeSeat("1A", "Ada"));
            freeAll().handle(new FreeSeat("all"));
            seats.handle(new TakeSeat("1A", "Bob"));

            WhatIfResult<SeatCommand> result =
                    whatIf(Seats.DECIDER_THAT_FREES_ALL).run();

            assertThat(result.decisions()).isEqualTo(3);
            assertThat(result.withoutCommand()).isEqualTo(499);
            assertThat(result.differing())
                    .extracting(DifferentDecision::sequence)
                    .containsExactly(500L, 1_001L);
        }

        @Test
        void within_a_boundary_sees_what_the_first_decision_saw() {
            for (String seat : List.of("1A", "1B", "1A", "1B", "1C")) {
                Seats.log(store)
                        .handle(Seats.DECIDER_THAT_REFUSES_TWICE)
                        .within(command -> Seats.seat(command.seat()))
                        .recordingCommands(Seats.COMMANDS)
                        .handle(new TakeSeat(seat, "Ada"));
                Seats.log(store).handle(Seats.DECIDER).handle(new FreeSeat(seat));
            }

            WhatIfResult<SeatCommand> bounded = whatIf(ONE_SEAT_EACH)
                    .within(command -> Seats.seat(command.seat()))
                    .run();

            assertThat(bounded.same()).isEqualTo(5);
            assertThat(bounded.withoutCommand()).isEqualTo(5);
        }

        @Test
        void of_interleaved_boundaries_keeps_their_states_apart() {
            seats.handle(new TakeSeat("1A", "Ada"));
            seats.handle(new TakeSeat("1B", "Ada"));
            seats.handle(new FreeSeat("1A"));
            seats.handle(new TakeSeat("1A", "Ada"));

            assertThat(whatIf(ONE_SEAT_EACH)
                            .within(command -> Seats.seat(command.seat()))
                            .run()
                            .isSame())
                    .isTrue();
            assertThat(whatIf(ONE_SEAT_EACH).run().differing())
                    .extracting(DifferentDecision::sequence)
                    .containsExactly(2L, 4L);
        }
    }

    @Nested
    class What_cannot_be_compared {

        @Test
        void is_counted_where_no_command_was_recorded() {
            Seats.take(store, 3);
            Seats.log(store).handle(Seats.DECIDER).handle(new TakeSeat("1A", "Ada"));

            assertThat(whatIf(Seats.DECIDER).run()).isEqualTo(new WhatIfResult<>(4, 0, 0, List.of(), 4, 0, List.of()));
        }

        @Test
        void is_reported_where_a_command_cannot_be_read() {
            seats.handle(new TakeSeat("1A", "Ada"));
            appendWithCommand("{}", "take");
            appendWithCommand("[\"1C\"]", "sell");
            seats.handle(new TakeSeat("1B", "Bob"));

            WhatIfResult<SeatCommand> result = whatIf(Seats.DECIDER).run();

            assertThat(result.decisions()).isEqualTo(2);
            assertThat(result.same()).isEqualTo(2);
            assertThat(result.incomparable()).isEqualTo(2);
            assertThat(result.isSame()).isFalse();
            assertThat(result.problems())
                    .extracting(WhatIfResult.Problem::sequence)
                    .containsExactly(2L, 3L);
            assertThat(result.problems().get(0).reason())
                    .startsWith("Its command cannot be read.")
                    .contains("no seat");
        }

        @Test
        void is_reported_where_an_event_that_the_decision_rests_on_cannot_be_read() {
            seats.handle(new TakeSeat("1A", "Ada"));
            Seats.storeRaw(store, "seat.taken", "{}", Tags.of("seat", "1X"));
            Seats.storeRaw(store, "bead.created", "{}", Tags.of("seat", "1A"));
            CommandHandler<SeatCommand, SeatEvent> bounded = seats.within(command -> Seats.seat(command.seat()));
            bounded.handle(new FreeSeat("1A"));

            assertThat(whatIf(Seats.DECIDER).run().problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.sequence()).isEqualTo(4))
                    .satisfies(problem -> assertThat(problem.reason()).startsWith("What it rests on cannot be read."));
            assertThat(whatIf(Seats.DECIDER)
                            .within(command -> Seats.seat(command.seat()))
                            .run()
                            .isSame())
                    .isTrue();
        }

        @Test
        void is_no_entry_that_somebody_else_gave_that_name() {
            NewEvent taken = Seats.CODEC.encode(new SeatTaken("1A", "Ada"));
            Metadata own = Metadata.empty().with("command", "take").with("commandType", "take");
            store.append(Append.of(List.of(
                    taken.withMetadata(own),
                    taken.withMetadata(own.with("commandEvents", "many").with("commandVersion", "1")))));

            assertThat(whatIf(Seats.DECIDER).run().withoutCommand()).isEqualTo(2);
        }
    }

    @Test
    void progress_is_told_after_each_page() {
        Seats.take(store, 501);
        List<ReplayProgress> told = new ArrayList<>();

        whatIf(Seats.DECIDER).reportingTo(told::add).run();

        assertThat(told).containsExactly(new ReplayProgress(500, 501, 500), new ReplayProgress(501, 501, 501));
    }

    @Test
    void an_interrupt_stops_it() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> whatIf(Seats.DECIDER).run());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void lists_a_thousand_and_counts_all() {
        IntStream.range(0, 1_002).forEach(i -> seats.handle(new TakeSeat("S" + i, "Ada")));

        WhatIfResult<SeatCommand> result = whatIf(ONE_SEAT_EACH).run();

        assertThat(result.decisions()).isEqualTo(1_002);
        assertThat(result.same()).isEqualTo(1);
        assertThat(result.differing()).hasSize(1_000);
    }

    private CommandHandler<SeatCommand, SeatEvent> freeAll() {
        return Seats.log(store).handle(Seats.DECIDER_THAT_FREES_ALL).recordingCommands(Seats.COMMANDS);
    }

    private WhatIf<SeatCommand, Map<String, String>, SeatEvent> whatIf(
            Decider<SeatCommand, Map<String, String>, SeatEvent> rules) {
        return Seats.log(store).whatIf(rules, Seats.COMMANDS);
    }

    private void appendWithCommand(String data, String type) {
        Metadata metadata = Metadata.empty()
                .with("command", data)
                .with("commandType", type)
                .with("commandVersion", "1")
                .with("commandEvents", "1");
        store.append(
                Append.of(List.of(Seats.CODEC.encode(new SeatTaken("1C", "Cid")).withMetadata(metadata))));
    }

    private List<StoredEvent> stored() {
        return store.read(Query.all(), ReadOptions.defaults()).events();
    }
}
