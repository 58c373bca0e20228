package dev.recount.examples.workspaces;

import dev.recount.examples.workspaces.StructuralEvent.WorkspaceCollapsed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceExpanded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisioning;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceUpdated;
import dev.recount.examples.workspaces.WorkspaceCommand.CollapseWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.ExpandWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.MoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.NewChild;
import dev.recount.examples.workspaces.WorkspaceCommand.ProvisionWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.RemoveWorkspace;
import dev.recount.examples.workspaces.WorkspaceCommand.UpdateWorkspace;
import dev.recount.examples.workspaces.WorkspaceRejected.AlreadyExpanded;
import dev.recount.examples.workspaces.WorkspaceRejected.BadValue;
import dev.recount.examples.workspaces.WorkspaceRejected.CannotForward;
import dev.recount.examples.workspaces.WorkspaceRejected.NotExpanded;
import dev.recount.examples.workspaces.WorkspaceRejected.UnderItself;
import dev.recount.examples.workspaces.WorkspaceRejected.WorkspaceExists;
import dev.recount.examples.workspaces.WorkspaceRejected.WorkspaceRemoved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of commands about the tree. */
final class TreeDecisions {

    private TreeDecisions() {}

    static List<StructuralEvent> provision(ProvisionWorkspace command, Organisation organisation) {
        NewChild asked = new NewChild(command.workspaceId(), command.name(), command.tier());
        requireNew(asked, organisation);
        Rules.requireParent(organisation, command.workspaceId(), command.parentId());
        return List.of(provisioning(asked, command.parentId(), command.at()));
    }

    static List<StructuralEvent> move(MoveWorkspace command, Organisation organisation) {
        Workspace moved = Rules.workspace(organisation, command.workspaceId());
        String parent = command.newParentId();
        Rules.requireParent(organisation, moved.id(), parent);
        if (parent != null && organisation.isPartOf(parent, moved.id())) {
            throw new UnderItself(moved.id(), parent);
        }
        if (Objects.equals(parent, moved.parentId())) {
            return List.of();
        }
        List<String> under = List.of(moved.under(), Organisation.under(parent));
        return List.of(new WorkspaceMoved(moved.id(), under, moved.parentId(), parent, command.at()));
    }

    /** The deepest go first, so nothing ever stands below what is gone. */
    static List<StructuralEvent> remove(RemoveWorkspace command, Organisation organisation) {
        Workspace removed = Rules.workspace(organisation, command.workspaceId());
        String forward = command.forwardTo();
        requireStays(forward, removed.id(), organisation);
        List<StructuralEvent> events = cascade(removed.id(), command.at(), organisation);
        events.add(new StructuralEvent.WorkspaceRemoved(removed.id(), removed.under(), null, forward, command.at()));
        return events;
    }

    static List<StructuralEvent> expand(ExpandWorkspace command, Organisation organisation) {
        Workspace team = Rules.workspace(organisation, command.workspaceId());
        if (team.expanded()) {
            throw new AlreadyExpanded(team.id());
        }
        List<NewChild> children = command.children();
        if (children.isEmpty()) {
            throw new BadValue(team.id(), "team", "", "at least one child");
        }
        Set<String> ids = new HashSet<>();
        List<StructuralEvent> events = new ArrayList<>();
        for (NewChild child : children) {
            requireNew(child, organisation);
            if (!ids.add(child.workspaceId())) {
                throw new WorkspaceExists(child.workspaceId());
            }
            events.add(provisioning(child, team.id(), command.at()));
        }
        List<String> names = children.stream().map(NewChild::workspaceId).toList();
        events.add(new WorkspaceExpanded(team.id(), team.under(), names, command.at()));
        return events;
    }

    static List<StructuralEvent> collapse(CollapseWorkspace command, Organisation organisation) {
        Workspace team = Rules.workspace(organisation, command.workspaceId());
        if (!team.expanded()) {
            throw new NotExpanded(team.id());
        }
        List<StructuralEvent> events = cascade(team.id(), command.at(), organisation);
        List<String> removed = organisation.belowOf(team.id());
        events.add(new WorkspaceCollapsed(team.id(), team.under(), removed, command.at()));
        return events;
    }

    static List<StructuralEvent> update(UpdateWorkspace command, Organisation organisation) {
        Workspace workspace = Rules.workspace(organisation, command.workspaceId());
        requireValues(command);
        Workspace.Profile profile = workspace.profile();
        List<Changed> changes = Stream.of(
                        new Field("name", profile.name(), command.name()),
                        new Field("role", profile.role(), command.role()),
                        new Field("tier", Integer.toString(profile.tier()), text(command.tier())))
                .flatMap(Field::change)
                .toList();
        return changes.isEmpty()
                ? List.of()
                : List.of(new WorkspaceUpdated(workspace.id(), workspace.under(), changes, command.at()));
    }

    /** A field as it is, and as it is asked to be; null leaves it. */
    private record Field(
            String name, @Nullable String was, @Nullable String asked) {

        Stream<Changed> change() {
            return asked == null || asked.equals(was) ? Stream.empty() : Stream.of(new Changed(name, was, asked));
        }
    }

    private static @Nullable String text(@Nullable Integer tier) {
        return tier == null ? null : tier.toString();
    }

    private static void requireValues(UpdateWorkspace command) {
        String name = command.name();
        if (name != null) {
            Rules.requireText(command.workspaceId(), "name", name);
        }
        Integer tier = command.tier();
        if (tier != null) {
            Rules.requireTier(command.workspaceId(), tier);
        }
    }

    private static List<StructuralEvent> cascade(String from, Instant at, Organisation organisation) {
        List<StructuralEvent> events = new ArrayList<>();
        for (String id : organisation.belowOf(from)) {
            Workspace below = Rules.workspace(organisation, id);
            events.add(new StructuralEvent.WorkspaceRemoved(id, below.under(), from, null, at));
        }
        return events;
    }

    private static void requireStays(@Nullable String forward, String removed, Organisation organisation) {
        if (forward != null
                && (organisation.workspace(forward).filter(Workspace::isThere).isEmpty()
                        || organisation.isPartOf(forward, removed))) {
            throw new CannotForward(removed, forward);
        }
    }

    // Also the id of one that is gone: nothing happens under it again.
    private static void requireNew(NewChild asked, Organisation organisation) {
        String id = asked.workspaceId();
        Rules.requireId(id, "workspace id", id);
        Rules.requireText(id, "name", asked.name());
        Rules.requireTier(id, asked.tier());
        organisation.workspace(id).ifPresent(known -> {
            throw known.isThere() ? new WorkspaceExists(id) : new WorkspaceRemoved(id);
        });
    }

    private static StructuralEvent provisioning(NewChild asked, @Nullable String parentId, Instant at) {
        return new WorkspaceProvisioning(
                asked.workspaceId(), Organisation.under(parentId), asked.name(), asked.tier(), parentId, at);
    }
}
