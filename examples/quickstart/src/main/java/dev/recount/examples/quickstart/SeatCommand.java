package dev.recount.examples.quickstart;

import dev.recount.event.EventType;

/** What a guest may ask for. */
public sealed interface SeatCommand {

    /** The seat that the command is about. */
    String seat();

    /** Takes a seat for a guest. */
    @EventType("take")
    record TakeSeat(String seat, String guest) implements SeatCommand {}

    /** Gives a seat back. */
    @EventType("free")
    record FreeSeat(String seat) implements SeatCommand {}
}
