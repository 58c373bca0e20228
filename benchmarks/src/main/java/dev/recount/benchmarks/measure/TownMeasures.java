package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.RawQueries;
import dev.recount.benchmarks.floor.RawTown;
import dev.recount.benchmarks.process.ForkedJvm;
import dev.recount.benchmarks.process.TownIdle;
import dev.recount.benchmarks.process.TownMemory;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.AppendCondition;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import dev.recount.store.sqlite.SqliteTown;
import java.nio.file.Path;
import java.util.List;

/** A thousand rigs, each a file of its own. */
final class TownMeasures implements Group {

    private static final int EVENTS = 20;
    private static final int NEWEST = 100;
    // One size and touched from the start: what such a process grows by is not its heap.
    private static final List<String> FIXED_HEAP =
            List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    @Override
    public String title() {
        return "A town of a thousand rigs";
    }

    @Override
    public String about() {
        return """
            A thousand files with 20 events each, written in turn. `town.newest100` asks for the newest 100 events of all
            rigs, all of them open; its floor asks open connections for their newest event first and then only those for
            more that have more of the newest. `town.open` opens one log, reads its newest 20 and closes it; its floor
            does that with one connection. Memory is what a process grows by for each open rig, resident and heap. Idle is
            the processor time of a process that waits for events on all rigs and in which nothing happens.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("town.newest100", "town.open", "town.memory", "town.idle");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        Path folder = run.scratch().newFolder();
        List<Path> files = create(run, folder);
        if (run.wants("town.newest100")) {
            newest(run, folder, files);
        }
        if (run.wants("town.open")) {
            opening(run, files);
        }
        if (run.wants("town.memory")) {
            memory(run, folder);
        }
        if (run.wants("town.idle")) {
            idle(run, folder);
        }
    }

    private static SqliteOptions options(Run run) {
        return LongLogs.quickly().withMaxOpenRigs(run.scale().rigs() + 1);
    }

    private static List<Path> create(Run run, Path folder) {
        List<BeadEvent> events = BeadEvents.first(1_000);
        try (SqliteTown town = SqliteTown.open(folder, options(run))) {
            List<EventStore> rigs = openAll(run, town);
            for (int round = 0; round < EVENTS; round++) {
                List<BeadEvent> event = List.of(events.get(round));
                for (EventStore rig : rigs) {
                    EventLog.of(rig, LongLogs.CODEC).append(event, AppendCondition.none(), BeadEvents.metadata());
                }
            }
            return town.rigs().stream().map(rig -> folder.resolve(rig + ".db")).toList();
        }
    }

    private static List<EventStore> openAll(Run run, SqliteTown town) {
        return java.util.stream.IntStream.range(0, run.scale().rigs())
                .mapToObj(number -> town.rig(String.format("rig-%04d", number)))
                .toList();
    }

    private void newest(Run run, Path folder, List<Path> files) throws Exception {
        int wanted = Math.min(NEWEST, files.size() * EVENTS);
        try (SqliteTown town = SqliteTown.open(folder, options(run));
                RawTown raw = RawTown.open(files)) {
            CallContest contest = new CallContest()
                    .lane(
                            "ours",
                            number -> require(
                                    wanted,
                                    town.newest(Query.all(), NEWEST).events().size()))
                    .lane("floor", number -> require(wanted, raw.newest(NEWEST).size()));
            Rounds rounds = contest.run(run.scale().rounds(), 100, run.scale().longestRound());
            run.report(this, contest.measure("town.newest100", rounds, "ours", "floor", Target.atMost(15_000, "us")));
        }
    }

    private void opening(Run run, List<Path> files) throws Exception {
        ReadOptions newest = ReadOptions.defaults().newestFirst().withLimit(EVENTS);
        CallContest contest = new CallContest()
                .lane("ours", number -> {
                    try (SqliteEventStore store = SqliteEventStore.open(files.get(number % files.size()))) {
                        require(EVENTS, store.read(Query.all(), newest).events().size());
                    }
                })
                .lane("floor", number -> {
                    int file = (number + files.size() / 2) % files.size();
                    try (RawQueries raw = RawQueries.open(files.get(file))) {
                        require(EVENTS, raw.newest(EVENTS).size());
                    }
                });
        Rounds rounds = contest.run(
                run.scale().rounds(),
                Math.min(500, run.scale().calls()),
                run.scale().longestRound());
        run.report(this, contest.measure("town.open", rounds, "ours", "floor", Target.none()));
    }

    private void memory(Run run, Path folder) throws Exception {
        try (ForkedJvm forked = ForkedJvm.start(TownMemory.class, FIXED_HEAP, folder.toString())) {
            Measure measure = Measure.alone("town.memory", forked.number(), "KiB/rig", Target.atMost(200, "KiB"));
            run.report(this, measure.withNote("read from /proc, so there is no figure where there is none"));
        }
    }

    private void idle(Run run, Path folder) throws Exception {
        String millis = Long.toString(run.scale().idle().toMillis());
        try (ForkedJvm forked = ForkedJvm.start(TownIdle.class, FIXED_HEAP, folder.toString(), millis)) {
            Measure measure = Measure.alone("town.idle", forked.number(), "% of a core", Target.atMost(1, "%"));
            run.report(this, measure.withNote("over " + run.scale().idle().toSeconds() + " s"));
        }
    }

    private static void require(long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(found + " events were found instead of " + expected + ".");
        }
    }
}
