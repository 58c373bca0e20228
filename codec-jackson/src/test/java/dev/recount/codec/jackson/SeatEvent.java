package dev.recount.codec.jackson;

import dev.recount.event.EventType;
import dev.recount.event.OccurredAt;
import dev.recount.event.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A family of events with a family inside. */
sealed interface SeatEvent {

    @EventType(value = "seat.taken", aliases = "chair.taken", version = 3)
    record SeatTaken(@Tag("seat") String seat, @Nullable String guest) implements SeatEvent {

        public SeatTaken {
            Objects.requireNonNull(seat, "A seat needs a name.");
        }

        public boolean isVip() {
            return "Queen".equals(guest);
        }

        public String getLabel() {
            return seat + "/" + guest;
        }
    }

    @EventType("seat.moved")
    record SeatMoved(
            @Tag("seat") String from,
            @Tag("seat") String to,
            @Tag("row") int row,
            @Tag("side") Side side,
            @Tag("by") Optional<UUID> by,
            @Tag("ticket") OptionalLong ticket,
            @Tag("guest") @Nullable List<String> guests,
            @OccurredAt @Nullable Instant at)
            implements SeatEvent {}

    sealed interface HallEvent extends SeatEvent {}

    @EventType("hall.opened")
    record HallOpened() implements HallEvent {}

    @EventType("hall.signal")
    enum Signal implements HallEvent {
        BELL,
        LIGHT {
            @Override
            String colour() {
                return "red";
            }
        };

        String colour() {
            return "none";
        }
    }

    enum Side {
        LEFT,
        RIGHT;

        @Override
        public String toString() {
            return "on the " + name();
        }
    }
}
