package dev.recount.examples.quickstart;

import dev.recount.event.EventType;
import dev.recount.event.Tag;

/** What happens to the checkpoints of beads. What only an effect can know, such as a file's name, is in an event of its own. */
sealed interface CheckpointEvent {

    /** Somebody wants a text kept. */
    @EventType("checkpoint.requested")
    record CheckpointRequested(@Tag("bead") String bead, String text) implements CheckpointEvent {}

    /** It is kept, and this is where. */
    @EventType("checkpoint.created")
    record CheckpointCreated(@Tag("bead") String bead, String reference) implements CheckpointEvent {}
}
