package dev.recount.examples.town;

import dev.recount.EventLog;
import dev.recount.History;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Looks whether all the beads of a convoy are closed at one moment, in whatever rig they are.
 *
 * <p>Rigs share no transaction. So each bead is read, and then each is looked at again: where none has changed in between, all were as they
 * were read at the moment between the two. Immutable.
 */
final class ConvoyLook {

    private static final TownProjector PROJECTOR = new TownProjector();

    private final Function<String, Optional<EventLog<TownEvent>>> rigs;
    private final String home;

    ConvoyLook(Function<String, Optional<EventLog<TownEvent>>> rigs, String home) {
        this.rigs = rigs;
        this.home = home;
    }

    /** A bead as it was read. */
    private record Seen(TrackedBead tracked, EventLog<TownEvent> log, History<TownEvent> history) {

        boolean isClosed() {
            return bead().filter(bead -> bead.status().equals(Status.CLOSED)).isPresent();
        }

        // Nothing was ever said of a bead that is still to come.
        boolean isDeleted() {
            return bead().isEmpty() && history.stream().findFirst().isPresent();
        }

        boolean hasChanged() {
            ReadOptions since = ReadOptions.defaults().after(history.upTo()).withLimit(1);
            return !log.store().read(query(tracked.bead()), since).events().isEmpty();
        }

        private Optional<Bead> bead() {
            return history.fold(PROJECTOR).bead(tracked.bead());
        }
    }

    /** How far the other rigs were read when all beads of that convoy were closed; empty where one is not, or it waits no more. */
    Optional<SortedMap<String, Long>> closedAt(List<TrackedBead> beads) {
        while (true) {
            List<Seen> seen = new ArrayList<>();
            for (TrackedBead tracked : beads) {
                see(tracked).ifPresent(seen::add);
            }
            boolean ready = seen.size() == beads.size()
                    && seen.stream().allMatch(bead -> bead.isClosed() || bead.isDeleted())
                    && seen.stream().anyMatch(Seen::isClosed);
            if (!ready) {
                return Optional.empty();
            }
            if (seen.stream().noneMatch(Seen::hasChanged)) {
                return Optional.of(places(seen));
            }
        }
    }

    /** The beads that a convoy of the home rig waits for; none where it waits no more. */
    List<TrackedBead> awaitedBy(String convoy) {
        return rigs.apply(home)
                .flatMap(log -> log.read(query(convoy)).fold(PROJECTOR).bead(convoy))
                .filter(bead -> bead.is(BeadType.CONVOY) && !bead.status().isFinal())
                .map(Bead::tracked)
                .orElse(List.of());
    }

    private Optional<Seen> see(TrackedBead tracked) {
        String rig = tracked.rig() == null ? home : tracked.rig();
        return rigs.apply(rig).map(log -> new Seen(tracked, log, log.read(query(tracked.bead()))));
    }

    private static SortedMap<String, Long> places(List<Seen> seen) {
        SortedMap<String, Long> places = new TreeMap<>();
        for (Seen bead : seen) {
            if (bead.tracked().rig() != null) {
                places.merge(bead.tracked().rig(), bead.history().upTo(), Math::max);
            }
        }
        return places;
    }

    private static Query query(String bead) {
        return Query.tagged("bead", bead);
    }
}
