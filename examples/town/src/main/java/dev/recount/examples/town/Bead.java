package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A work item as it stands. Immutable.
 *
 * @param id its id
 * @param status where it stands
 * @param details what it says
 * @param assignee who is to do it; null where nobody
 * @param labels its labels
 * @param hookedBy the agent that holds it; null where none
 * @param outcome why it was closed or failed; null while it is neither
 * @param createdAt when it was created; null where not told
 * @param updatedAt when it changed last
 * @param closedAt when it was closed or failed; null while it is neither
 */
public record Bead(
        String id,
        Status status,
        @JsonUnwrapped BeadDetails details,
        @Nullable String assignee,
        SortedSet<String> labels,
        @Nullable String hookedBy,
        @Nullable String outcome,
        @Nullable Instant createdAt,
        Instant updatedAt,
        @Nullable Instant closedAt) {

    /** Copies the labels. */
    public Bead {
        labels = copyOf(labels);
    }

    static Bead of(String id, Status status, Instant now) {
        return new Bead(
                id, status, BeadDetails.none(), null, Collections.emptySortedSet(), null, null, null, now, null);
    }

    Bead withDetails(BeadDetails newDetails) {
        return new Bead(id, status, newDetails, assignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt);
    }

    Bead withAssignee(@Nullable String newAssignee) {
        return new Bead(id, status, details, newAssignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt);
    }

    Bead withLabels(Collection<String> newLabels) {
        return new Bead(
                id, status, details, assignee, copyOf(newLabels), hookedBy, outcome, createdAt, updatedAt, closedAt);
    }

    Bead withHook(@Nullable String agent) {
        return new Bead(id, status, details, assignee, labels, agent, outcome, createdAt, updatedAt, closedAt);
    }

    Bead withId(String newId) {
        return new Bead(newId, status, details, assignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt);
    }

    Bead createdAt(@Nullable Instant time) {
        return new Bead(id, status, details, assignee, labels, hookedBy, outcome, time, updatedAt, closedAt);
    }

    Bead updatedAt(Instant time) {
        return new Bead(id, status, details, assignee, labels, hookedBy, outcome, createdAt, time, closedAt);
    }

    /** In another status; a final one keeps when and why, the others forget it. */
    Bead inStatus(Status newStatus, @Nullable String why, Instant time) {
        boolean isFinal = newStatus.isFinal();
        return new Bead(
                id,
                newStatus,
                details,
                assignee,
                labels,
                hookedBy,
                isFinal ? why : null,
                createdAt,
                time,
                isFinal ? time : null);
    }

    private static SortedSet<String> copyOf(Collection<String> labels) {
        if (labels.isEmpty()) {
            return Collections.emptySortedSet();
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(Set.copyOf(labels)));
    }
}
