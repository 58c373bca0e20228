package dev.recount.feed.client;

import dev.recount.decider.Projector;
import dev.recount.event.EventType;
import dev.recount.event.NewEvent;
import dev.recount.event.Tag;
import java.util.HashMap;
import java.util.Map;

/** What happens to seats. */
sealed interface SeatEvent {

    /** A guest has taken a seat. */
    @EventType("seat.taken")
    record SeatTaken(@Tag("seat") String seat, String guest) implements SeatEvent {}

    /** A seat is free again. */
    @EventType("seat.freed")
    record SeatFreed(@Tag("seat") String seat) implements SeatEvent {}

    /** Who sits where, and how often each seat was taken: whatever is missed or repeated shows. */
    static Projector<Map<String, String>, SeatEvent> plan() {
        return Projector.inBatches(Map.of(), HashMap::new, SeatEvent::apply, Map::copyOf);
    }

    private static void apply(Map<String, String> plan, SeatEvent event) {
        if (event instanceof SeatTaken taken) {
            plan.put(taken.seat(), taken.guest());
            plan.merge(taken.seat() + " times", "I", String::concat);
        } else if (event instanceof SeatFreed freed) {
            plan.remove(freed.seat());
        }
    }

    /** As a store of that many events would go on. */
    static NewEvent after(long sequence) {
        long seat = sequence % 5;
        return sequence % 3 == 2
                ? NewEvent.of("seat.freed", "{\"seat\":\"" + seat + "\"}")
                : NewEvent.of("seat.taken", "{\"seat\":\"" + seat + "\",\"guest\":\"guest " + sequence + "\"}");
    }
}
