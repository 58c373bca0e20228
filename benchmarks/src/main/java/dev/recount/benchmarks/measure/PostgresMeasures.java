package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.Bead;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.beads.BeadModels;
import dev.recount.benchmarks.floor.RawPostgres;
import dev.recount.benchmarks.floor.RawRow;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.postgres.PostgresEventStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One rig in PostgreSQL: appends and reads. Rigs side by side are {@link PostgresTowns}'. */
final class PostgresMeasures implements Group {

    private static final int BATCH = 1_000;
    private static final int PAGE = 100;
    private static final int TIMELINE = 20;

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String about() {
        return """
            A server on the same machine, over one pool. The floor of `postgres.batch1000` inserts rows that were made before the
            clock started into the same tables and indexes by `executeBatch`, which the driver rewrites to statements of many
            rows, and that of `postgres.copy1000` by COPY; both without triggers, lock, head and chain. `postgres.single` is one
            append in a transaction beside one such insert. `postgres.conditional` compares ours with a condition with ours
            without. `postgres.rigs16` are 16 callers with a rig each beside one caller with one rig, each appending single
            events, and `postgres.raw16` is the same with the raw inserts: the faster one caller is, the less 16 can be faster on
            the same cores. `postgres.rigs16.raw` compares our 16 with 16 that insert raw. The floor of `postgres.rigs16.server` are 16
            that send a ready row to the tables of a town, with their triggers, by the statements that an append takes: so it is
            the limit that the server itself sets. The floor of `postgres.replay` reads pages of 1,000 rows of three columns,
            decodes each with a plain Jackson reader of its type and folds the same. Pages and timelines, and the newest and next
            100 events of 1,000 rigs, stand beside one SELECT that was written for it and gives the columns as texts.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of(
                "postgres.batch1000",
                "postgres.copy1000",
                "postgres.single",
                "postgres.conditional",
                "postgres.rigs16",
                "postgres.raw16",
                "postgres.rigs16.raw",
                "postgres.rigs16.server",
                "postgres.replay",
                "postgres.replay.two",
                "postgres.page100",
                "postgres.timeline20",
                "postgres.newest100",
                "postgres.next100");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        try (PostgresServer server = PostgresServer.start()) {
            if (run.wants("postgres.batch1000") || run.wants("postgres.copy1000")) {
                batches(run, server);
            }
            if (run.wants("postgres.single") || run.wants("postgres.conditional")) {
                single(run, server);
            }
            new PostgresTowns(this, run, server).run();
            if (List.of("postgres.replay", "postgres.replay.two", "postgres.page100", "postgres.timeline20").stream()
                    .anyMatch(run::wants)) {
                reads(run, server);
            }
        }
    }

    private void batches(Run run, PostgresServer server) throws Exception {
        List<BeadEvent> events = BeadEvents.first(run.scale().batches() * BATCH);
        List<RawRow> rows = AppendMeasures.rows(events);
        Rounds rounds = new Contest()
                .lane("ours", () -> appendBatches(server, events))
                .lane("floor", () -> insertBatches(server, rows, false))
                .lane("copy", () -> insertBatches(server, rows, true))
                .run(2, run.scale().rounds());
        Target target = Target.ratioAtMost(1.5);
        String durability = server.durability();
        run.report(
                this,
                rounds.measure("postgres.batch1000", "ours", "floor", "us/event", target)
                        .withDurability(durability));
        run.report(
                this,
                rounds.measure("postgres.copy1000", "ours", "copy", "us/event", Target.none())
                        .withDurability(durability));
    }

    private static double appendBatches(PostgresServer server, List<BeadEvent> events) {
        try (PostgresEventStore store = PostgresEventStore.open(server.pool(), "rig", server.newTown())) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            long before = System.nanoTime();
            for (int from = 0; from < events.size(); from += BATCH) {
                log.append(events.subList(from, from + BATCH), AppendCondition.none(), BeadEvents.metadata());
            }
            return microsPerEvent(before, events.size());
        }
    }

    private static double insertBatches(PostgresServer server, List<RawRow> rows, boolean copy) throws Exception {
        String schema = server.newSchema();
        RawPostgres.create(server.url(), schema);
        try (RawPostgres raw = RawPostgres.open(server.url(), schema, 1)) {
            long before = System.nanoTime();
            for (int from = 0; from < rows.size(); from += BATCH) {
                List<RawRow> batch = rows.subList(from, from + BATCH);
                if (copy) {
                    raw.copy(batch);
                } else {
                    raw.append(batch);
                }
            }
            return microsPerEvent(before, rows.size());
        }
    }

    private void single(Run run, PostgresServer server) throws Exception {
        List<BeadEvent> events = BeadEvents.first(5_000);
        List<RawRow> rows = AppendMeasures.rows(events);
        String schema = server.newSchema();
        RawPostgres.create(server.url(), schema);
        try (PostgresEventStore store = PostgresEventStore.open(server.pool(), "rig", server.newTown());
                RawPostgres raw = RawPostgres.open(server.url(), schema, 1)) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            LongLogs.fill(store, BeadEvents.of(1_000));
            long[] head = {store.info().head()};
            CallContest contest = new CallContest()
                    .lane(
                            "ours",
                            number -> head[0] = append(log, events.get(number % events.size()), AppendCondition.none()))
                    .lane("conditional", number -> {
                        // Nobody has it, but only a look at the last thousand events tells.
                        AppendCondition nobody = AppendCondition.noneMatching(Query.tagged("bead", "absent-" + number))
                                .after(Math.max(0, head[0] - 1_000));
                        head[0] = append(log, events.get(number % events.size()), nobody);
                    })
                    .lane("floor", number -> raw.append(List.of(rows.get(number % rows.size()))));
            Rounds rounds = contest.run(
                    run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
            run.report(
                    this,
                    contest.measure("postgres.single", rounds, "ours", "floor", Target.none())
                            .withDurability(server.durability()));
            run.report(
                    this,
                    contest.measure("postgres.conditional", rounds, "conditional", "ours", Target.none())
                            .withDurability(server.durability()));
        }
    }

    static long append(EventLog<BeadEvent> log, BeadEvent event, AppendCondition condition) {
        return log.append(List.of(event), condition, BeadEvents.metadata()).last();
    }

    private void reads(Run run, PostgresServer server) throws Exception {
        String schema = server.newSchema();
        int events = run.scale().events();
        try (PostgresEventStore store = PostgresEventStore.open(
                server.pool(),
                "rig",
                dev.recount.store.postgres.PostgresOptions.defaults().withSchema(schema))) {
            LongLogs.fill(store, BeadEvents.of(run.scale().beads()));
            server.analyze();
            try (RawPostgres raw = RawPostgres.open(server.url(), schema, 1)) {
                replay(run, events, store, raw);
                calls(run, events, store, raw);
            }
        }
    }

    private void replay(Run run, int events, PostgresEventStore store, RawPostgres raw) throws Exception {
        var replay = EventLog.of(store, LongLogs.CODEC).replay(BeadModels.inOwnedHashMap());
        Rounds rounds = new Contest()
                .lane("one", () -> {
                    long before = System.nanoTime();
                    require(events, replay.onOneThread().run().events());
                    return perSecond(before, events);
                })
                .lane("two", () -> {
                    long before = System.nanoTime();
                    require(events, replay.run().events());
                    return perSecond(before, events);
                })
                .lane("raw", () -> {
                    long before = System.nanoTime();
                    Map<String, Bead> beads = new HashMap<>();
                    raw.events(event -> BeadModels.change(beads, event));
                    require(run.scale().beads(), beads.size());
                    return perSecond(before, events);
                })
                .run(1, run.scale().rounds());
        Target target = Target.ratioAtLeast(0.7);
        run.report(this, rounds.measure("postgres.replay", "one", "raw", "events/s", target));
        run.report(this, rounds.measure("postgres.replay.two", "two", "raw", "events/s", Target.none()));
    }

    private void calls(Run run, int events, PostgresEventStore store, RawPostgres raw) throws Exception {
        int pages = Math.max(1, events / PAGE);
        ReadOptions page = ReadOptions.defaults().withLimit(PAGE);
        ReadOptions newest = ReadOptions.defaults().newestFirst().withLimit(TIMELINE);
        // Of this log, which may be a short one.
        List<String> beads = BeadEvents.of(run.scale().beads()).take(Math.min(events, 5_000)).stream()
                .map(BeadEvent::bead)
                .distinct()
                .toList();
        CallContest contest = new CallContest()
                .lane(
                        "page",
                        number -> require(
                                PAGE,
                                store.read(Query.all(), page.after((long) number * 7 % pages * PAGE))
                                        .events()
                                        .size()))
                .lane("raw page", number -> require(PAGE, raw.page((long) number * 7 % pages * PAGE, PAGE)))
                .lane(
                        "timeline",
                        number -> requireSome(store.read(Query.tagged("bead", beads.get(number % beads.size())), newest)
                                .events()
                                .size()))
                .lane(
                        "raw timeline",
                        number -> requireSome(raw.timeline("bead:" + beads.get(number % beads.size()), TIMELINE)));
        Rounds rounds = contest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(this, contest.measure("postgres.page100", rounds, "page", "raw page", Target.none()));
        run.report(this, contest.measure("postgres.timeline20", rounds, "timeline", "raw timeline", Target.none()));
    }

    private static double microsPerEvent(long before, int events) {
        return (System.nanoTime() - before) / 1_000.0 / events;
    }

    private static double perSecond(long before, int events) {
        return events / ((System.nanoTime() - before) / 1e9);
    }

    static void require(long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(found + " were found instead of " + expected + ".");
        }
    }

    private static void requireSome(long found) {
        if (found == 0) {
            throw new IllegalStateException("No event was found.");
        }
    }
}
