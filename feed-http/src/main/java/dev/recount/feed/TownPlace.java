package dev.recount.feed;

import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a client is in each rig of a town. A rig that is not in it is read from its start. Not thread-safe: use from one thread at a time. */
final class TownPlace {

    private final Supplier<? extends Collection<String>> all;
    private final Map<String, RigPlace> rigs;
    private @Nullable NumberedPlaces numbered;
    private boolean moved = true;

    /**
     * A place.
     *
     * @param all the names of all rigs that there are now
     */
    TownPlace(Supplier<? extends Collection<String>> all, Map<String, RigPlace> places) {
        this.all = all;
        this.rigs = new HashMap<>(places);
    }

    @Nullable
    RigPlace of(String rig) {
        return rigs.get(rig);
    }

    void put(String rig, RigPlace place) {
        RigPlace before = rigs.put(rig, place);
        moved |= !place.equals(before);
        if (numbered != null && !numbered.put(rig, place)) {
            numbered = null;
        }
    }

    /** Puts back what was there before; null for none. */
    void restore(String rig, @Nullable RigPlace before) {
        if (before == null) {
            remove(rig);
        } else {
            put(rig, before);
        }
    }

    /** The rigs in it that are not there any more. */
    List<String> gone() {
        Set<String> there = new HashSet<>(all.get());
        return rigs.keySet().stream()
                .filter(rig -> !there.contains(rig))
                .sorted()
                .toList();
    }

    void remove(String rig) {
        rigs.remove(rig);
        numbered = null;
        moved = true;
    }

    /** Those of these rigs in which the client has read something. */
    Map<String, RigPlace> begun(Collection<String> of) {
        Map<String, RigPlace> begun = new HashMap<>(rigs);
        begun.keySet().retainAll(of);
        begun.values().removeIf(place -> place.sequence() == 0);
        return begun;
    }

    /** For reading on. */
    TownCursor cursor() {
        return new TownCursor(checkpoints());
    }

    private Map<String, Checkpoint> checkpoints() {
        return rigs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, rig -> rig.getValue().checkpoint()));
    }

    /** Whether it is another place than the one that was named last. */
    boolean hasMoved() {
        return moved;
    }

    /** The cursor that a client is given now. */
    String name() {
        String name = text();
        moved = false;
        return name;
    }

    /** The cursor. */
    String text() {
        NumberedPlaces places = numbered;
        if (places == null) {
            places = NumberedPlaces.of(rigs, all.get());
            numbered = places;
        }
        return places.text();
    }
}
