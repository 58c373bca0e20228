package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.RawPostgres;
import dev.recount.benchmarks.floor.RawPostgresTown;
import dev.recount.benchmarks.floor.RawRow;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.postgres.PostgresOptions;
import dev.recount.store.postgres.PostgresTown;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.TownCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many rigs of one database. Not thread-safe: made for one run. */
final class PostgresTowns {

    private static final int CALLERS = 16;
    private static final int EVENTS = 10;
    private static final int NEXT = 100;

    private final Group group;
    private final Run run;
    private final PostgresServer server;
    private final List<BeadEvent> events = BeadEvents.first(5_000);

    PostgresTowns(Group group, Run run, PostgresServer server) {
        this.group = group;
        this.run = run;
        this.server = server;
    }

    void run() throws Exception {
        if (run.wants("postgres.rigs16")
                || run.wants("postgres.raw16")
                || run.wants("postgres.rigs16.raw")
                || run.wants("postgres.rigs16.server")) {
            callers();
        }
        if (run.wants("postgres.newest100") || run.wants("postgres.next100")) {
            pages();
        }
    }

    /** All rounds on the same tables, so that no server process compiles its statements while the clock runs. */
    private void callers() throws Exception {
        String plain = server.newSchema();
        String guarded = server.newSchema();
        RawPostgres.create(server.url(), plain);
        List<RawPostgres> raw = new ArrayList<>();
        List<RawPostgresTown> statements = new ArrayList<>();
        List<RawRow> rows = AppendMeasures.rows(events.subList(0, CALLERS));
        try (PostgresTown town = PostgresTown.open(server.pool(), server.newTown());
                PostgresTown written = PostgresTown.open(
                        server.pool(), PostgresOptions.defaults().withSchema(guarded))) {
            List<EventLog<BeadEvent>> logs = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                logs.add(EventLog.of(town.rig("rig-" + i), LongLogs.CODEC));
                // Rigs are numbered from 1 in the order in which they are made.
                written.rig("rig-" + i);
                raw.add(RawPostgres.open(server.url(), plain, i + 1));
                statements.add(RawPostgresTown.open(server.url(), guarded, i + 1));
            }
            compare(
                    caller -> PostgresMeasures.append(logs.get(caller), events.get(caller), AppendCondition.none()),
                    caller -> raw.get(caller).append(List.of(rows.get(caller))),
                    caller -> statements.get(caller).append(rows.get(caller)));
        } finally {
            for (RawPostgres each : raw) {
                each.close();
            }
            for (RawPostgresTown each : statements) {
                each.close();
            }
        }
    }

    private void compare(Callers.Call ours, Callers.Call inserts, Callers.Call statements) throws Exception {
        Rounds rounds = new Contest()
                .lane("one", () -> perSecond(1, ours))
                .lane("raw one", () -> perSecond(1, inserts))
                .lane("many", () -> perSecond(CALLERS, ours))
                .lane("raw many", () -> perSecond(CALLERS, inserts))
                .lane("server", () -> perSecond(CALLERS, statements))
                .run(1, run.scale().rounds());
        report(rounds, "postgres.rigs16", "many", "one", Target.ratioAtLeast(3));
        report(rounds, "postgres.raw16", "raw many", "raw one", Target.none());
        report(rounds, "postgres.rigs16.raw", "many", "raw many", Target.none());
        report(rounds, "postgres.rigs16.server", "many", "server", Target.none());
    }

    private double perSecond(int callers, Callers.Call call) throws Exception {
        return Callers.onPlatformThreads(callers)
                .callFor(run.scale().lane(), call)
                .perSecond();
    }

    private void report(Rounds rounds, String name, String ours, String floor, Target target) {
        run.report(group, rounds.measure(name, ours, floor, "appends/s", target).withDurability(server.durability()));
    }

    private void pages() throws Exception {
        String schema = server.newSchema();
        PostgresOptions options = PostgresOptions.defaults().withSchema(schema);
        try (PostgresTown town = PostgresTown.open(server.pool(), options)) {
            TownCursor half = fill(town);
            server.analyze();
            int wanted = Math.min(NEXT, run.scale().rigs());
            try (RawPostgres raw = RawPostgres.open(server.url(), schema, 1)) {
                CallContest contest = new CallContest()
                        .lane(
                                "newest",
                                number -> PostgresMeasures.require(
                                        wanted,
                                        town.newest(Query.all(), wanted)
                                                .events()
                                                .size()))
                        .lane("raw newest", number -> PostgresMeasures.require(wanted, raw.newestOfTown(wanted)))
                        .lane(
                                "next",
                                number -> PostgresMeasures.require(
                                        wanted,
                                        town.read(half, Query.all(), wanted)
                                                .events()
                                                .size()))
                        .lane(
                                "raw next",
                                number -> PostgresMeasures.require(wanted, raw.nextOfTown(EVENTS / 2, wanted)));
                Rounds rounds =
                        contest.run(run.scale().rounds(), 100, run.scale().longestRound());
                Target target = Target.atMost(15_000, "us");
                run.report(group, contest.measure("postgres.newest100", rounds, "newest", "raw newest", target));
                run.report(group, contest.measure("postgres.next100", rounds, "next", "raw next", target));
            }
        }
    }

    /** Rigs that grow in turn; gives the place in the middle of all. */
    private TownCursor fill(PostgresTown town) {
        Map<String, Checkpoint> half = new HashMap<>();
        for (int rig = 0; rig < run.scale().rigs(); rig++) {
            String name = String.format("rig-%04d", rig);
            EventLog<BeadEvent> log = EventLog.of(town.rig(name), LongLogs.CODEC);
            log.append(events.subList(rig, rig + EVENTS / 2), AppendCondition.none(), BeadEvents.metadata());
            half.put(name, new Checkpoint(town.rig(name).info().logId(), EVENTS / 2));
        }
        for (int rig = 0; rig < run.scale().rigs(); rig++) {
            EventLog.of(town.rig(String.format("rig-%04d", rig)), LongLogs.CODEC)
                    .append(events.subList(rig, rig + EVENTS / 2), AppendCondition.none(), BeadEvents.metadata());
        }
        return new TownCursor(half);
    }
}
