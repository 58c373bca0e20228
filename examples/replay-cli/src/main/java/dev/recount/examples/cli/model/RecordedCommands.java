package dev.recount.examples.cli.model;

import dev.recount.codec.EventCodec;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.decider.Decider;
import dev.recount.store.Query;
import java.util.function.Function;

/**
 * Commands that were recorded beside their events. Immutable where the codec is.
 *
 * @param codec reads the commands
 * @param boundary the events that the decision on a command rests on
 */
public record RecordedCommands<C>(EventCodec<C> codec, Function<? super C, Query> boundary) {

    /**
     * The commands that a decider's class is of, each decided on the whole log.
     *
     * @throws ModelNotUsable where it does not say what they are, or they cannot be read
     */
    static RecordedCommands<?> of(Decider<?, ?, ?> decider) {
        Class<?> commands = TypeArgument.commandsOf(decider)
                .orElseThrow(() -> new ModelNotUsable(
                        decider.getClass().getName() + " does not say of which commands it is."
                                + " Implement Decider<Command, State, Event> with a class of commands, or implement Model.",
                        null));
        try {
            return new RecordedCommands<>(JacksonCodec.of(commands), command -> Query.all());
        } catch (IllegalArgumentException e) {
            throw new ModelNotUsable(e.getMessage() + " Or implement Model, which brings its commands.", e);
        }
    }
}
