package dev.recount.examples.quickstart;

import dev.recount.decider.Projector;
import dev.recount.decider.ProjectorByClass;
import dev.recount.examples.quickstart.SeatEvent.SeatFreed;
import dev.recount.examples.quickstart.SeatEvent.SeatTaken;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Who sits where. */
public final class SeatPlan implements Projector<Map<String, String>, SeatEvent> {

    private static final ProjectorByClass<Map<String, String>, SeatEvent> GUESTS_BY_SEAT =
            Projector.<Map<String, String>, SeatEvent>startingWith(Map.of())
                    .on(SeatTaken.class, (plan, event) -> with(plan, event.seat(), event.guest()))
                    .on(SeatFreed.class, (plan, event) -> without(plan, event.seat()));

    @Override
    public Map<String, String> initialState() {
        return GUESTS_BY_SEAT.initialState();
    }

    @Override
    public Map<String, String> project(Map<String, String> plan, SeatEvent event) {
        return GUESTS_BY_SEAT.project(plan, event);
    }

    // Copying is fine for the seats of one theatre; a large model wants a persistent map.
    private static Map<String, String> with(Map<String, String> plan, String seat, String guest) {
        Map<String, String> copy = new TreeMap<>(plan);
        copy.put(seat, guest);
        return Collections.unmodifiableMap(copy);
    }

    private static Map<String, String> without(Map<String, String> plan, String seat) {
        Map<String, String> copy = new TreeMap<>(plan);
        copy.remove(seat);
        return Collections.unmodifiableMap(copy);
    }
}
