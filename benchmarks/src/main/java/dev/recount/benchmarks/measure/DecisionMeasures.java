package dev.recount.benchmarks.measure;

import dev.recount.EventLog;
import dev.recount.benchmarks.beads.AddComment;
import dev.recount.benchmarks.beads.AllBeadsDecider;
import dev.recount.benchmarks.beads.BeadDecider;
import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.report.CallContest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.command.CommandHandler;
import dev.recount.event.NewEvent;
import dev.recount.store.Append;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.sqlite.SqliteEventStore;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Commands: read, fold, decide, append under the condition that nothing has changed. */
final class DecisionMeasures implements Group {

    private static final Instant LATER = Instant.parse("2027-01-15T08:00:00Z");
    private static final String TEXT = "the merge queue was red again, so this goes back to the crew for a clean run";

    @Override
    public String title() {
        return "Decisions";
    }

    @Override
    public String about() {
        return """
            One command on a copy of the long log. `decide.roundtrip` decides on one bead with 20 events; its floor is
            this library's own timeline read and its own conditional append, called one after the other with nothing in
            between. `decide.cached` decides on the state of the whole log, which the handler keeps, so it reads only the
            events that are new; its floor reads the new events and appends likewise.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("decide.roundtrip", "decide.cached");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        try (SqliteEventStore store = SqliteEventStore.open(run.logs().copy(), LongLogs.quickly())) {
            if (run.wants("decide.roundtrip")) {
                roundTrip(run, store);
            }
            if (run.wants("decide.cached")) {
                cached(run, store);
            }
        }
    }

    private void roundTrip(Run run, SqliteEventStore store) throws Exception {
        AddComment[] commands = commands(run);
        CommandHandler<AddComment, BeadEvent> handler =
                EventLog.of(store, LongLogs.CODEC).handle(new BeadDecider()).within(command -> bead(command));
        CallContest contest = new CallContest()
                .lane("ours", number -> handler.handle(commands[number % commands.length], BeadEvents.metadata()))
                .lane("floor", number -> {
                    AddComment command = commands[(number + commands.length / 2) % commands.length];
                    Page timeline = store.read(bead(command), ReadOptions.defaults());
                    store.append(Append.of(List.of(encoded(command))).when(timeline.unchanged()));
                });
        Rounds rounds = contest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(
                this,
                contest.measure("decide.roundtrip", rounds, "ours", "floor", Target.ratioAtMost(1.5))
                        .withDurability("normal"));
    }

    private void cached(Run run, SqliteEventStore store) throws Exception {
        AddComment[] commands = commands(run);
        CommandHandler<AddComment, BeadEvent> handler =
                EventLog.of(store, LongLogs.CODEC).handle(new AllBeadsDecider()).keepingStates(1);
        handler.handle(commands[0], BeadEvents.metadata());
        long[] seen = {store.info().head()};
        CallContest contest = new CallContest()
                .lane("ours", number -> handler.handle(commands[number % commands.length], BeadEvents.metadata()))
                .lane("floor", number -> {
                    AddComment command = commands[(number + commands.length / 2) % commands.length];
                    Page news = store.read(Query.all(), ReadOptions.defaults().after(seen[0]));
                    seen[0] = store.append(Append.of(List.of(encoded(command))).when(news.unchanged()))
                            .last();
                });
        Rounds rounds = contest.run(
                run.scale().rounds(), run.scale().calls(), run.scale().longestRound());
        run.report(
                this,
                contest.measure("decide.cached", rounds, "ours", "floor", Target.ratioAtMost(1.5))
                        .withDurability("normal"));
    }

    private static Query bead(AddComment command) {
        return Query.tagged("bead", command.bead());
    }

    private static NewEvent encoded(AddComment command) {
        BeadEvent event = new BeadEvent.BeadCommented(
                command.bead(), command.agent(), command.convoy(), command.at(), command.text());
        return LongLogs.CODEC.encode(event).withMetadata(BeadEvents.metadata());
    }

    private static AddComment[] commands(Run run) {
        return new SplittableRandom(9)
                .ints(10_000, 0, run.scale().beads())
                .mapToObj(bead -> new AddComment(BeadEvents.beadId(bead), "agent-017", 1, LATER, TEXT))
                .toArray(AddComment[]::new);
    }
}
