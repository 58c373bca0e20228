package dev.recount.examples.dashboard;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.event.StoredEvent;
import dev.recount.examples.workspaces.Agent;
import dev.recount.examples.workspaces.Organisation;
import dev.recount.examples.workspaces.OrganisationProjector;
import dev.recount.examples.workspaces.Sentences;
import dev.recount.examples.workspaces.Status;
import dev.recount.examples.workspaces.StructuralEvent;
import dev.recount.examples.workspaces.StructuralEvent.AgentRemoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisionFailed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceUpdated;
import dev.recount.examples.workspaces.Workspace;
import dev.recount.examples.workspaces.WorkspaceLog;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An organisation of workspaces and agents, as the dashboard shows it. Immutable. */
public final class ShownWorkspaces implements ShownSystem<Organisation, StructuralEvent> {

    private static final String WORKSPACES = "workspaces";
    private static final String AGENTS = "agents";
    private static final String AGENT_TAG = "agent_id";
    private static final String WORKSPACE_TAG = "workspace_id";

    private static final OrganisationProjector PROJECTOR = new OrganisationProjector();
    private static final List<BoardPlan> BOARDS = List.of(
            new BoardPlan("Agents", AGENTS, AGENT_TAG, words(Status.ONLINE, Status.DEGRADED, Status.OFFLINE)),
            new BoardPlan(
                    "Workspaces",
                    WORKSPACES,
                    WORKSPACE_TAG,
                    words(
                            Status.PROVISIONING,
                            Status.ONLINE,
                            Status.DEGRADED,
                            Status.OFFLINE,
                            Status.FAILED,
                            Status.REMOVED)));

    /** The same for every organisation. */
    public ShownWorkspaces() {}

    @Override
    public EventCodec<StructuralEvent> codec() {
        return WorkspaceLog.codec();
    }

    @Override
    public Projector<Organisation, StructuralEvent> projector() {
        return PROJECTOR;
    }

    @Override
    public String agentTag() {
        return AGENT_TAG;
    }

    @Override
    public List<BoardPlan> boards() {
        return BOARDS;
    }

    @Override
    public List<Card> cards(Organisation organisation) {
        List<Card> cards = new ArrayList<>();
        for (Workspace workspace : organisation.workspaces()) {
            Agent agent = workspace.agent();
            cards.add(card(workspace, agent));
            if (agent != null) {
                cards.add(card(agent, workspace));
            }
        }
        return cards;
    }

    @Override
    public Optional<Subject> subject(StoredEvent event) {
        return event.tags().values(WORKSPACE_TAG).stream().findFirst().map(id -> new Subject(WORKSPACES, id));
    }

    @Override
    public Optional<String> title(Organisation organisation, Subject subject) {
        return switch (subject.collection()) {
            case WORKSPACES ->
                organisation
                        .workspace(subject.id())
                        .map(workspace -> workspace.profile().name());
            case AGENTS -> organisation.placeOf(subject.id()).map(place -> subject.id());
            default -> Optional.empty();
        };
    }

    @Override
    public String sentence(StoredEvent event) {
        return Sentences.of(event);
    }

    @Override
    public TimelineEntry entry(StoredEvent event, ZoneId zone) {
        Optional<StructuralEvent> first = decoded(event);
        return TimelineEntry.of(
                event,
                sentence(event),
                event.metadata().actor().orElse(null),
                first.map(ShownWorkspaces::reason).orElse(null),
                subject(event).orElse(null),
                first.map(ShownWorkspaces::changes).orElse(List.of()));
    }

    private static List<String> words(Status... statuses) {
        return Stream.of(statuses).map(Status::word).toList();
    }

    private static Optional<StructuralEvent> decoded(StoredEvent event) {
        try {
            return WorkspaceLog.codec().decode(event).stream().findFirst();
        } catch (UndecodableEvent e) {
            return Optional.empty();
        }
    }

    private static @Nullable String reason(StructuralEvent event) {
        if (event instanceof AgentRemoved removed) {
            return removed.reason();
        }
        return event instanceof WorkspaceProvisionFailed failed ? failed.reason() : null;
    }

    private static List<TimelineEntry.Changed> changes(StructuralEvent event) {
        if (event instanceof WorkspaceUpdated updated) {
            return updated.changes().stream()
                    .map(change -> new TimelineEntry.Changed(change.field(), change.old(), change.now()))
                    .toList();
        }
        return event instanceof WorkspaceMoved moved
                ? List.of(new TimelineEntry.Changed("parent", moved.oldParentId(), moved.newParentId()))
                : List.of();
    }

    private static Card card(Workspace workspace, @Nullable Agent agent) {
        String parent = workspace.parentId();
        return new Card(
                WORKSPACES,
                workspace.status().word(),
                workspace.id(),
                workspace.profile().name(),
                parent == null ? null : "below " + parent,
                workspace.since(),
                agent == null ? List.of() : List.of(agent.id()));
    }

    private static Card card(Agent agent, Workspace workspace) {
        return new Card(
                AGENTS,
                workspace.status().word(),
                agent.id(),
                agent.id(),
                workspace.id() + ", " + agent.model(),
                workspace.since(),
                List.of(agent.id()));
    }
}
