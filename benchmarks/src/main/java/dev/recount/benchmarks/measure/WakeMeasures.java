package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.process.ForkedJvm;
import dev.recount.benchmarks.process.LogAppender;
import dev.recount.benchmarks.process.LogIdle;
import dev.recount.benchmarks.report.Latency;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Spread;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** From a commit to the moment at which somebody who waits for it goes on. */
final class WakeMeasures implements Group {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Override
    public String title() {
        return "Waiting";
    }

    @Override
    public String about() {
        return """
            How long after a commit a thread goes on that waits for it in `awaitAfter`. In the same process the clock
            starts before the append, and what an append takes while nobody waits is taken off; the floor is a `Condition`
            that one thread signals to another. From another process the clock starts when its append has returned. Idle
            is the processor time of a process that waits and in which nothing happens.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("wake.same", "wake.other", "wake.idle");
    }

    @Override
    public void run(Run run) throws Exception {
        if (run.wants("wake.same")) {
            same(run);
        }
        if (run.wants("wake.other")) {
            other(run);
        }
        if (run.wants("wake.idle")) {
            idle(run);
        }
    }

    private void same(Run run) throws Exception {
        int rounds = run.scale().rounds();
        int wakes = Math.max(10, run.scale().calls() / 5);
        double[] ours = new double[rounds];
        double[] floor = new double[rounds];
        Histogram all = new Histogram(3);
        Histogram allOfFloor = new Histogram(3);
        for (int round = -1; round < rounds; round++) {
            Histogram wake = SameProcessWake.ofAppends(run.scratch().newFile(), wakes);
            Histogram plain = SameProcessWake.ofCondition(wakes);
            if (round >= 0) {
                ours[round] = Latency.of(wake).p50();
                floor[round] = Latency.of(plain).p50();
                all.add(wake);
                allOfFloor.add(plain);
            }
        }
        double median = Spread.of(ours).median();
        double floorMedian = Spread.of(floor).median();
        Spread ratio = Spread.ofRatios(ours, floor);
        run.report(
                this,
                Measure.of("wake.same", median, floorMedian, "us", ratio, Target.atMost(50, "us"))
                        .withLatency(Latency.of(all), Latency.of(allOfFloor))
                        .withDurability("normal"));
    }

    private void other(Run run) throws Exception {
        int events = Math.max(10, Math.min(200, run.scale().calls() / 15));
        Histogram wakes = new Histogram(3);
        Path file = run.scratch().newFile();
        try (SqliteEventStore store = SqliteEventStore.open(file, LongLogs.quickly());
                ForkedJvm appender =
                        ForkedJvm.start(LogAppender.class, List.of(), file.toString(), Integer.toString(events))) {
            Map<Long, Long> seen = wakeTimes(store, events);
            for (int i = 0; i < events; i++) {
                String[] answer = appender.answer().split(" ", 2);
                long woken = seen.getOrDefault(Long.parseLong(answer[0]), Long.MAX_VALUE);
                // A fast waiter is there before the appender has looked at its clock.
                wakes.recordValue(1_000 * Math.max(0, woken - Long.parseLong(answer[1])));
            }
        }
        Latency latency = Latency.of(wakes);
        run.report(
                this,
                Measure.alone("wake.other", latency.p50(), "us", Target.atMost(5_000, "us"))
                        .withLatency(latency, null)
                        .withDurability("normal"));
    }

    private static Map<Long, Long> wakeTimes(SqliteEventStore store, int events) throws InterruptedException {
        Map<Long, Long> seen = new HashMap<>();
        for (long head = 0; head < events; ) {
            if (!store.awaitAfter(head, LONG)) {
                throw new IllegalStateException("Nothing came after sequence " + head + " for " + LONG + ".");
            }
            long woken = LogAppender.micros(Instant.now());
            for (long now = store.info().head(); head < now; ) {
                seen.put(++head, woken);
            }
        }
        return seen;
    }

    private void idle(Run run) throws Exception {
        Path file = run.scratch().newFile();
        SqliteEventStore.open(file).close();
        String millis = Long.toString(run.scale().idle().toMillis());
        try (ForkedJvm forked = ForkedJvm.start(LogIdle.class, List.of(), file.toString(), millis)) {
            Measure measure = Measure.alone("wake.idle", forked.number(), "% of a core", Target.atMost(1, "%"));
            run.report(this, measure.withNote("over " + run.scale().idle().toSeconds() + " s"));
        }
    }
}
