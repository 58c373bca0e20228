package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.floor.RawLog;
import dev.recount.benchmarks.floor.RawRow;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.event.Metadata;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.sqlite.Durability;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.util.List;

/** One caller that appends. */
final class AppendMeasures implements Group {

    private static final int BATCH = 1_000;
    private static final Metadata METADATA = BeadEvents.metadata();

    @Override
    public String title() {
        return "Appends";
    }

    @Override
    public String about() {
        return """
            One caller. Ours encodes the events to JSON, derives their tags, links them into the hash chain, checks the
            condition and moves the head. The floor inserts rows that were made before the clock started, with their hash,
            into the same tables and indexes by a prepared `executeBatch`, without triggers and without a head.
            `append.conditional` compares ours under a condition on a tag, over the last thousand events and not violated, with
            ours without one.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("append.batch1000", "append.conditional", "append.full", "append.normal");
    }

    @Override
    public void run(Run run) throws Exception {
        if (run.wants("append.batch1000")) {
            batches(run);
        }
        if (run.wants("append.conditional")) {
            conditional(run);
        }
        if (run.wants("append.full")) {
            single(run, "append.full", Durability.FULL, Target.ratioAtMost(1.15));
        }
        if (run.wants("append.normal")) {
            single(run, "append.normal", Durability.NORMAL, Target.none());
        }
    }

    private void batches(Run run) throws Exception {
        int batches = run.scale().batches();
        List<BeadEvent> events = BeadEvents.first(batches * BATCH);
        List<RawRow> rows = rows(events);
        Rounds rounds = new Contest()
                .lane("ours", () -> appendBatches(run, events))
                .lane("floor", () -> insertBatches(run, rows))
                .run(2, run.scale().rounds());
        run.report(
                this,
                rounds.measure("append.batch1000", "ours", "floor", "us/event", Target.ratioAtMost(1.3))
                        .withDurability("normal"));
    }

    private static double appendBatches(Run run, List<BeadEvent> events) throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(run.scratch().newFile(), LongLogs.quickly())) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            long before = System.nanoTime();
            for (int from = 0; from < events.size(); from += BATCH) {
                log.append(events.subList(from, from + BATCH), AppendCondition.none(), METADATA);
            }
            return microsPerEvent(before, events.size());
        }
    }

    private static double insertBatches(Run run, List<RawRow> rows) throws Exception {
        try (RawLog log = RawLog.create(run.scratch().newFile(), "NORMAL")) {
            long before = System.nanoTime();
            for (int from = 0; from < rows.size(); from += BATCH) {
                log.append(rows.subList(from, from + BATCH));
            }
            return microsPerEvent(before, rows.size());
        }
    }

    private void conditional(Run run) throws Exception {
        List<BeadEvent> events = BeadEvents.first(5_000);
        try (SqliteEventStore store = SqliteEventStore.open(run.scratch().newFile(), LongLogs.quickly())) {
            LongLogs.fill(store, BeadEvents.of(1_000));
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            long[] head = {store.info().head()};
            CallContest contest = new CallContest()
                    .lane("conditional", number -> {
                        BeadEvent event = events.get(number % events.size());
                        // Nobody has it, but only a look at the last thousand events tells.
                        Query nobody = Query.tagged("bead", "absent-" + number);
                        head[0] = append(
                                log, event, AppendCondition.noneMatching(nobody).after(Math.max(0, head[0] - 1_000)));
                    })
                    .lane(
                            "unconditional",
                            number ->
                                    head[0] = append(log, events.get(number % events.size()), AppendCondition.none()));
            Rounds rounds = contest.run(
                    run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
            Target target = Target.ratioAtMost(1.25);
            run.report(
                    this,
                    contest.measure("append.conditional", rounds, "conditional", "unconditional", target)
                            .withDurability("normal"));
        }
    }

    private void single(Run run, String name, Durability durability, Target target) throws Exception {
        List<BeadEvent> events = BeadEvents.first(5_000);
        List<RawRow> rows = rows(events);
        SqliteOptions options = SqliteOptions.defaults().withDurability(durability);
        try (SqliteEventStore store = SqliteEventStore.open(run.scratch().newFile(), options);
                RawLog raw = RawLog.create(run.scratch().newFile(), durability.name())) {
            EventLog<BeadEvent> log = EventLog.of(store, LongLogs.CODEC);
            CallContest contest = new CallContest()
                    .lane("ours", number -> append(log, events.get(number % events.size()), AppendCondition.none()))
                    .lane("floor", number -> raw.append(List.of(rows.get(number % rows.size()))));
            Rounds rounds = contest.run(
                    run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
            run.report(
                    this,
                    contest.measure(name, rounds, "ours", "floor", target)
                            .withDurability(durability == Durability.FULL ? "full" : "normal"));
        }
    }

    private static long append(EventLog<BeadEvent> log, BeadEvent event, AppendCondition condition) {
        return log.append(List.of(event), condition, METADATA).last();
    }

    static List<RawRow> rows(List<BeadEvent> events) {
        return events.stream()
                .map(event -> RawRow.of(LongLogs.CODEC.encode(event).withMetadata(METADATA)))
                .toList();
    }

    private static double microsPerEvent(long before, int events) {
        return (System.nanoTime() - before) / 1_000.0 / events;
    }
}
