package dev.recount.benchmarks.micro;

import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.event.NewEvent;
import dev.recount.event.PackedEvents;
import dev.recount.event.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Events to JSON and back: one by one, and a page of 500 at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int PAGE = 500;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final EventCodec<BeadEvent> codec = JacksonCodec.of(BeadEvent.class);
    private final List<BeadEvent> events = BeadEvents.first(PAGE);
    private final List<NewEvent> encoded = events.stream().map(codec::encode).toList();
    private final List<StoredEvent> stored =
            encoded.stream().map(CodecBenchmark::stored).toList();

    /** To JSON, with its tags. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void encode(Blackhole hole) {
        for (BeadEvent event : events) {
            hole.consume(codec.encode(event));
        }
    }

    /** From JSON, a parser for each event. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void decodeOneByOne(Blackhole hole) {
        for (StoredEvent event : stored) {
            hole.consume(codec.decode(event));
        }
    }

    /** From JSON, as a replay does: packed into one piece, which is packed anew each time since decoding may use it up. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void decodePacked(Blackhole hole) {
        Optional<List<@Nullable BeadEvent>> decoded = codec.decodePacked(packed(encoded));
        hole.consume(decoded.isPresent());
        hole.consume(decoded);
    }

    /** What packing alone takes in the measure before. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public PackedEvents packOnly() {
        return packed(encoded);
    }

    private static PackedEvents packed(List<NewEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(events.size() * 256);
        List<Integer> ends = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            bytes.writeBytes(event.data().getBytes(StandardCharsets.UTF_8));
            ends.add(bytes.size());
            bytes.write(' ');
        }
        PackedEvents.Builder packed = PackedEvents.over(bytes.toByteArray(), events.size());
        for (int i = 0; i < events.size(); i++) {
            int start = i == 0 ? 0 : ends.get(i - 1) + 1;
            packed.add(i + 1L, events.get(i).type(), 1, start, ends.get(i));
        }
        return packed.build();
    }

    private static StoredEvent stored(NewEvent event) {
        return new StoredEvent(1, event.type(), 1, event.tags(), event.data(), event.metadata(), NOW, NOW);
    }
}
