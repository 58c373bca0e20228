package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "timeline",
        description = "Tells the story of whatever has a tag, from its first event on.",
        footer = {"", "Example: recount timeline town.db bead:gt-1a2b"})
final class TimelineCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Parameters(index = "1", paramLabel = "TAG", description = "The tag, as key:value.")
    private String tag = "";

    @Mixin
    private AnswerForm answer = new AnswerForm();

    TimelineCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Query query = EventFilter.tagged(List.of(tag));
        try (EventStore store = rig.open()) {
            Consumer<StoredEvent> printer = EventPrinter.of(terminal, rig.name(), answer.isJson());
            Reading.of(query).run(store, printer, page -> {});
        }
        return ExitStatus.DONE;
    }
}
