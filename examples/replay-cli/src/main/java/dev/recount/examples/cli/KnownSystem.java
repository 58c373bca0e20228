package dev.recount.examples.cli;

import dev.recount.codec.EventCodec;
import dev.recount.event.StoredEvent;
import dev.recount.examples.dashboard.Dashboard;
import dev.recount.examples.dashboard.DashboardOptions;
import dev.recount.examples.dashboard.ShownOrchestration;
import dev.recount.examples.dashboard.ShownSystem;
import dev.recount.examples.dashboard.ShownTown;
import dev.recount.examples.dashboard.ShownWorkspaces;
import dev.recount.examples.orchestration.OrchestrationEvent;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.workspaces.StructuralEvent;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.town.Town;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A system that the dashboard can show, and the types of its events, by which its rigs are known. Immutable.
 *
 * @param name what it is called on the command line
 * @param shown how it is shown
 * @param types the types of its events
 */
record KnownSystem<S, E>(String name, ShownSystem<S, E> shown, Set<String> types) {

    /** All of them; a town is taken where nothing tells. */
    private static final List<KnownSystem<?, ?>> ALL = List.of(
            of("town", new ShownTown(), TownEvent.class),
            of("workspaces", new ShownWorkspaces(), StructuralEvent.class),
            of("orchestration", new ShownOrchestration(), OrchestrationEvent.class));

    private static <S, E> KnownSystem<S, E> of(String name, ShownSystem<S, E> shown, Class<E> events) {
        EventCodec<E> codec = shown.codec();
        return new KnownSystem<>(name, shown, Set.copyOf(codec.types(events)));
    }

    /** The names, for people. */
    static String names() {
        return ALL.stream().map(KnownSystem::name).collect(Collectors.joining(", "));
    }

    static KnownSystem<?, ?> named(String name) {
        return ALL.stream()
                .filter(system -> system.name.equals(name))
                .findFirst()
                .orElseThrow(() -> Failure.badInput(
                        "unknown_system", "There is no system '" + name + "'. Name one of " + names() + "."));
    }

    /** The system of the first rig that holds an event of any; a broken rig tells nothing. */
    static KnownSystem<?, ?> in(Town town) {
        return town.rigs().stream()
                .flatMap(rig -> ofRig(town, rig).stream())
                .findFirst()
                .orElse(ALL.get(0));
    }

    /** The rigs that hold events of another system, by the name of that. */
    SortedMap<String, List<String>> others(Town town) {
        SortedMap<String, List<String>> others = new TreeMap<>();
        for (String rig : town.rigs()) {
            ofRig(town, rig)
                    .map(KnownSystem::name)
                    .filter(other -> !other.equals(name))
                    .ifPresent(other -> others.computeIfAbsent(other, first -> new ArrayList<>())
                            .add(rig));
        }
        return others;
    }

    private static Optional<KnownSystem<?, ?>> ofRig(Town town, String rig) {
        try {
            return town.existingRig(rig).flatMap(KnownSystem::of);
        } catch (EventStoreException e) {
            return Optional.empty();
        }
    }

    // Which comes first, where two systems use the same type.
    private static Optional<KnownSystem<?, ?>> of(EventStore rig) {
        ReadOptions one = ReadOptions.defaults().withLimit(1);
        Set<String> known =
                ALL.stream().flatMap(system -> system.types.stream()).collect(Collectors.toSet());
        List<StoredEvent> first = rig.read(Query.ofTypes(known), one).events();
        return first.isEmpty()
                ? Optional.empty()
                : ALL.stream()
                        .filter(system -> system.types.contains(first.get(0).type()))
                        .<KnownSystem<?, ?>>map(system -> system)
                        .findFirst();
    }

    /** What an event of another system than a town says, in the words of that system; empty for any other event. */
    static Optional<String> sentence(StoredEvent event) {
        return ALL.stream()
                .skip(1)
                .filter(system -> system.types.contains(event.type()))
                .findFirst()
                .map(system -> system.shown.sentence(event));
    }

    /** Serves a town of this system. */
    Dashboard serve(String townName, Town town, DashboardOptions options) throws IOException {
        return Dashboard.start(townName, town, shown, options);
    }
}
