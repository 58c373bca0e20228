package dev.recount.examples.orchestration;

import dev.recount.EventLog;
import dev.recount.command.CommandHandler;
import dev.recount.command.Outcome;
import dev.recount.examples.orchestration.GitCommand.RecordCheckpoint;
import dev.recount.examples.orchestration.GitCommand.RequestCheckpoint;
import dev.recount.examples.orchestration.ProviderEvent.TextDelta;
import dev.recount.examples.orchestration.ProviderEvent.TurnComplete;
import dev.recount.examples.orchestration.TurnCommand.IngestProviderEvent;
import dev.recount.examples.orchestration.TurnCommand.StartTurn;
import dev.recount.store.EventStore;
import java.time.Instant;

/** What tests do over and over with a log. */
record Desk(EventLog<OrchestrationEvent> log, CommandHandler<OrchestrationCommand, OrchestrationEvent> commands) {

    static final Instant AT = Facts.AT;

    static Desk over(EventStore store) {
        EventLog<OrchestrationEvent> log = OrchestrationLog.in(store);
        return new Desk(log, OrchestrationLog.commands(log));
    }

    /** With project p1 at a folder, and thread t1 in it. */
    Desk ready(String folder) {
        handle(new ProjectCommand.CreateProject("p1", "Login", folder, AT));
        handle(new ThreadCommand.CreateThread("p1", "t1", "Fix it", AT));
        return this;
    }

    Outcome<OrchestrationEvent> handle(OrchestrationCommand command) {
        return commands.handle(command);
    }

    void tell(String turn, ProviderEvent event) {
        handle(new IngestProviderEvent("t1", turn, event, AT));
    }

    /** A turn in thread t1, from its start to its end. */
    void turn(String turn) {
        handle(new StartTurn("t1", turn, "Go on", AT));
        tell(turn, new TextDelta("Done with " + turn + "."));
        tell(turn, new TurnComplete("end of turn"));
    }

    void checkpoint(String turn, String checkpoint) {
        handle(new RequestCheckpoint("t1", turn, checkpoint, AT));
        handle(new RecordCheckpoint("t1", checkpoint, "ref-of-" + checkpoint, AT));
    }

    Orchestration state() {
        return log.replay(new OrchestrationProjector()).strictly().run().state();
    }

    long head() {
        return log.store().info().head();
    }
}
