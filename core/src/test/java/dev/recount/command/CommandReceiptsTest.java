package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.event.Metadata;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatAlreadyTaken;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.SeatFreed;
import dev.recount.fixture.Seats.SeatTaken;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.store.Appended;
import dev.recount.store.ReceiptConflict;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandReceiptsTest {

    private static final Metadata ID = Metadata.empty().withCommandId("c-1");

    private final ListEventStore store = new ListEventStore();
    private final CommandHandler<SeatCommand, SeatEvent> seats =
            Seats.log(store).handle(Seats.DECIDER).within(command -> Seats.seat(command.seat()));

    @Test
    void a_repeated_command_gives_the_first_outcome_and_stores_nothing() {
        Seats.take(store, 2);
        seats.handle(new TakeSeat("12A", "Ada"), ID);
        seats.handle(new FreeSeat("12A"));

        Outcome<SeatEvent> again = seats.handle(new TakeSeat("12A", "Ada"), ID);

        assertThat(again.events()).containsExactly(new SeatTaken("12A", "Ada"));
        assertThat(again.appended()).isEqualTo(new Appended(3, 3, true));
        assertThat(store.info().head()).isEqualTo(4);
    }

    @Test
    void a_long_first_outcome_is_read_back_page_by_page() {
        Seats.take(store, 7);
        CommandHandler<SeatCommand, SeatEvent> clearing = Seats.log(store).handle(Seats.DECIDER_THAT_FREES_ALL);
        Outcome<SeatEvent> first = clearing.handle(new FreeSeat("all"), ID);
        store.longestPage = 3;

        Outcome<SeatEvent> again = clearing.handle(new FreeSeat("all"), ID);

        assertThat(first.appended()).isEqualTo(new Appended(8, 14, false));
        assertThat(again.appended()).isEqualTo(new Appended(8, 14, true));
        assertThat(again.events()).hasSize(7).isEqualTo(first.events());
    }

    @Test
    void a_command_that_led_to_no_event_is_remembered_too() {
        seats.handle(new TakeSeat("12A", "Ada"));
        Outcome<SeatEvent> first = seats.handle(new TakeSeat("12A", "Ada"), ID);
        seats.handle(new FreeSeat("12A"));

        Outcome<SeatEvent> again = seats.handle(new TakeSeat("12A", "Ada"), ID);

        assertThat(first.appended()).isEqualTo(new Appended(2, 1, false));
        assertThat(again.events()).isEmpty();
        assertThat(again.appended()).isEqualTo(new Appended(2, 1, true));
        assertThat(store.info().head()).isEqualTo(2);
    }

    @Test
    void another_command_with_the_same_id_is_a_conflict() {
        seats.handle(new TakeSeat("12A", "Ada"), ID);

        assertThatExceptionOfType(ReceiptConflict.class).isThrownBy(() -> seats.handle(new TakeSeat("12B", "Ada"), ID));

        assertThat(store.info().head()).isEqualTo(1);
    }

    @Test
    void what_makes_a_command_the_same_can_be_said() {
        CommandHandler<SeatCommand, SeatEvent> bySeat = seats.withReceiptContent(SeatCommand::seat);
        bySeat.handle(new TakeSeat("12A", "Ada"), ID);

        assertThat(bySeat.handle(new TakeSeat("12A", "Bob"), ID).events()).containsExactly(new SeatTaken("12A", "Ada"));
    }

    @Test
    void a_rejected_command_leaves_no_trace_and_may_be_tried_again() {
        seats.handle(new TakeSeat("12A", "Ada"));
        assertThatExceptionOfType(SeatAlreadyTaken.class)
                .isThrownBy(() -> seats.handle(new TakeSeat("12A", "Bob"), ID));
        assertThat(store.receipt("c-1")).isEmpty();
        seats.handle(new FreeSeat("12A"));

        Outcome<SeatEvent> later = seats.handle(new TakeSeat("12A", "Bob"), ID);

        assertThat(later.events()).containsExactly(new SeatTaken("12A", "Bob"));
        assertThat(later.appended().repeated()).isFalse();
    }

    @Test
    void the_same_command_carried_out_between_read_and_append_gives_the_first_outcome() {
        AtomicBoolean once = new AtomicBoolean();
        store.beforeAppend = append -> {
            if (once.compareAndSet(false, true)) {
                seats.handle(new TakeSeat("12A", "Ada"), ID);
            }
        };

        Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"), ID);

        assertThat(outcome.events()).containsExactly(new SeatTaken("12A", "Ada"));
        assertThat(outcome.appended()).isEqualTo(new Appended(1, 1, true));
    }

    @Test
    void the_same_command_carried_out_between_receipt_and_read_is_not_rejected_by_its_own_events() {
        CommandHandler<SeatCommand, SeatEvent> strict = Seats.log(store).handle(Seats.DECIDER_THAT_REFUSES_TWICE);
        AtomicBoolean once = new AtomicBoolean();
        store.beforeRead = read -> {
            if (once.compareAndSet(false, true)) {
                strict.handle(new TakeSeat("12A", "Ada"), ID);
            }
        };

        Outcome<SeatEvent> outcome = strict.handle(new TakeSeat("12A", "Ada"), ID);

        assertThat(outcome.events()).containsExactly(new SeatTaken("12A", "Ada"));
        assertThat(outcome.appended()).isEqualTo(new Appended(1, 1, true));
        assertThat(store.info().head()).isEqualTo(1);
    }

    @Test
    void a_repeated_command_is_not_decided_again() {
        seats.handle(new TakeSeat("12A", "Ada"));
        seats.handle(new FreeSeat("12A"), ID);
        store.reads.clear();

        Outcome<SeatEvent> again = seats.handle(new FreeSeat("12A"), ID);

        assertThat(again.events()).isEqualTo(List.of(new SeatFreed("12A")));
        assertThat(store.reads).singleElement().satisfies(read -> {
            assertThat(read.options().after()).isEqualTo(1);
            assertThat(read.options().until()).isEqualTo(2);
        });
    }

    @Test
    void a_blank_command_id_is_refused_and_nothing_is_stored() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seats.handle(
                        new TakeSeat("12A", "Ada"), Metadata.empty().withCommandId(" ")));

        assertThat(store.info().head()).isZero();
    }
}
