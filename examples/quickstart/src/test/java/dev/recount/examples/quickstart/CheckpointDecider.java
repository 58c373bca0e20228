package dev.recount.examples.quickstart;

import dev.recount.decider.Decider;
import dev.recount.examples.quickstart.CheckpointCommand.RecordCheckpoint;
import dev.recount.examples.quickstart.CheckpointCommand.RequestCheckpoint;
import dev.recount.examples.quickstart.CheckpointEvent.CheckpointCreated;
import dev.recount.examples.quickstart.CheckpointEvent.CheckpointRequested;
import java.util.List;

/** Any bead may have any number of checkpoints. The state is how many. */
final class CheckpointDecider implements Decider<CheckpointCommand, Integer, CheckpointEvent> {

    @Override
    public Integer initialState() {
        return 0;
    }

    @Override
    public Integer project(Integer count, CheckpointEvent event) {
        return event instanceof CheckpointCreated ? count + 1 : count;
    }

    @Override
    public List<CheckpointEvent> decide(CheckpointCommand command, Integer count) {
        if (command instanceof RequestCheckpoint request) {
            return List.of(new CheckpointRequested(request.bead(), request.text()));
        }
        return List.of(new CheckpointCreated(command.bead(), ((RecordCheckpoint) command).reference()));
    }
}
