package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.benchmarks.floor.ByHandLog;
import dev.recount.benchmarks.floor.PackedScan;
import dev.recount.benchmarks.floor.RawQueries;
import dev.recount.benchmarks.process.ForkedJvm;
import dev.recount.benchmarks.process.HeapReplay;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Spread;
import dev.recount.benchmarks.report.Target;
import dev.recount.codec.RecordedEvent;
import dev.recount.replay.Replay;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A long log into a read model of all its beads. */
final class ReplayMeasures implements Group {

    private static final List<String> TIMED = List.of(
            "replay.one.thread",
            "replay.two.threads",
            "replay.vs.scan",
            "replay.two.vs.scan",
            "replay.transient",
            "replay.scan");

    @Override
    public String title() {
        return "Replay";
    }

    @Override
    public String about() {
        return """
            A log of many beads with 20 events each, active a few thousand at a time, into a map of all beads. Ours is a
            `Replay` of a projector made by `Projector.inBatches`, whose batch owns a hash map (`replay.transient`: a
            persistent map that is transient inside the batch), on one thread or, the default, with a second that reads
            ahead. The path by hand is an `events` table read with default settings, `SELECT *`, columns by name and one
            polymorphic mapper, into a hash map. The floor of `replay.vs.scan` and `replay.two.vs.scan` reads pages of 500
            rows packed into one value, decodes them with one Jackson parser for each page on one thread and folds the
            same; it checks and counts nothing. `replay.scan` goes through all stored events as a `History`, decoded and
            with tags, metadata and times at hand, beside a SELECT of the same columns into strings. Allocation counts all
            threads that take part. `replay.heap64` is the same replay in a process with 64 MiB of heap.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of(
                "replay.one.thread",
                "replay.two.threads",
                "replay.vs.scan",
                "replay.two.vs.scan",
                "replay.transient",
                "replay.scan",
                "replay.allocation",
                "replay.allocation.one",
                "replay.heap64");
    }

    @Override
    public void run(Run run) throws Exception {
        if (TIMED.stream().anyMatch(run::wants)) {
            timed(run);
        }
        if (run.wants("replay.allocation") || run.wants("replay.allocation.one")) {
            allocation(run);
        }
        if (run.wants("replay.heap64")) {
            smallHeap(run);
        }
    }

    private void timed(Run run) throws Exception {
        Path file = run.logs().ours();
        Path handFile = run.logs().byHand();
        int events = run.scale().events();
        try (SqliteEventStore store = SqliteEventStore.open(file);
                ByHandLog hand = ByHandLog.open(handFile);
                PackedScan scan = PackedScan.open(file);
                RawQueries raw = RawQueries.open(file)) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            Replay<Map<String, Bead>, BeadEvent> replay = log.replay(BeadModels.inOwnedHashMap());
            Rounds rounds = new Contest()
                    .lane(
                            "one",
                            () -> perSecond(
                                    events, () -> replay.onOneThread().run().events()))
                    .lane("hand", () -> perSecond(events, () -> hand.replay().size()))
                    .lane("two", () -> perSecond(events, () -> replay.run().events()))
                    .lane("scan", () -> perSecond(events, () -> fold(scan).size()))
                    .lane("transient", () -> perSecond(events, () -> transientReplay(log)))
                    .lane("history", () -> perSecond(events, () -> history(log)))
                    .lane("raw", () -> perSecond(events, raw::scan))
                    .run(1, run.scale().rounds());
            report(run, rounds);
        }
    }

    private void report(Run run, Rounds rounds) {
        String unit = "events/s";
        run.report(this, rounds.measure("replay.one.thread", "one", "hand", unit, Target.ratioAtLeast(4)));
        run.report(this, rounds.measure("replay.two.threads", "two", "hand", unit, Target.ratioAtLeast(6)));
        run.report(this, rounds.measure("replay.vs.scan", "one", "scan", unit, Target.ratioAtLeast(0.8)));
        run.report(this, rounds.measure("replay.two.vs.scan", "two", "scan", unit, Target.none()));
        run.report(this, rounds.measure("replay.transient", "transient", "hand", unit, Target.none()));
        run.report(this, rounds.measure("replay.scan", "history", "raw", unit, Target.none()));
    }

    /** A replay; how much came out of it, so that nothing of it can be left out. */
    @FunctionalInterface
    private interface Replaying {
        long result() throws Exception;
    }

    private static double perSecond(int events, Replaying replay) throws Exception {
        long before = System.nanoTime();
        long result = replay.result();
        double seconds = (System.nanoTime() - before) / 1e9;
        if (result <= 0) {
            throw new IllegalStateException("Nothing was replayed of " + events + " events.");
        }
        return events / seconds;
    }

    private static Map<String, Bead> fold(PackedScan scan) throws Exception {
        Map<String, Bead> beads = new HashMap<>();
        scan.events(event -> BeadModels.change(beads, event));
        return beads;
    }

    private static long transientReplay(EventLog<BeadEvent> log) {
        return log.replay(BeadModels.inTransientMap()).run().events();
    }

    private static long history(EventLog<BeadEvent> log) {
        long events = 0;
        for (RecordedEvent<BeadEvent> recorded : log.read(Query.all())) {
            events += recorded.event().bead().isEmpty() ? 0 : 1;
        }
        return events;
    }

    private void allocation(Run run) throws Exception {
        Path file = run.logs().ours();
        int events = run.scale().events();
        try (SqliteEventStore store = SqliteEventStore.open(file);
                PackedScan scan = PackedScan.open(file)) {
            Replay<Map<String, Bead>, BeadEvent> replay =
                    EventLog.of(store, LongLogs.CODEC).replay(BeadModels.inOwnedHashMap());
            Rounds rounds = new Contest()
                    .lane("default", () -> bytes(events, () -> replay.run().events()))
                    .lane(
                            "one",
                            () -> bytes(events, () -> replay.onOneThread().run().events()))
                    .lane("scan", () -> bytes(events, () -> fold(scan).size()))
                    .run(1, run.scale().rounds());
            Target target = Target.atMost(700, "B/event");
            run.report(this, rounds.measure("replay.allocation", "default", "scan", "B/event", target));
            run.report(this, rounds.measure("replay.allocation.one", "one", "scan", "B/event", target));
        }
    }

    private static double bytes(int events, Replaying replay) throws Exception {
        return AllocationMeter.bytesOf(() -> {
                    try {
                        replay.result();
                    } catch (Exception e) {
                        throw new IllegalStateException("The replay failed", e);
                    }
                })
                / (double) events;
    }

    private void smallHeap(Run run) throws Exception {
        String file = run.logs().ours().toString();
        try (ForkedJvm forked = ForkedJvm.start(HeapReplay.class, List.of("-Xmx64m"), file)) {
            double events = forked.number();
            boolean ended = forked.endedWell();
            run.report(
                    this,
                    Measure.of(
                                    "replay.heap64",
                                    ended ? events : 0,
                                    run.scale().events(),
                                    "events",
                                    Spread.of(ended ? events / run.scale().events() : 0),
                                    Target.ratioAtLeast(1))
                            .withNote("how many of the log's events a process with -Xmx64m has replayed"));
        }
    }
}
