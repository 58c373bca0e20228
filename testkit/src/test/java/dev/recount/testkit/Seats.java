package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.CommandRejected;
import dev.recount.decider.Decider;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A small domain for the tests: who sits where. */
final class Seats {

    private Seats() {}

    record Command(String action, String seat, String guest) {}

    record Event(String type, String seat, String guest) {}

    static Command take(String seat, String guest) {
        return new Command("take", seat, guest);
    }

    static Command free(String seat) {
        return new Command("free", seat, "");
    }

    static Event taken(String seat, String guest) {
        return new Event("seat.taken", seat, guest);
    }

    static Event freed(String seat) {
        return new Event("seat.freed", seat, "");
    }

    static Command randomCommand(RandomGenerator random, Map<String, String> state) {
        String seat = String.valueOf(random.nextInt(4));
        return random.nextBoolean() ? take(seat, "guest" + random.nextInt(3)) : free(seat);
    }

    static final class SeatAlreadyTaken extends CommandRejected {
        SeatAlreadyTaken(String seat) {
            super("SEAT_ALREADY_TAKEN", "Seat " + seat + " is taken. Choose another.");
        }
    }

    /** Keeps all laws. Its broken brothers override one method. */
    static class Rules implements Decider<Command, Map<String, String>, Event> {

        @Override
        public Map<String, String> initialState() {
            return Map.of();
        }

        @Override
        public Map<String, String> project(Map<String, String> state, Event event) {
            Map<String, String> next = new TreeMap<>(state);
            if (event.type().equals("seat.taken")) {
                next.put(event.seat(), event.guest());
            } else {
                next.remove(event.seat());
            }
            return next;
        }

        @Override
        public List<Event> decide(Command command, Map<String, String> state) {
            String guest = state.get(command.seat());
            if (command.action().equals("free")) {
                return guest == null ? List.of() : List.of(freed(command.seat()));
            }
            if (guest != null && !guest.equals(command.guest())) {
                throw new SeatAlreadyTaken(command.seat());
            }
            return guest == null ? List.of(taken(command.seat(), command.guest())) : List.of();
        }
    }

    /** Changes the state that a batch begins with in place, where it can. */
    static final class InPlace extends Rules {

        @Override
        public Map<String, String> projectAll(Map<String, String> state, Iterable<? extends Event> events) {
            Map<String, String> changing = state.isEmpty() ? new TreeMap<>() : state;
            for (Event event : events) {
                if (event.type().equals("seat.taken")) {
                    changing.put(event.seat(), event.guest());
                } else {
                    changing.remove(event.seat());
                }
            }
            return changing;
        }
    }

    /** Data is {@code ["seat","guest"]}. */
    static class Codec implements EventCodec<Event> {

        @Override
        public NewEvent encode(Event event) {
            if (event.seat().isEmpty()) {
                throw new IllegalArgumentException("A seat without a number");
            }
            return NewEvent.of(event.type(), "[\"" + event.seat() + "\",\"" + event.guest() + "\"]")
                    .withTags(Tags.of("seat", event.seat()));
        }

        @Override
        public List<Event> decode(StoredEvent stored) {
            String[] parts = stored.data().split("\"", -1);
            if (parts.length != 5) {
                throw UndecodableEvent.unreadable(stored, "not a seat and a guest", null);
            }
            return List.of(new Event(stored.type(), parts[1], parts[3]));
        }

        @Override
        public Set<String> types(Class<? extends Event> eventClass) {
            return Set.of("seat.taken", "seat.freed");
        }
    }

    /** Forgets guests on the way back. */
    static final class ForgetfulCodec extends Codec {

        @Override
        public List<Event> decode(StoredEvent stored) {
            return super.decode(stored).stream()
                    .map(event -> new Event(event.type(), event.seat(), ""))
                    .toList();
        }
    }
}
