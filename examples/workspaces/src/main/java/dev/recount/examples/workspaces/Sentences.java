package dev.recount.examples.workspaces;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.examples.workspaces.StructuralEvent.AgentAssigned;
import dev.recount.examples.workspaces.StructuralEvent.AgentCardUpdated;
import dev.recount.examples.workspaces.StructuralEvent.AgentMoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentRemoved;
import dev.recount.examples.workspaces.StructuralEvent.AgentReplaced;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceCollapsed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceDegraded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceExpanded;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceMoved;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOffline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceOnline;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisionFailed;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceProvisioning;
import dev.recount.examples.workspaces.StructuralEvent.WorkspaceUpdated;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened, in a sentence that a person can read. */
public final class Sentences {

    private static final Map<Class<?>, Function<StructuralEvent, String>> BY_CLASS = new LinkedHashMap<>();

    static {
        on(
                WorkspaceProvisioning.class,
                e -> "Set up as \"" + e.name() + "\", tier " + e.tier() + ", " + place(e.under()));
        on(WorkspaceProvisionFailed.class, e -> "Could not be set up: " + e.reason());
        on(WorkspaceOnline.class, Sentences::online);
        on(WorkspaceOffline.class, e -> "Not heard of any more: offline");
        on(
                WorkspaceDegraded.class,
                e -> String.format(Locale.ROOT, "Degraded: %.0f %% of its work fails", 100 * e.errorRate())
                        + because(e.sampleError()));
        on(StructuralEvent.WorkspaceRemoved.class, Sentences::removed);
        on(
                WorkspaceMoved.class,
                e -> "Moved from " + below(e.under().get(0)) + " to "
                        + below(e.under().get(1)));
        on(WorkspaceExpanded.class, e -> "Became a team of " + String.join(", ", e.children()));
        on(
                WorkspaceCollapsed.class,
                e -> "Became one workspace again, without " + String.join(", ", e.removedChildren()));
        on(WorkspaceUpdated.class, Sentences::updated);
        on(AgentAssigned.class, e -> "Agent " + e.agentId() + " began on " + e.model());
        on(AgentRemoved.class, e -> "Agent " + e.agentId() + " left: " + e.reason());
        on(AgentReplaced.class, Sentences::replaced);
        on(
                AgentMoved.class,
                e -> "Agent " + e.agentId() + " moved from " + e.fromWorkspaceId() + " to " + e.toWorkspaceId());
        on(
                AgentCardUpdated.class,
                e -> e.agentCard().name() + " can "
                        + String.join(", ", e.agentCard().skills()));
    }

    private Sentences() {}

    /** What an event says; its type where that is another's. */
    public static String of(StoredEvent stored) {
        try {
            return WorkspaceLog.codec().decode(stored).stream()
                    .map(Sentences::of)
                    .collect(Collectors.joining("; "));
        } catch (UndecodableEvent e) {
            return stored.type();
        }
    }

    /** What an event says. */
    public static String of(StructuralEvent event) {
        return BY_CLASS.getOrDefault(event.getClass(), Object::toString).apply(event);
    }

    private static <T extends StructuralEvent> void on(Class<T> kind, Function<? super T, String> sentence) {
        BY_CLASS.put(kind, event -> sentence.apply(kind.cast(event)));
    }

    private static String online(WorkspaceOnline event) {
        Status from = event.recoveredFrom();
        return (from == null ? "Online" : "Online again after it was " + from.word()) + ", at " + event.url();
    }

    private static String removed(StructuralEvent.WorkspaceRemoved event) {
        String with = event.cascadeFrom() == null ? "Removed" : "Removed with " + event.cascadeFrom();
        return event.forwardedTo() == null ? with : with + ", " + event.forwardedTo() + " stands in";
    }

    private static String updated(WorkspaceUpdated event) {
        return event.changes().stream()
                .map(change -> change.field() + " from " + (change.old() == null ? "nothing" : change.old()) + " to "
                        + change.now())
                .collect(Collectors.joining(", ", "Changed: ", ""));
    }

    private static String replaced(AgentReplaced event) {
        return event.agentId().equals(event.oldAgentId())
                ? "Agent " + event.agentId() + " runs on " + event.model() + " instead of " + event.oldModel()
                : "Agent " + event.agentId() + " on " + event.model() + " took the place of " + event.oldAgentId();
    }

    private static String because(@Nullable String error) {
        return error == null ? "" : " (" + error + ")";
    }

    private static String place(String under) {
        return under.equals(Organisation.TOP) ? "at the top" : "below " + under;
    }

    private static String below(String under) {
        return under.equals(Organisation.TOP) ? "the top" : under;
    }
}
