package dev.recount.examples.quickstart;

import dev.recount.codec.RecordedEvent;
import dev.recount.examples.quickstart.CheckpointEvent.CheckpointRequested;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import java.util.List;

final class Checkpoints implements Reactor<CheckpointEvent, SaveCheckpoint> {
    @Override
    public String name() {
        return "checkpoints";
    }

    @Override
    public List<Reaction<SaveCheckpoint>> react(RecordedEvent<CheckpointEvent> recorded) {
        return recorded.event() instanceof CheckpointRequested wanted
                ? List.of(Reaction.now(new SaveCheckpoint(wanted.bead(), wanted.text())))
                : List.of();
    }
}
