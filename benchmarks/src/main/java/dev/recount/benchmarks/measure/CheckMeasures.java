package dev.recount.benchmarks.measure;

import dev.recount.benchmarks.floor.RawCheck;
import dev.recount.benchmarks.report.Contest;
import dev.recount.benchmarks.report.Rounds;
import dev.recount.benchmarks.report.Target;
import dev.recount.store.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.util.List;

/** The check of a whole file. */
final class CheckMeasures implements Group {

    @Override
    public String title() {
        return "Check";
    }

    @Override
    public String about() {
        return """
            `check` of the long log: SQLite's own integrity check, every event's form, order and hash, the tag index,
            receipts and checkpoints. The floor is SQLite's integrity check and one SHA-256 over the texts of each row.
            """;
    }

    @Override
    public List<String> measures() {
        return List.of("check");
    }

    @Override
    public void run(Run run) throws Exception {
        if (!run.wants("check")) {
            return;
        }
        Path file = run.logs().ours();
        int events = run.scale().events();
        try (SqliteEventStore store = SqliteEventStore.openReadOnly(file)) {
            Rounds rounds = new Contest()
                    .lane("ours", () -> perSecond(events, () -> store.check().events()))
                    .lane("floor", () -> perSecond(events, () -> RawCheck.run(file)))
                    .run(0, run.scale().rounds());
            run.report(this, rounds.measure("check", "ours", "floor", "events/s", Target.none()));
        }
    }

    @FunctionalInterface
    private interface Check {
        long events() throws Exception;
    }

    private static double perSecond(int events, Check check) throws Exception {
        long before = System.nanoTime();
        long checked = check.events();
        double seconds = (System.nanoTime() - before) / 1e9;
        if (checked != events) {
            throw new IllegalStateException(checked + " events were checked instead of " + events + ".");
        }
        return events / seconds;
    }
}
