package dev.recount.benchmarks.micro;

import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.decider.Projector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Which handler takes an event: found by its class in a table, or by one {@code instanceof} after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchBenchmark {

    private static final int EVENTS = 1_000;

    private final List<BeadEvent> events = BeadEvents.first(EVENTS);
    private final Projector<Bead, BeadEvent> byClass = Projector.<Bead, BeadEvent>startingWith(Bead.UNKNOWN)
            .on(BeadEvent.BeadCreated.class, Bead::with)
            .on(BeadEvent.StatusChanged.class, Bead::with)
            .on(BeadEvent.BeadHooked.class, Bead::with)
            .on(BeadEvent.BeadUnhooked.class, Bead::with)
            .on(BeadEvent.BeadLabelled.class, Bead::with)
            .on(BeadEvent.BeadCommented.class, Bead::with)
            .on(BeadEvent.BeadClosed.class, Bead::with);

    /** One fold by {@code instanceof}. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Bead byInstanceOf() {
        Bead bead = Bead.UNKNOWN;
        for (BeadEvent event : events) {
            bead = bead.with(event);
        }
        return bead;
    }

    /** The same fold, each event through a table of classes first. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Bead byClassTable() {
        return byClass.projectAll(Bead.UNKNOWN, events);
    }
}
