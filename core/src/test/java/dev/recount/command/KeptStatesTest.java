package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.Tags;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.FreeSeat;
import dev.recount.fixture.Seats.SeatAlreadyTaken;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.TakeSeat;
import dev.recount.store.Query;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeptStatesTest {

    private final ListEventStore store = new ListEventStore();
    private final CommandHandler<SeatCommand, SeatEvent> fresh =
            Seats.log(store).handle(Seats.DECIDER).within(command -> Seats.seat(command.seat()));
    private final CommandHandler<SeatCommand, SeatEvent> keeping = fresh.keepingStates(2);

    @Test
    void without_them_every_decision_reads_from_the_start() {
        fresh.handle(new TakeSeat("1", "Ada"));
        fresh.handle(new TakeSeat("1", "Ada"));

        assertThat(readsAfter()).containsExactly(0L, 0L);
    }

    @Test
    void the_next_decision_reads_only_what_is_new() {
        Seats.take(store, 5);
        keeping.handle(new TakeSeat("1", "Ada"));
        fresh.handle(new FreeSeat("1"));
        store.reads.clear();

        keeping.handle(new TakeSeat("1", "Bob"));
        keeping.handle(new TakeSeat("1", "Bob"));

        assertThat(readsAfter()).containsExactly(5L, 7L);
        assertThat(store.info().head()).isEqualTo(8);
    }

    @Test
    void a_decision_always_sees_what_others_have_stored() {
        keeping.handle(new FreeSeat("1"));
        fresh.handle(new TakeSeat("1", "Ada"));

        assertThatExceptionOfType(SeatAlreadyTaken.class).isThrownBy(() -> keeping.handle(new TakeSeat("1", "Bob")));
    }

    @Test
    void the_least_recently_used_boundary_is_forgotten_first() {
        Seats.take(store, 5);
        keeping.handle(new FreeSeat("1"));
        keeping.handle(new FreeSeat("2"));
        keeping.handle(new FreeSeat("1"));
        keeping.handle(new FreeSeat("3"));
        store.reads.clear();

        keeping.handle(new FreeSeat("1"));
        keeping.handle(new FreeSeat("3"));
        keeping.handle(new FreeSeat("2"));

        assertThat(readsAfter()).containsExactly(5L, 5L, 0L);
    }

    @Test
    void a_decision_that_failed_to_read_leaves_the_state_before() {
        keeping.handle(new TakeSeat("1", "Ada"));
        Seats.storeRaw(store, "seat.taken", "{}", Tags.of("seat", "1"));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UndecodableEvent.class).isThrownBy(() -> keeping.handle(new FreeSeat("1")));
        }

        assertThat(readsAfter()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void each_configured_handler_keeps_its_own() {
        Seats.take(store, 5);
        keeping.handle(new FreeSeat("1"));
        store.reads.clear();

        keeping.within(command -> Query.all()).handle(new FreeSeat("1"));
        keeping.withMaxAttempts(3).handle(new FreeSeat("1"));

        assertThat(readsAfter()).containsExactly(0L, 0L);
    }

    @Test
    void less_than_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fresh.keepingStates(-1))
                .withMessage("-1 kept states are too few. Give at least 0.");
    }

    @Test
    void an_older_state_never_replaces_a_newer_one() {
        StateCache<String> cache = new StateCache<>(1);

        cache.put(Query.all(), new KnownState<>("new", 7, 0, 0));
        cache.put(Query.all(), new KnownState<>("old", 6, 0, 0));

        assertThat(cache.get(Query.all())).isEqualTo(new KnownState<>("new", 7, 0, 0));
        assertThat(cache.get(Query.none())).isNull();
    }

    @Test
    void a_capacity_of_none_keeps_none() {
        StateCache<String> cache = new StateCache<>(0);

        cache.put(Query.all(), new KnownState<>("state", 7, 0, 0));

        assertThat(cache.get(Query.all())).isNull();
    }

    @Test
    void decisions_are_the_same_with_and_without_them() {
        long seed = 5;
        Random random = new Random(seed);
        ListEventStore other = new ListEventStore();
        CommandHandler<SeatCommand, SeatEvent> reference =
                Seats.log(other).handle(Seats.DECIDER).within(command -> Seats.seat(command.seat()));
        for (int round = 0; round < 500; round++) {
            String seat = String.valueOf(random.nextInt(4));
            SeatCommand command = random.nextBoolean()
                    ? new FreeSeat(seat)
                    : new TakeSeat(seat, List.of("Ada", "Bob").get(random.nextInt(2)));

            assertThat(outcome(keeping, command))
                    .as("seed %s round %s %s", seed, round, command)
                    .isEqualTo(outcome(reference, command));
        }
    }

    private static String outcome(CommandHandler<SeatCommand, SeatEvent> handler, SeatCommand command) {
        try {
            return handler.handle(command).toString();
        } catch (SeatAlreadyTaken e) {
            return e.getMessage();
        }
    }

    private List<Long> readsAfter() {
        return store.reads.stream().map(read -> read.options().after()).toList();
    }
}
