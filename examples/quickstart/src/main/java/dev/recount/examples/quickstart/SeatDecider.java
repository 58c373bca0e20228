package dev.recount.examples.quickstart;

import dev.recount.decider.Decider;
import dev.recount.examples.quickstart.SeatCommand.TakeSeat;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import java.util.List;
import java.util.Optional;

/** A seat is taken by one guest at a time. The state is that guest. */
public final class SeatDecider implements Decider<SeatCommand, Optional<String>, SeatEvent> {

    @Override
    public Optional<String> initialState() {
        return Optional.empty();
    }

    @Override
    public Optional<String> project(Optional<String> guest, SeatEvent event) {
        return event instanceof SeatTaken taken ? Optional.of(taken.guest()) : Optional.empty();
    }

    @Override
    public List<SeatEvent> decide(SeatCommand command, Optional<String> guest) {
        if (command instanceof TakeSeat take) {
            if (guest.isPresent()) {
                throw new SeatAlreadyTaken(take.seat());
            }
            return List.of(new SeatTaken(take.seat(), take.guest()));
        }
        return guest.isPresent() ? List.of(new SeatFreed(command.seat())) : List.of();
    }
}
