package dev.recount.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import dev.recount.replay.DifferentDecision;
import dev.recount.replay.LiveModel;
import dev.recount.replay.WhatIfResult;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The samples about live models and what-if, run. {@link DocumentationTest} sees to it that none is missing here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ModelSamplesTest {

    private final EventStore store = MemoryEventStore.create();
    private final EventLog<SeatEvent> log = EventLog.of(store, JacksonCodec.of(SeatEvent.class));

    @Test
    void a_live_model_shows_what_was_written() throws InterruptedException {
        CommandHandler<SeatCommand, SeatEvent> seats =
                log.handle(new SeatDecider()).within(command -> Query.tagged("seat", command.seat()));
        String guest = "nobody";

        try (LiveModel<Map<String, String>> plan = log.replay(new SeatPlan()).live()) {
            Outcome<SeatEvent> outcome = seats.handle(new TakeSeat("12A", "Ada"));
            if (plan.whenApplied(outcome.appended().last(), Duration.ofSeconds(30))) {
                guest = plan.state().get("12A"); // what was written just now
            }
        }

        assertThat(guest).isEqualTo("Ada");
    }

    @Test
    void recorded_commands_are_decided_again() {
        List<String> found = new ArrayList<>();

        EventCodec<SeatCommand> commands = JacksonCodec.of(SeatCommand.class);
        CommandHandler<SeatCommand, SeatEvent> seats = log.handle(new SeatDecider())
                .within(command -> Query.tagged("seat", command.seat()))
                .recordingCommands(commands);

        seats.handle(new TakeSeat("12A", "Ada"));
        seats.handle(new TakeSeat("12B", "Ada"));
        Decider<SeatCommand, Map<String, String>, SeatEvent> oneSeatEach = oneSeatEach();

        WhatIfResult<SeatCommand> result = log.whatIf(oneSeatEach, commands).run();
        for (DifferentDecision<SeatCommand> decision : result.differing()) {
            found.add(decision.command() + " at sequence " + decision.sequence());
        }

        assertThat(found).containsExactly("TakeSeat[seat=12B, guest=Ada] at sequence 2");
    }

    private static Decider<SeatCommand, Map<String, String>, SeatEvent> oneSeatEach() {
        return Decider.<SeatCommand, Map<String, String>, SeatEvent>over(new SeatPlan())
                .on(TakeSeat.class, (take, plan) -> {
                    if (plan.containsValue(take.guest())) {
                        throw new HasASeat(take.guest());
                    }
                    return List.of(new SeatTaken(take.seat(), take.guest()));
                });
    }

    private static final class HasASeat extends CommandRejected {
        HasASeat(String guest) {
            super("HAS_A_SEAT", guest + " has a seat. Give it back first.");
        }
    }
}
