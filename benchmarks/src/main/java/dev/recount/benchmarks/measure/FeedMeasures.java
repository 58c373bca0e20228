package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.feed.FeedClients;
import dev.recount.benchmarks.feed.FeedLoad;
import dev.recount.benchmarks.feed.FeedLoad.Mix;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Latency;
import dev.recount.benchmarks.report.Measure;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Spread;
import dev.recount.benchmarks.report.Target;
import java.time.Duration;
import java.util.List;

/** A thousand clients of one feed. */
final class FeedMeasures implements Group {

    private static final Mix NOBODY = new Mix(0, 0, 0);
    private static final Mix ONE = new Mix(0, 1, 0);
    private static final Mix THOUSAND = new Mix(985, 5, 10);
    private static final Mix HEALTHY = new Mix(995, 5, 0);
    private static final int[] ALL_SEE_ALL = {10, 25, 50, 100, 200, 400};
    private static final double SECOND_IN_MILLIS = 1_000;
    private static final double MICROS = 1_000;

    @Override
    public String title() {
        return "A feed of a thousand clients";
    }

    @Override
    public String about() {
        return """
            A server with a heap of 128 MiB, and in its process somebody who writes 2,000 events a second to its log: 20
            transactions a second, each with an event for each of 100 projects. 985 clients see a project each, 5 see everything, and
            10 ask for everything and never read; they are closed when the stall limit is over. The clients run in another process on the
            same machine and check every event: one that is missed, repeated or out of order breaks the run off. `feed.lag` is the longest
            time from before the append until a client has the event; its floor is the same with one client. `feed.append` is the
            median of an append beside 1,000 clients that all read; its floor is the same without clients. Memory is what the process has
            resident, at most and with 1,000 clients to which nothing happens; its floor is the same before any client came. `feed.cpu` is the
            processor time of the server; its floor is the same writer without clients. `feed.everything` is how many clients can see
            all 2,000 events a second, each within a second, of the numbers that were tried.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("feed.idle", "feed.append", "feed.lag", "feed.memory", "feed.cpu", "feed.everything");
    }

    @Override
    public void run(Run run) throws Exception {
        if (measures().stream().noneMatch(run::wants)) {
            return;
        }
        Duration stall = run.scale().load().dividedBy(3);
        try (FeedLoad load = FeedLoad.start(run.scratch().newFile(), stall)) {
            // A log of some length, which those who never read ask for.
            load.ask("write 30 1000 1000");
            double before = load.ask("memory")[0];
            if (run.wants("feed.idle")) {
                idle(run, load, before);
            }
            if (run.wants("feed.append")) {
                appends(run, load);
            }
            thousand(run, load, before);
            if (run.wants("feed.everything")) {
                everything(run, load);
            }
        }
    }

    private void idle(Run run, FeedLoad load, double before) throws Exception {
        FeedClients clients = load.connect(HEALTHY);
        Thread.sleep(run.scale().lane().toMillis());
        double with = load.ask("memory")[0];
        load.disconnect(clients);
        run.report(
                this,
                Measure.of("feed.idle", with, before, "MiB", Spread.of(with / before), Target.atMost(256, "MiB")));
    }

    private void appends(Run run, FeedLoad load) throws Exception {
        Duration lane = run.scale().lane().multipliedBy(2);
        Rounds rounds = new Contest()
                .lane("with", () -> appendMicros(load, HEALTHY, lane))
                .lane("without", () -> appendMicros(load, NOBODY, lane))
                .run(1, run.scale().rounds());
        Target target = Target.ratioAtMost(1.25);
        run.report(
                this,
                rounds.measure("feed.append", "with", "without", "us", target).withDurability("full"));
    }

    private static double appendMicros(FeedLoad load, Mix mix, Duration time) throws Exception {
        FeedClients clients = load.connect(mix);
        double median = load.write(time, mix, clients)[0];
        load.disconnect(clients);
        return median;
    }

    private void thousand(Run run, FeedLoad load, double before) throws Exception {
        Duration time = run.scale().load();
        Outcome one = outcome(load, ONE, time.dividedBy(3));
        Outcome all = outcome(load, THOUSAND, time);
        run.report(this, lag(all, one, time));
        double most = load.ask("memory")[1];
        run.report(
                this,
                Measure.of("feed.memory", most, before, "MiB", Spread.of(most / before), Target.atMost(512, "MiB")));
        Outcome nobody = outcome(load, NOBODY, time.dividedBy(3));
        run.report(
                this,
                Measure.of(
                        "feed.cpu",
                        all.cpu,
                        nobody.cpu,
                        "% of a core",
                        Spread.of(all.cpu / nobody.cpu),
                        Target.none()));
    }

    private static Measure lag(Outcome all, Outcome one, Duration time) {
        return Measure.of(
                        "feed.lag",
                        all.lag.max() / MICROS,
                        one.lag.max() / MICROS,
                        "ms",
                        Spread.of(all.lag.max() / one.lag.max()),
                        Target.atMost(SECOND_IN_MILLIS, "ms"))
                .withLatency(all.lag, one.lag)
                .withDurability("full")
                .withNote("over " + time.toSeconds() + " s");
    }

    /** What some clients saw. */
    private record Outcome(Latency lag, double cpu) {}

    private static Outcome outcome(FeedLoad load, Mix mix, Duration time) throws Exception {
        FeedClients clients = load.connect(mix);
        double cpu = load.ask("cpu")[0];
        load.write(time, mix, clients);
        double percent = 100 * (load.ask("cpu")[0] - cpu) / time.toMillis();
        if (mix.silent() > 0) {
            load.awaitStalled(mix.silent());
        }
        load.disconnect(clients);
        return new Outcome(Latency.of(clients.lagNanos()), percent);
    }

    private void everything(Run run, FeedLoad load) throws Exception {
        Duration time = run.scale().lane().multipliedBy(2);
        int most = 0;
        for (int clients : ALL_SEE_ALL) {
            Outcome outcome = outcome(load, new Mix(0, clients, 0), time);
            if (outcome.lag.max() / MICROS > SECOND_IN_MILLIS) {
                break;
            }
            most = clients;
        }
        run.report(this, Measure.alone("feed.everything", most, "clients", Target.none()));
    }
}
