package dev.recount.benchmarks.micro;

import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.decider.Projector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.organicdesign.fp.collections.ImMap;
import org.organicdesign.fp.collections.PersistentHashMap;

/** One event into a map of 100,000 entities, for each kind of map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MapBenchmark {

    private static final int ENTITIES = 100_000;
    private static final int EVENTS = 500;

    private final List<BeadEvent> events = BeadEvents.of(ENTITIES).take(EVENTS);
    private final Projector<ImMap<String, Bead>, BeadEvent> inBatches = BeadModels.inTransientMap();
    private Map<String, Bead> mutable = Map.of();
    private ImMap<String, Bead> persistent = PersistentHashMap.empty();
    private io.vavr.collection.HashMap<String, Bead> vavr = io.vavr.collection.HashMap.empty();

    /** Fills the maps. */
    @Setup(Level.Trial)
    public void fill() {
        mutable = new HashMap<>();
        for (int entity = 0; entity < ENTITIES; entity++) {
            mutable.put(BeadEvents.beadId(entity), Bead.UNKNOWN);
        }
        persistent = PersistentHashMap.of(mutable.entrySet());
        vavr = io.vavr.collection.HashMap.ofAll(mutable);
    }

    /** A hash map that is changed in place. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Map<String, Bead> mutable() {
        events.forEach(event -> BeadModels.change(mutable, event));
        return mutable;
    }

    /** A hash map that is copied for one event: what must never be done. */
    @Benchmark
    public Map<String, Bead> copied() {
        Map<String, Bead> copy = new HashMap<>(mutable);
        BeadModels.change(copy, events.get(0));
        return copy;
    }

    /** A persistent map, a new one for each event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public ImMap<String, Bead> persistent() {
        ImMap<String, Bead> beads = persistent;
        for (BeadEvent event : events) {
            beads = beads.assoc(event.bead(), Bead.after(beads.get(event.bead()), event));
        }
        return beads;
    }

    /** Another persistent map. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public io.vavr.collection.HashMap<String, Bead> vavr() {
        io.vavr.collection.HashMap<String, Bead> beads = vavr;
        for (BeadEvent event : events) {
            Bead before = beads.get(event.bead()).getOrElse(Bead.UNKNOWN);
            beads = beads.put(event.bead(), Bead.after(before, event));
        }
        return beads;
    }

    /** {@code Projector.inBatches}: transient inside a batch of 500, immutable after it. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public ImMap<String, Bead> inBatches() {
        return inBatches.projectAll(persistent, events);
    }
}
