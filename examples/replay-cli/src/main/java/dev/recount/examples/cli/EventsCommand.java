package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = "Prints events, oldest first: all of them, unless a limit is given.",
        footer = {"", "With --follow it goes on with what is stored later, also by other processes, until Ctrl-C."})
final class EventsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RigFile rig = new RigFile();

    @Option(names = "--after", paramLabel = "N", description = "Only events after this sequence.")
    private long after;

    @Option(
            names = "--until",
            paramLabel = "MOMENT",
            converter = Moment.Converter.class,
            description = "Only events up to this sequence, or stored up to this time.")
    private @Nullable Moment until;

    @Mixin
    private EventFilter filter = new EventFilter();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many events. Without it there is no limit.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--newest", description = "Newest first.")
    private boolean newest;

    @Option(names = "--follow", description = "Go on with what is stored later, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private AnswerForm answer = new AnswerForm();

    EventsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireSense();
        try (EventStore store = rig.open()) {
            Consumer<StoredEvent> printer = EventPrinter.of(terminal, rig.name(), answer.isJson());
            if (follow) {
                return new Follower(terminal, store, printer).follow(filter.query(), after, limit);
            }
            if (until != null && !answer.isJson()) {
                until.beforeAll(store).ifPresent(terminal::errorLine);
            }
            long last = until == null ? Long.MAX_VALUE : until.sequenceIn(store);
            new Reading(filter.query(), after, last, newest, limit).run(store, printer, page -> {});
        }
        return ExitStatus.DONE;
    }

    private void requireSense() {
        if (after < 0) {
            throw Failure.badInput(
                    "bad_sequence", "--after " + after + " is below 0. Sequences count from 1; 0 is before the first.");
        }
        if (limit < 0) {
            throw Failure.badInput("bad_limit", "--limit " + limit + " is below 0. Give how many events you want.");
        }
        if (follow && (newest || until != null)) {
            throw Failure.badInput(
                    "bad_usage", "--follow goes on to what is newer. Leave out " + (newest ? "--newest." : "--until."));
        }
    }
}
