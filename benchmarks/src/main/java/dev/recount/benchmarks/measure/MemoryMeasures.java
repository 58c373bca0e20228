package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.LockedList;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.memory.MemoryEventStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The store in memory. */
final class MemoryMeasures implements Group {

    @Override
    public String title() {
        return "The store in memory";
    }

    @Override
    public String about() {
        return """
            One caller appends events that are encoded already, one at a time; the floor puts them into a list under a
            lock, without tags, conditions or receipts. `memory.read.beside.writer` reads timelines of 20 events for some
            time while another thread appends as fast as it can; its floor are the same reads while nobody writes.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("memory.append", "memory.read.beside.writer");
    }

    @Override
    public void run(Run run) throws Exception {
        List<NewEvent> events = encoded(run.scale().memoryAppends());
        if (run.wants("memory.append")) {
            appends(run, events);
        }
        if (run.wants("memory.read.beside.writer")) {
            reads(run, events);
        }
    }

    private static List<NewEvent> encoded(int events) {
        return BeadEvents.first(events).stream()
                .map(event -> LongLogs.CODEC.encode(event).withMetadata(BeadEvents.metadata()))
                .toList();
    }

    private void appends(Run run, List<NewEvent> events) throws Exception {
        List<Append> appends =
                events.stream().map(event -> Append.of(List.of(event))).toList();
        Rounds rounds = new Contest()
                .lane(
                        "ours",
                        () -> nanosEach(appends.size(), () -> {
                            EventStore store = MemoryEventStore.create();
                            appends.forEach(store::append);
                            return store.info().head();
                        }))
                .lane(
                        "floor",
                        () -> nanosEach(events.size(), () -> {
                            LockedList list = new LockedList();
                            events.forEach(list::append);
                            return list.size();
                        }))
                .run(2, run.scale().rounds());
        run.report(this, rounds.measure("memory.append", "ours", "floor", "ns/event", Target.ratioAtMost(3)));
    }

    @FunctionalInterface
    private interface Filling {
        long size();
    }

    private static double nanosEach(int events, Filling filling) {
        long before = System.nanoTime();
        long size = filling.size();
        double nanos = System.nanoTime() - before;
        if (size != events) {
            throw new IllegalStateException(size + " events were stored instead of " + events + ".");
        }
        return nanos / events;
    }

    private void reads(Run run, List<NewEvent> events) throws Exception {
        Duration time = run.scale().lane();
        Rounds rounds = new Contest()
                .lane("beside", () -> readsPerSecond(events, time, true))
                .lane("alone", () -> readsPerSecond(events, time, false))
                .run(1, run.scale().rounds());
        run.report(this, rounds.measure("memory.read.beside.writer", "beside", "alone", "reads/s", Target.none()));
    }

    private static double readsPerSecond(List<NewEvent> events, Duration time, boolean beside) throws Exception {
        EventStore store = MemoryEventStore.create();
        store.append(Append.of(events));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> appendUntil(done, store, events));
        if (beside) {
            writer.start();
        }
        try {
            return reads(store, events.size() / BeadEvents.PER_BEAD, time);
        } finally {
            done.set(true);
            writer.join();
        }
    }

    // One bead only, so that the timelines that are read stay as long as they are.
    private static void appendUntil(AtomicBoolean done, EventStore store, List<NewEvent> events) {
        Append append = Append.of(List.of(events.get(0)));
        while (!done.get()) {
            store.append(append);
        }
    }

    private static double reads(EventStore store, int beads, Duration time) {
        long before = System.nanoTime();
        long end = before + time.toNanos();
        long reads = 0;
        while (System.nanoTime() < end) {
            String bead = BeadEvents.beadId((int) (reads % Math.max(1, beads / 2)));
            List<?> found = store.read(Query.tagged("bead", bead), ReadOptions.defaults())
                    .events();
            if (found.isEmpty()) {
                throw new IllegalStateException("Bead " + bead + " has no events.");
            }
            reads++;
        }
        return reads / ((System.nanoTime() - before) / 1e9);
    }
}
