package dev.recount.codec.jackson;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Leads old events step by step to what they stand for today. Immutable.
 *
 * <p>It always ends: within a type each step leads to a higher version, and between types no circle can be registered.
 */
final class UpcasterChain {

    private final TypeRegistry<?> registry;
    private final Map<String, NavigableMap<Integer, UpcasterStep>> byType;

    private UpcasterChain(TypeRegistry<?> registry, Map<String, NavigableMap<Integer, UpcasterStep>> byType) {
        this.registry = registry;
        this.byType = Map.copyOf(byType);
    }

    static UpcasterChain of(TypeRegistry<?> registry, List<UpcasterStep> steps) {
        Map<String, NavigableMap<Integer, UpcasterStep>> byType = new HashMap<>();
        for (UpcasterStep given : steps) {
            UpcasterStep step = current(registry, given);
            NavigableMap<Integer, UpcasterStep> ofType = byType.computeIfAbsent(step.type(), type -> new TreeMap<>());
            if (ofType.putIfAbsent(step.fromVersion(), step) != null) {
                throw new IllegalArgumentException("There are two upcasters of " + step.type() + " from version "
                        + step.fromVersion() + ". Register one for each version.");
            }
        }
        UpcasterChain chain = new UpcasterChain(registry, byType);
        chain.steps().forEach(chain::check);
        return chain;
    }

    private static UpcasterStep current(TypeRegistry<?> registry, UpcasterStep step) {
        Set<String> into = new LinkedHashSet<>();
        step.intoOtherTypes().forEach(type -> into.add(registry.currentName(type)));
        return new UpcasterStep(registry.currentName(step.type()), step.fromVersion(), step.upcaster(), into);
    }

    private void check(UpcasterStep step) {
        TypeBinding<?> binding = registry.find(step.type());
        if (binding != null && step.fromVersion() >= binding.version()) {
            throw new IllegalArgumentException("The " + step + " leads beyond version " + binding.version() + " of "
                    + binding.eventClass().getName() + ". Raise the class's version.");
        }
        for (String type : reachable(step)) {
            if (type.equals(step.type())) {
                throw new IllegalArgumentException(
                        "The " + step + " leads in a circle back to " + type + ". Let upcasters lead forward only.");
            }
            if (registry.find(type) == null && !byType.containsKey(type)) {
                throw new IllegalArgumentException("The " + step + " leads to the unknown type " + type
                        + ". Register a class or an upcaster for it.");
            }
        }
    }

    private Set<String> reachable(UpcasterStep from) {
        Set<String> reached = new LinkedHashSet<>();
        List<UpcasterStep> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (String type : open.remove(open.size() - 1).intoOtherTypes()) {
                if (reached.add(type)) {
                    open.addAll(stepsOf(type).values());
                }
            }
        }
        return reached;
    }

    /** Whether an event of that type and version does not stand for itself any more. */
    boolean concern(String type, int version) {
        return !byType.isEmpty() && next(registry.currentName(type), version) != null;
    }

    /** What an event stands for today. */
    List<JsonEvent> upcast(StoredEvent stored) {
        List<JsonEvent> events = new ArrayList<>();
        lead(JsonEvent.of(stored), events);
        return events;
    }

    private void lead(JsonEvent event, List<JsonEvent> into) {
        String type = registry.currentName(event.type());
        UpcasterStep step = next(type, event.version());
        if (step != null) {
            step.apply(event.as(type, step.fromVersion())).forEach(result -> lead(result, into));
        } else if (registry.find(type) == null) {
            throw UndecodableEvent.unreadable(
                    event.stored(),
                    "it leads to " + type + " version " + event.version() + ", for which there is no class",
                    null);
        } else {
            into.add(event);
        }
    }

    private @Nullable UpcasterStep next(String type, int version) {
        Map.Entry<Integer, UpcasterStep> entry = stepsOf(type).ceilingEntry(version);
        return entry == null ? null : entry.getValue();
    }

    /** These type names, and all whose events may lead to one of them. */
    Set<String> withSources(Set<String> types) {
        Set<String> all = new LinkedHashSet<>(types);
        for (UpcasterStep step : steps()) {
            if (reachable(step).stream().anyMatch(types::contains)) {
                TypeBinding<?> binding = registry.find(step.type());
                all.addAll(binding == null ? List.of(step.type()) : binding.names());
            }
        }
        return Set.copyOf(all);
    }

    private List<UpcasterStep> steps() {
        return byType.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }

    private NavigableMap<Integer, UpcasterStep> stepsOf(String type) {
        NavigableMap<Integer, UpcasterStep> steps = byType.get(type);
        return steps == null ? Collections.emptyNavigableMap() : steps;
    }
}
