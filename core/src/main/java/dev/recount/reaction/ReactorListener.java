package dev.recount.reaction;

import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.CommandRejected;

/** Is told what goes wrong with a reactor, on the reactor's own threads. What it throws is passed over. */
public interface ReactorListener {

    /** A try failed; it is tried again when it is due. */
    default void failed(StoredReaction reaction, Throwable cause) {}

    /** A reaction failed as often as it may. */
    default void parked(StoredReaction reaction) {}

    /** The rules refused the command with an outcome. It is not tried again. */
    default void rejected(StoredReaction reaction, CommandRejected rejection) {}

    /** An event cannot be decoded and is passed over. */
    default void undecodable(UndecodableEvent event) {}

    /** The reactor has ended for a failure, as {@link RunningReactor#failure()} tells. */
    default void stopped(Throwable cause) {}
}
