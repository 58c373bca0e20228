package dev.recount.examples.quickstart;

/** What a guest may ask for. */
public sealed interface SeatCommand {

    /** The seat that the command is about. */
    String seat();

    /** Takes a seat for a guest. */
    record TakeSeat(String seat, String guest) implements SeatCommand {}

    /** Gives a seat back. */
    record FreeSeat(String seat) implements SeatCommand {}
}
