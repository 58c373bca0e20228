package dev.recount.benchmarks.micro;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whether an event is what a query asks for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueryBenchmark {

    private final Tags tags =
            Tags.of("bead", "bd-0000017").and("agent", "agent-017").and("convoy", "412");
    private final Query tagged = Query.tagged("bead", "bd-0000017");
    private final Query missing = Query.tagged("bead", "bd-0000018");
    private final Query both = Query.ofTypes("bead.closed", "bead.hooked").and(tagged);
    private final Query either = missing.or(Query.tagged("agent", "agent-017"));

    /** One tag that it has. */
    @Benchmark
    public boolean tag() {
        return tagged.matches("bead.hooked", tags);
    }

    /** One tag that it has not. */
    @Benchmark
    public boolean otherTag() {
        return missing.matches("bead.hooked", tags);
    }

    /** A tag and one of two types. */
    @Benchmark
    public boolean tagAndType() {
        return both.matches("bead.hooked", tags);
    }

    /** One of two tags. */
    @Benchmark
    public boolean eitherTag() {
        return either.matches("bead.hooked", tags);
    }
}
