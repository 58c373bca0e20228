package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.RawQueries;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Short reads of a long log. */
final class QueryMeasures implements Group {

    private static final ReadOptions NEWEST = ReadOptions.defaults().newestFirst();

    @Override
    public String title() {
        return "Queries";
    }

    @Override
    public String about() {
        return """
            Single reads of the long log. `timeline.20` is a page of the 20 events of one bead, `timeline.decoded` the
            same as a `History` of events; then the newest 20 of the log, the newest 100 of one type, and the sequence
            that the log had at some time. The floors are prepared SELECTs of the same columns into strings, on a
            connection of their own.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("timeline.20", "timeline.decoded", "page.newest20", "query.bytype", "time.sequenceAt");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        try (SqliteEventStore store = SqliteEventStore.open(run.logs().ours());
                RawQueries raw = RawQueries.open(run.logs().ours())) {
            timelines(run, store, raw);
            pages(run, store, raw);
            times(run, store, raw);
        }
    }

    private void timelines(Run run, SqliteEventStore store, RawQueries raw) throws Exception {
        EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
        SplittableRandom random = new SplittableRandom(7);
        String[] beads = random.ints(10_000, 0, run.scale().beads())
                .mapToObj(BeadEvents::beadId)
                .toArray(String[]::new);
        CallContest contest = new CallContest()
                .lane(
                        "ours",
                        number -> require(
                                BeadEvents.PER_BEAD,
                                store.read(Query.tagged("bead", beads[number % beads.length]), ReadOptions.defaults())
                                        .events()
                                        .size()))
                // Another bead each: else the second finds everything in the caches of the first.
                .lane(
                        "floor",
                        number -> require(
                                BeadEvents.PER_BEAD,
                                raw.timeline("bead:" + beads[(number + beads.length / 3) % beads.length])
                                        .size()))
                .lane(
                        "decoded",
                        number -> require(
                                BeadEvents.PER_BEAD,
                                log
                                        .read(Query.tagged(
                                                "bead", beads[(number + 2 * beads.length / 3) % beads.length]))
                                        .stream()
                                        .count()));
        Rounds rounds = contest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(this, contest.measure("timeline.20", rounds, "ours", "floor", Target.atMost(100, "us")));
        run.report(this, contest.measure("timeline.decoded", rounds, "decoded", "floor", Target.none()));
    }

    private void pages(Run run, SqliteEventStore store, RawQueries raw) throws Exception {
        CallContest newest = new CallContest()
                .lane(
                        "ours",
                        number -> require(
                                20,
                                store.read(Query.all(), NEWEST.withLimit(20))
                                        .events()
                                        .size()))
                .lane("floor", number -> require(20, raw.newest(20).size()));
        Rounds rounds = newest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(this, newest.measure("page.newest20", rounds, "ours", "floor", Target.none()));

        Query closed = Query.ofTypes("bead.closed");
        int limit = Math.min(100, run.scale().beads());
        CallContest byType = new CallContest()
                .lane(
                        "ours",
                        number -> require(
                                limit,
                                store.read(closed, NEWEST.withLimit(limit))
                                        .events()
                                        .size()))
                .lane(
                        "floor",
                        number -> require(
                                limit, raw.newestOfType("bead.closed", limit).size()));
        rounds = byType.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(this, byType.measure("query.bytype", rounds, "ours", "floor", Target.none()));
    }

    private void times(Run run, SqliteEventStore store, RawQueries raw) throws Exception {
        SplittableRandom random = new SplittableRandom(8);
        Instant first = run.logs().firstTime();
        long seconds = Duration.between(first, run.logs().lastTime()).toSeconds();
        Instant[] times = random.longs(1_000, 60, Math.max(61, seconds))
                .mapToObj(first::plusSeconds)
                .toArray(Instant[]::new);
        CallContest contest = new CallContest()
                .lane("ours", number -> store.sequenceAt(times[number % times.length]))
                .lane("floor", number -> raw.sequenceAt(text(times[number % times.length])));
        Rounds rounds = contest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(this, contest.measure("time.sequenceAt", rounds, "ours", "floor", Target.atMost(1_000, "us")));
    }

    /** A time in the form of the file, where it falls on a second. */
    static String text(Instant time) {
        return time.toString().replace("Z", ".000000Z");
    }

    private static void require(long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(found + " events were found instead of " + expected + ".");
        }
    }
}
