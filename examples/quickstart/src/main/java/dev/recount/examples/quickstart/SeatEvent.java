package dev.recount.examples.quickstart;

import dev.recount.event.EventType;
import dev.recount.event.Tag;

/** What happens to the seats of a theatre. */
public sealed interface SeatEvent {

    /** A guest has taken a seat. */
    @EventType("seat.taken")
    record SeatTaken(@Tag("seat") String seat, String guest) implements SeatEvent {}

    /** A seat is free again. */
    @EventType("seat.freed")
    record SeatFreed(@Tag("seat") String seat) implements SeatEvent {}
}
