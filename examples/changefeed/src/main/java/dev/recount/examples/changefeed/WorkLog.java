package dev.recount.examples.changefeed;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.store.EventStore;

/** The log of all projects, where every process that has the file begins. */
public final class WorkLog {

    private static final EventCodec<WorkEvent> EVENTS = JacksonCodec.of(WorkEvent.class);
    private static final EventCodec<WorkCommand> COMMANDS = JacksonCodec.of(WorkCommand.class);

    private WorkLog() {}

    /** The log that a store holds. */
    public static EventLog<WorkEvent> in(EventStore store) {
        return EventLog.of(store, EVENTS);
    }

    /** Carries out commands, each within what it rests on. */
    public static CommandHandler<WorkCommand, WorkEvent> commands(EventStore store) {
        return in(store).handle(new WorkDecider()).within(WorkCommand::boundary);
    }

    /** Turns events to JSON and back, also in whoever follows the feed. */
    public static EventCodec<WorkEvent> events() {
        return EVENTS;
    }

    /** Turns commands to JSON and back. */
    public static EventCodec<WorkCommand> commandCodec() {
        return COMMANDS;
    }
}
