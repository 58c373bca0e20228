package dev.recount.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.Metadata;
import dev.recount.fixture.ListEventStore;
import dev.recount.fixture.Seats;
import dev.recount.fixture.Seats.SeatAlreadyTaken;
import dev.recount.fixture.Seats.SeatCommand;
import dev.recount.fixture.Seats.SeatEvent;
import dev.recount.fixture.Seats.TakeSeat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@DisplayNameGeneration(ReplaceUnderscores.class)
class RacingCommandsTest {

    private static final int THREADS = 8;
    private static final int SEATS = 40;

    private final ListEventStore store = new ListEventStore();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100})
    void exactly_one_thread_wins_each_seat(int keptStates) throws Exception {
        CommandHandler<SeatCommand, SeatEvent> seats = Seats.log(store)
                .handle(Seats.DECIDER)
                .within(command -> Seats.seat(command.seat()))
                .keepingStates(keptStates);

        List<Integer> won = race(thread -> {
            int wins = 0;
            for (int seat = 0; seat < SEATS; seat++) {
                wins += wins(seats, new TakeSeat("S" + seat, "G" + thread));
            }
            return wins;
        });

        assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SEATS);
        assertThat(store.info().head()).isEqualTo(SEATS);
        assertThat(Seats.log(store).replay(Seats.PLAN).run().state()).hasSize(SEATS);
    }

    @Test
    void one_command_by_many_threads_is_carried_out_once_and_never_rejected_by_itself() throws Exception {
        CommandHandler<SeatCommand, SeatEvent> seats = Seats.log(store).handle(Seats.DECIDER_THAT_REFUSES_TWICE);

        List<Integer> first = race(thread -> {
            int stored = 0;
            for (int seat = 0; seat < SEATS; seat++) {
                Metadata id = Metadata.empty().withCommandId("c-" + seat);
                Outcome<SeatEvent> outcome = seats.withMaxAttempts(1_000).handle(new TakeSeat("S" + seat, "Ada"), id);
                assertThat(outcome.events()).hasSize(1);
                stored += outcome.appended().repeated() ? 0 : 1;
            }
            return stored;
        });

        assertThat(first.stream().mapToInt(Integer::intValue).sum()).isEqualTo(SEATS);
        assertThat(store.info().head()).isEqualTo(SEATS);
    }

    private static int wins(CommandHandler<SeatCommand, SeatEvent> seats, TakeSeat take) {
        try {
            return seats.handle(take).events().size();
        } catch (SeatAlreadyTaken e) {
            return 0;
        }
    }

    private List<Integer> race(IntFunction<Integer> runner) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            running.add(pool.submit(() -> {
                start.await(60, TimeUnit.SECONDS);
                return runner.apply(thread);
            }));
        }
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> result : running) {
            results.add(result.get(60, TimeUnit.SECONDS));
        }
        return results;
    }
}
