package dev.recount.examples.cli;

import dev.recount.examples.cli.output.Json;
import dev.recount.examples.cli.output.Progress;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.sqlite.SqliteEventStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "stats", description = "Counts events by type, by tag key and by day, and tells sizes and times.")
final class StatsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Mixin
    private AnswerForm answer = new AnswerForm();

    StatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (SqliteEventStore store = rig.open()) {
            Statistics statistics = count(store);
            statistics.add(store.retentions());
            if (answer.isJson()) {
                Json.write(terminal, statistics.asAnswer());
            } else {
                new StatisticsChart(terminal).print(statistics);
            }
        }
        return ExitStatus.DONE;
    }

    private Statistics count(EventStore store) {
        LogInfo log = store.info();
        Statistics statistics = new Statistics(rig.name(), log, FileSizes.of(rig.file()));
        try (Progress progress = Progress.of(terminal, "Counting", answer.isJson())) {
            Reading.of(Query.all()).run(store, statistics::add, page -> progress.at(page.upTo(), log.head()));
        }
        return statistics;
    }
}
