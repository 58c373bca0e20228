package dev.recount.examples.dashboard;

import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.town.Town;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The courses of all rigs of a town, of which a broken one harms no other. Thread-safe. */
final class TownCourse<S, E> {

    private final String name;
    private final Town town;
    private final ShownSystem<S, E> system;
    private final Map<String, RigCourse<S, E>> courses = new ConcurrentHashMap<>();

    TownCourse(String name, Town town, ShownSystem<S, E> system) {
        this.name = name;
        this.town = town;
        this.system = system;
    }

    /**
     * What was seen in each rig, and which could not be looked at. Immutable.
     *
     * @param seen what was seen, by rig name
     * @param broken the rigs that could not be read
     */
    record Look<T>(List<T> seen, List<BrokenRig> broken) {}

    /**
     * A rig that cannot be read. Immutable.
     *
     * @param rig its name
     * @param code why, for programs
     * @param message why, for people
     */
    record BrokenRig(String rig, String code, String message) {

        static BrokenRig of(String rig, EventStoreException failure) {
            // As the feed says it: nothing of the inside, such as the paths of files.
            return failure instanceof LogCorrupt
                    ? new BrokenRig(rig, "LOG_CORRUPT", "The log is damaged. Its events come when it is repaired.")
                    : new BrokenRig(rig, "STORE_UNAVAILABLE", "The log cannot be read now. It is tried again.");
        }
    }

    String name() {
        return name;
    }

    ShownSystem<S, E> system() {
        return system;
    }

    /** Looks at each rig that is wanted, up to its head. */
    <T> Look<T> look(Predicate<String> wanted, Function<? super RigCourse<S, E>, T> look) {
        List<T> seen = new ArrayList<>();
        List<BrokenRig> broken = new ArrayList<>();
        for (String rig : town.rigs()) {
            if (wanted.test(rig)) {
                try {
                    course(rig).ifPresent(course -> seen.add(course.upToHead(look)));
                } catch (EventStoreException e) {
                    broken.add(BrokenRig.of(rig, e));
                }
            }
        }
        return new Look<>(List.copyOf(seen), List.copyOf(broken));
    }

    /** The course of a rig; empty where there is none of that name. */
    Optional<RigCourse<S, E>> course(String rig) {
        RigCourse<S, E> known = courses.get(rig);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<EventStore> store = town.existingRig(rig);
        return store.map(found -> courses.computeIfAbsent(rig, any -> new RigCourse<>(rig, found, system)));
    }
}
