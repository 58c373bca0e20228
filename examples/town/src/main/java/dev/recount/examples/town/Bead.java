package dev.recount.examples.town;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
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
 * @param progress how far it has got as an escalation, a molecule or a convoy
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
        @Nullable Instant closedAt,
        @JsonUnwrapped BeadProgress progress) {

    /** Copies the labels. */
    public Bead {
        labels = copyOf(labels);
    }

    static Bead of(String id, Status status, Instant now) {
        return new Bead(
                id,
                status,
                BeadDetails.none(),
                null,
                Collections.emptySortedSet(),
                null,
                null,
                null,
                now,
                null,
                BeadProgress.NONE);
    }

    Bead withDetails(BeadDetails newDetails) {
        return new Bead(
                id, status, newDetails, assignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt, progress);
    }

    Bead withAssignee(@Nullable String newAssignee) {
        return new Bead(
                id, status, details, newAssignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt, progress);
    }

    Bead withLabels(Collection<String> newLabels) {
        return new Bead(
                id,
                status,
                details,
                assignee,
                copyOf(newLabels),
                hookedBy,
                outcome,
                createdAt,
                updatedAt,
                closedAt,
                progress);
    }

    Bead withHook(@Nullable String agent) {
        return new Bead(
                id, status, details, assignee, labels, agent, outcome, createdAt, updatedAt, closedAt, progress);
    }

    Bead withId(String newId) {
        return new Bead(
                newId, status, details, assignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt, progress);
    }

    Bead withProgress(BeadProgress newProgress) {
        return new Bead(
                id, status, details, assignee, labels, hookedBy, outcome, createdAt, updatedAt, closedAt, newProgress);
    }

    Bead createdAt(@Nullable Instant time) {
        return new Bead(id, status, details, assignee, labels, hookedBy, outcome, time, updatedAt, closedAt, progress);
    }

    Bead updatedAt(Instant time) {
        return new Bead(id, status, details, assignee, labels, hookedBy, outcome, createdAt, time, closedAt, progress);
    }

    /** The steps of a molecule in their order. */
    List<String> steps() {
        return restsOn("parent-child").toList();
    }

    /** The beads that a convoy waits for. */
    List<TrackedBead> tracked() {
        return restsOn("tracks").map(TrackedBead::parse).toList();
    }

    /** Where it stands as an escalation, a molecule or a convoy; empty where it is none of them. */
    public Optional<Milestone> milestone() {
        if (progress.escalatedAt() != null) {
            String severity =
                    details.priority() == null ? "" : details.priority().word();
            return Optional.of(standing(
                    "escalated", progress.acknowledgedBy() == null ? "" : "acknowledged", severity + raisedSoOften()));
        }
        if (is(BeadType.MOLECULE) && !steps().isEmpty()) {
            int done = progress.stepsDone();
            int all = steps().size();
            return Optional.of(
                    standing("advancing", done == all ? "completed" : "", done + " of " + all + " steps done"));
        }
        if (is(BeadType.CONVOY) && !tracked().isEmpty()) {
            String beads = tracked().size() == 1 ? "1 bead" : tracked().size() + " beads";
            return Optional.of(standing("waiting", progress.landedAt() == null ? "" : "landed", beads));
        }
        return Optional.empty();
    }

    private Milestone standing(String before, String reached, String detail) {
        String now = status.isFinal() ? "ended" : before;
        return new Milestone(reached.isEmpty() ? now : reached, detail);
    }

    private String raisedSoOften() {
        return progress.raised() == 0
                ? ""
                : ", raised " + progress.raised() + (progress.raised() == 1 ? " time" : " times");
    }

    boolean is(BeadType type) {
        return type.equals(details.type());
    }

    private Stream<String> restsOn(String kind) {
        return details.dependencies().stream()
                .filter(dependency -> dependency.kind().equals(kind))
                .map(Dependency::on);
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
                isFinal ? time : null,
                progress);
    }

    private static SortedSet<String> copyOf(Collection<String> labels) {
        if (labels.isEmpty()) {
            return Collections.emptySortedSet();
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(Set.copyOf(labels)));
    }
}
