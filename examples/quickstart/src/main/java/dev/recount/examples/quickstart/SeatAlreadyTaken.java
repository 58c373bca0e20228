package dev.recount.examples.quickstart;

import dev.recount.decider.CommandRejected;

/** Somebody else has the seat. */
public final class SeatAlreadyTaken extends CommandRejected {

    private final String seat;

    /** A seat that is taken. */
    public SeatAlreadyTaken(String seat) {
        super("SEAT_ALREADY_TAKEN", "Seat " + seat + " is taken. Choose another.");
        this.seat = seat;
    }

    /** The seat. */
    public String seat() {
        return seat;
    }
}
