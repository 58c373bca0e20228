package dev.recount.examples.workspaces;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.store.EventStore;

/**
 * The log of an organisation: where everything begins.
 *
 * <pre>{@code
 * EventLog<StructuralEvent> log = WorkspaceLog.in(store);
 * WorkspaceLog.commands(store).handle(new MoveWorkspace("search", "research", now));
 * Organisation then = log.replay(new OrganisationProjector()).until(lastTuesday).run().state();
 * }</pre>
 */
public final class WorkspaceLog {

    private static final EventCodec<StructuralEvent> EVENTS = JacksonCodec.of(StructuralEvent.class);
    private static final EventCodec<WorkspaceCommand> COMMANDS = JacksonCodec.of(WorkspaceCommand.class);

    private WorkspaceLog() {}

    /** The log that a store holds. */
    public static EventLog<StructuralEvent> in(EventStore store) {
        return EventLog.of(store, EVENTS);
    }

    /**
     * Carries out commands. Each rests on the whole log: what is below what is a question to all of the tree. So the state is kept, and
     * a decision reads only what is new.
     */
    public static CommandHandler<WorkspaceCommand, StructuralEvent> commands(EventStore store) {
        return in(store).handle(new WorkspaceDecider()).keepingStates(1);
    }

    /** Turns events to JSON and back. */
    public static EventCodec<StructuralEvent> codec() {
        return EVENTS;
    }

    /** Turns commands to JSON and back. */
    public static EventCodec<WorkspaceCommand> commandCodec() {
        return COMMANDS;
    }
}
