package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.beads.BeadEvent;
import dev.recount.benchmarks.beads.BeadEvents;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Spread;
import dev.recount.benchmarks.report.Target;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.sql.SqlReadModel;
import dev.recount.sql.SqlStatements;
import dev.recount.store.Append;
import dev.recount.store.sqlite.SqliteEventStore;
import dev.recount.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Appends while a read model of a long log is built anew beside its live tables. */
final class BuildMeasures implements Group {

    private static final String MODEL = "beads";
    private static final Duration AROUND_SWAP = Duration.ofMillis(200);
    private static final long LOOK_NANOS = 1_000_000;

    @Override
    public String title() {
        return "Read models that are built beside the live ones";
    }

    @Override
    public String about() {
        return """
            One caller appends single events, with full sync, to the long log, which has an inline read model of two tables: a row for each bead
            and a row for each event. `model.bluegreen.append` does so while the model is built anew and put in the place of
            the live one; its floor are the same appends while nothing is built. `model.bluegreen.swap` is the longest append
            within 200 ms of the moment at which the tables changed places; its floor is the longest one while nothing is built.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("model.bluegreen.append", "model.bluegreen.swap");
    }

    /** A row for each bead and one for each event. */
    private static final class BeadRows implements SqlReadModel {

        @Override
        public String name() {
            return MODEL;
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> schema() {
            return List.of(
                    "CREATE TABLE {bead} (id TEXT PRIMARY KEY, events INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    "CREATE TABLE {bead_event} (sequence INTEGER PRIMARY KEY, type TEXT NOT NULL) STRICT");
        }

        @Override
        public void apply(StoredEvent event, SqlStatements sql) {
            String bead = event.tags().value("bead").orElse("");
            sql.execute("INSERT INTO {bead} VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET events = events + 1", bead);
            sql.execute("INSERT INTO {bead_event} VALUES (?, ?)", event.sequence(), event.type());
        }
    }

    /** When an append began and how long it took. */
    private record Call(long start, long nanos) {

        boolean isAround(long moment) {
            return start < moment + AROUND_SWAP.toNanos() && start + nanos > moment - AROUND_SWAP.toNanos();
        }
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        Path file = run.logs().copy();
        List<Double> beside = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        try (SqliteEventStore store =
                SqliteEventStore.open(file, SqliteOptions.defaults().withInline(new BeadRows()))) {
            Iterator<BeadEvent> events = BeadEvents.of(Integer.MAX_VALUE);
            Rounds rounds = new Contest()
                    .lane("beside", () -> besideBuild(store, events, beside))
                    .lane("alone", () -> alone(store, events, run.scale().lane(), alone))
                    .run(0, run.scale().rounds());
            run.report(
                    this,
                    rounds.measure("model.bluegreen.append", "beside", "alone", "events/s", Target.ratioAtLeast(0.5)));
        }
        Measure swap = Measure.of(
                "model.bluegreen.swap", longest(beside), longest(alone), "ms", Spread.none(), Target.atMost(50, "ms"));
        run.report(this, swap);
    }

    private static double longest(List<Double> millis) {
        return millis.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static double alone(
            SqliteEventStore store, Iterator<BeadEvent> events, Duration time, List<Double> longest) {
        long end = System.nanoTime() + time.toNanos();
        List<Call> calls = new ArrayList<>();
        while (calls.isEmpty() || System.nanoTime() < end) {
            calls.add(append(store, events.next()));
        }
        longest.add(calls.stream().mapToLong(Call::nanos).max().orElse(0) / 1e6);
        return perSecond(calls);
    }

    private static double besideBuild(SqliteEventStore store, Iterator<BeadEvent> events, List<Double> longest)
            throws InterruptedException, ExecutionException {
        FutureTask<Void> rebuild = new FutureTask<>(() -> store.rebuild(MODEL), null);
        FutureTask<Long> swap = new FutureTask<>(() -> momentOfSwap(store, rebuild));
        new Thread(rebuild, "rebuild").start();
        new Thread(swap, "swap").start();
        List<Call> calls = new ArrayList<>();
        while (calls.isEmpty() || !swap.isDone()) {
            calls.add(append(store, events.next()));
        }
        double rate = perSecond(calls);
        long around = System.nanoTime() + AROUND_SWAP.toNanos();
        while (!rebuild.isDone() || System.nanoTime() < around) {
            calls.add(append(store, events.next()));
        }
        rebuild.get();
        long moment = swap.get();
        longest.add(calls.stream()
                        .filter(call -> call.isAround(moment))
                        .mapToLong(Call::nanos)
                        .max()
                        .orElse(0)
                / 1e6);
        return rate;
    }

    private static long momentOfSwap(SqliteEventStore store, FutureTask<?> rebuild) {
        boolean began = false;
        while (!rebuild.isDone()) {
            boolean builds = store.readModels().get(0).build().isPresent();
            if (began && !builds) {
                return System.nanoTime();
            }
            began |= builds;
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime();
    }

    private static Call append(SqliteEventStore store, BeadEvent event) {
        NewEvent encoded = LongLogs.CODEC.encode(event).withMetadata(BeadEvents.metadata());
        long start = System.nanoTime();
        store.append(Append.of(List.of(encoded)));
        return new Call(start, System.nanoTime() - start);
    }

    private static double perSecond(List<Call> calls) {
        Call last = calls.get(calls.size() - 1);
        return calls.size() * 1e9 / (last.start() + last.nanos() - calls.get(0).start());
    }
}
