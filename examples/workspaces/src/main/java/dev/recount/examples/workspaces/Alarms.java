package dev.recount.examples.workspaces;

import dev.recount.codec.RecordedEvent;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOffline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOnline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisionFailed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisioning;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceRemoved;
import dev.recount.reaction.Reaction;
import dev.recount.reaction.Reactor;
import java.time.Duration;
import java.util.List;

/**
 * Sets an alarm for each workspace, one at a time: while it is set up, and while it is up. Immutable.
 *
 * @param provisioning how long setting up may take
 * @param silence how long a workspace may be silent
 */
record Alarms(Duration provisioning, Duration silence) implements Reactor<StructuralEvent, Alarm> {

    @Override
    public String name() {
        return "workspace-alarms";
    }

    @Override
    public List<Reaction<Alarm>> react(RecordedEvent<StructuralEvent> recorded) {
        StructuralEvent event = recorded.event();
        String id = event.workspaceId();
        if (event instanceof WorkspaceProvisioning) {
            Alarm alarm = new Alarm.NotUpYet(id);
            return List.of(Reaction.at(event.at().plus(provisioning), alarm).under(id));
        }
        if (event instanceof WorkspaceOnline) {
            Alarm alarm = new Alarm.Silent(id);
            return List.of(Reaction.at(event.at().plus(silence), alarm).under(id));
        }
        boolean isOver = event instanceof WorkspaceOffline
                || event instanceof WorkspaceProvisionFailed
                || event instanceof WorkspaceRemoved;
        return isOver ? List.of(Reaction.cancel(id)) : List.of();
    }
}
