package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.FairCommits;
import dev.recount.benchmarks.floor.RawLog;
import dev.recount.benchmarks.floor.RawRow;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Latency;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Spread;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.AppendCondition;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Many callers that append at once, each waiting until its event is on the disk. */
final class CallerMeasures implements Group {

    private final List<BeadEvent> events = BeadEvents.first(5_000);

    @Override
    public String title() {
        return "Many callers";
    }

    @Override
    public String about() {
        return """
            Every caller appends one event after the other and waits until it is on the disk. Ours are callers of one
            store. The floor is one transaction for each event, in plain JDBC, under a fair lock, by as many threads of
            the same kind. `group.wait64` is the longest that any of 64 callers waited, beside the median.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of(
                "group.callers1",
                "group.callers4",
                "group.callers16",
                "group.callers64",
                "group.wait64",
                "group.virtual1000");
    }

    @Override
    public void run(Run run) throws Exception {
        callers(run, "group.callers1", Callers.onPlatformThreads(1), Target.none());
        callers(run, "group.callers4", Callers.onPlatformThreads(4), Target.none());
        callers(run, "group.callers16", Callers.onPlatformThreads(16), Target.ratioAtLeast(3));
        callers(run, "group.callers64", Callers.onPlatformThreads(64), Target.ratioAtLeast(5));
        callers(run, "group.virtual1000", Callers.onVirtualThreads(1_000), Target.ratioAtLeast(8));
    }

    private void callers(Run run, String name, Callers callers, Target target) throws Exception {
        boolean forTheWait = name.equals("group.callers64") && run.wants("group.wait64");
        if (!run.wants(name) && !forTheWait) {
            return;
        }
        List<Histogram> ours = new ArrayList<>();
        List<Histogram> floor = new ArrayList<>();
        Rounds rounds = new Contest()
                .lane("ours", () -> keep(ours, appends(run, callers)))
                .lane("floor", () -> keep(floor, commits(run, callers)))
                .run(1, run.scale().rounds());
        Measure measure = rounds.measure(name, "ours", "floor", "appends/s", target)
                .withLatency(latency(ours), latency(floor))
                .withDurability("full");
        run.report(this, name.endsWith("virtual1000") ? measure.withNote(kindOfThreads()) : measure);
        if (forTheWait) {
            run.report(this, longestWait(ours));
        }
    }

    private static String kindOfThreads() {
        return Callers.haveVirtualThreads()
                ? "virtual threads, ours and the floor's"
                : "platform threads, since Java " + Runtime.version().feature() + " has no virtual ones";
    }

    private Callers.Outcome appends(Run run, Callers callers) throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(run.scratch().newFile())) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            return callers.callFor(
                    run.scale().lane(),
                    caller -> log.append(
                            List.of(events.get(caller % events.size())),
                            AppendCondition.none(),
                            BeadEvents.metadata()));
        }
    }

    private Callers.Outcome commits(Run run, Callers callers) throws Exception {
        List<RawRow> rows = AppendMeasures.rows(events);
        try (RawLog log = RawLog.create(run.scratch().newFile(), "FULL")) {
            FairCommits commits = new FairCommits(log);
            return callers.callFor(run.scale().lane(), caller -> commits.append(rows.get(caller % rows.size())));
        }
    }

    private static double keep(List<Histogram> histograms, Callers.Outcome outcome) {
        histograms.add(outcome.latencies());
        return outcome.perSecond();
    }

    // The first round was to warm up.
    private static List<Histogram> measured(List<Histogram> histograms) {
        return histograms.subList(1, histograms.size());
    }

    private static Latency latency(List<Histogram> histograms) {
        Histogram all = new Histogram(3);
        measured(histograms).forEach(all::add);
        return Latency.of(all);
    }

    private static Measure longestWait(List<Histogram> histograms) {
        List<Latency> rounds = measured(histograms).stream().map(Latency::of).toList();
        double[] longest = rounds.stream().mapToDouble(Latency::max).toArray();
        double[] median = rounds.stream().mapToDouble(Latency::p50).toArray();
        return Measure.of(
                        "group.wait64",
                        Spread.of(longest).median(),
                        Spread.of(median).median(),
                        "us",
                        Spread.ofRatios(longest, median),
                        Target.ratioAtMost(50))
                .withLatency(latency(histograms), null)
                .withDurability("full")
                .withNote("ours is the longest wait of a round, the floor the median wait of the same round");
    }
}
