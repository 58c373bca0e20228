package dev.recount.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.codec.jackson.JacksonCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.openjdk.jmh.infra.Blackhole;

/** What a hash chain cannot do without: one SHA-256 over the texts of an event and the hash before. The chain itself is not public. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChainBenchmark {

    private static final int EVENTS = 500;
    private static final int HASH = 32;

    private final List<String> rows = BeadEvents.first(EVENTS).stream()
            .map(JacksonCodec.of(BeadEvent.class)::encode)
            .map(event -> event.type()
                    + event.tags().toJson()
                    + event.data()
                    + BeadEvents.metadata().toJson())
            .toList();

    /** An event's link. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void link(Blackhole hole) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] last = new byte[HASH];
        for (String row : rows) {
            sha256.update(last);
            sha256.update(row.getBytes(UTF_8));
            last = sha256.digest();
        }
        hole.consume(last);
    }
}
