package dev.recount.examples.town;

import dev.recount.EventLog;
import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.command.CommandHandler;
import dev.recount.store.EventStore;

/**
 * The log of a rig: where everything about a town begins.
 *
 * <pre>{@code
 * EventLog<TownEvent> rig = TownLog.in(store);
 * CommandHandler<TownCommand, TownEvent> commands = TownLog.commands(rig);
 * commands.handle(new HookCommand.HookBead("gt-1a2b", "toast", "mayor", now));
 * TownState state = rig.replay(new TownProjector()).run().state();
 * }</pre>
 */
public final class TownLog {

    private static final EventCodec<TownEvent> CODEC = JacksonCodec.of(TownEvent.class);

    private static final EventCodec<TownCommand> COMMAND_CODEC = JacksonCodec.of(TownCommand.class);

    private TownLog() {}

    /** The log that a store holds. */
    public static EventLog<TownEvent> in(EventStore store) {
        return EventLog.of(store, CODEC);
    }

    /** The codec of all rigs. */
    public static EventCodec<TownEvent> codec() {
        return CODEC;
    }

    /** The codec of recorded commands. */
    public static EventCodec<TownCommand> commandCodec() {
        return COMMAND_CODEC;
    }

    /** Carries out commands in a rig, each within what it rests on. */
    public static CommandHandler<TownCommand, TownEvent> commands(EventLog<TownEvent> rig) {
        return rig.handle(new TownDecider()).within(TownCommand::boundary);
    }

    /** The same, with each command recorded, so that it can be decided again. */
    public static CommandHandler<TownCommand, TownEvent> recordedCommands(EventLog<TownEvent> rig) {
        return commands(rig).recordingCommands(COMMAND_CODEC);
    }
}
