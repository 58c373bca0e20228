package dev.recount.examples.town;

import dev.recount.event.EventType;
import dev.recount.store.Query;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Commands about one convoy: a bead that lands when all the beads that it tracks are closed, in whatever rig they are. */
public sealed interface ConvoyCommand extends TownCommand {

    /** The convoy. */
    String bead();

    /** The beads that it tracks. */
    List<TrackedBead> beads();

    @Override
    default Query boundary() {
        return Boundaries.convoy(bead(), beads());
    }

    /** Creates a convoy. The beads of its own rig must exist; of other rigs this one knows nothing. */
    @EventType("create_convoy")
    record CreateConvoy(String bead, BeadDetails details, List<TrackedBead> beads, String actor, Instant occurredAt)
            implements ConvoyCommand {

        /** Copies the beads. */
        public CreateConvoy {
            beads = List.copyOf(beads);
        }

        @Override
        public Query boundary() {
            return Boundaries.convoy(bead, beads).or(Boundaries.beadAndParent(bead, details.parent()));
        }
    }

    /**
     * Reports that all the beads were closed at one moment. It comes from {@link TownReactors}, which looks into the other rigs.
     *
     * @param seen up to which sequence the other rigs had been read then
     */
    @EventType("land_convoy")
    record LandConvoy(
            String bead, List<TrackedBead> beads, SortedMap<String, Long> seen, String actor, Instant occurredAt)
            implements ConvoyCommand {

        /** Copies the collections. */
        public LandConvoy {
            beads = List.copyOf(beads);
            seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
        }
    }
}
