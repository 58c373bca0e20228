package dev.recount.benchmarks.process;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Appends events of a hundred projects in turn. Each event has its number within its project, and the time. Not thread-safe: use from
 * one thread at a time.
 */
public final class FeedWriter {

    /** How many projects there are. */
    public static final int PROJECTS = 100;

    private static final double NANOS_PER_MICRO = 1_000;

    private final EventStore store;
    private long written;

    FeedWriter(EventStore store) {
        this.store = store;
    }

    /** So many transactions of so many events, so many transactions a second. */
    String inStep(int transactions, int events, int perSecond) {
        long start = System.nanoTime();
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < transactions; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            nanos.recordValue(append(events));
        }
        return answer(nanos);
    }

    /** Without a pause, for that time. */
    String withoutPause(Duration time, int events) {
        long end = System.nanoTime() + time.toNanos();
        Histogram nanos = new Histogram(3);
        while (System.nanoTime() < end) {
            nanos.recordValue(append(events));
        }
        return answer(nanos);
    }

    private long append(int events) {
        long at = LogAppender.micros(Instant.now());
        List<NewEvent> batch = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            batch.add(event(at));
        }
        Append append = Append.of(batch);
        long before = System.nanoTime();
        store.append(append);
        return System.nanoTime() - before;
    }

    private NewEvent event(long at) {
        long project = written % PROJECTS;
        long number = written / PROJECTS + 1;
        written++;
        String data =
                "{\"n\":" + number + ",\"at\":" + at + ",\"title\":\"Let the dashboard show who waits for whom\"}";
        return NewEvent.of("bead.updated", data)
                .withTags(Tags.of("project", Long.toString(project))
                        .and("bead", "gt-" + written % 5_000)
                        .and("agent", "agent-" + written % 40));
    }

    private static String answer(Histogram nanos) {
        return nanos.getValueAtPercentile(50) / NANOS_PER_MICRO + " " + nanos.getValueAtPercentile(99) / NANOS_PER_MICRO
                + " " + nanos.getMaxValue() / NANOS_PER_MICRO + " " + nanos.getTotalCount();
    }
}
