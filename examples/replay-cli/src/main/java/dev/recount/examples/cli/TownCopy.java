package dev.recount.examples.cli;

import dev.recount.store.StoreUnavailable;
import dev.recount.store.postgres.PostgresTown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The copies of all rigs of a town's directory: also of those that come while it is followed. Not thread-safe: use from one thread at a time. */
final class TownCopy {

    private final Path directory;
    private final PostgresTown town;
    private final SortedMap<Path, RigCopy> rigs = new TreeMap<>();
    private long events;

    TownCopy(Path directory, PostgresTown town) {
        this.directory = directory;
        this.town = town;
    }

    /** Brings each rig up to its head, one after the other, and tells of those that changed. */
    void bringAll(Consumer<RigCopy> changed, BooleanSupplier ended) {
        files().forEach(file -> rigs.computeIfAbsent(file, RigCopy::new));
        for (RigCopy rig : rigs.values()) {
            if (ended.getAsBoolean()) {
                return;
            }
            if (rig.bring(town)) {
                events += rig.events();
                changed.accept(rig);
            }
        }
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".db") && Files.isRegularFile(file))
                    .toList();
        } catch (IOException e) {
            throw new StoreUnavailable("Town " + directory + " cannot be read. Check its permissions.", e);
        }
    }

    List<RigCopy> rigs() {
        return new ArrayList<>(rigs.values());
    }

    /** How many events were copied since it began. */
    long events() {
        return events;
    }

    /** How many events are known that were not copied yet. */
    long lag() {
        return rigs.values().stream().mapToLong(RigCopy::lag).sum();
    }

    long broken() {
        return rigs.values().stream().filter(rig -> rig.broken().isPresent()).count();
    }
}
