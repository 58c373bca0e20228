package dev.recount.examples.town.importing;

import dev.recount.examples.town.Bead;
import dev.recount.examples.town.Change;
import dev.recount.examples.town.Status;
import dev.recount.examples.town.TownEvent;
import dev.recount.examples.town.TownEvent.BeadAssigned;
import dev.recount.examples.town.TownEvent.BeadClosed;
import dev.recount.examples.town.TownEvent.FieldsUpdated;
import dev.recount.examples.town.TownEvent.LabelAdded;
import dev.recount.examples.town.TownEvent.LabelRemoved;
import dev.recount.examples.town.TownEvent.StatusChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The events of one change of a bead, whoever found it out. Not thread-safe. */
final class BeadChanges {

    // What every change brings along, and what status_changed and closed say already.
    private static final Set<String> NOT_COMPARED =
            Set.of("created_at", "updated_at", "closed_at", "close_reason", "last_activity");

    private final Bead bead;
    private final String actor;
    private final @Nullable String reason;
    private final Instant at;
    private final List<TownEvent> events = new ArrayList<>();
    private final List<Change> fields = new ArrayList<>();

    BeadChanges(Bead bead, String actor, @Nullable String reason, Instant at) {
        this.bead = bead;
        this.actor = actor;
        this.reason = reason;
        this.at = at;
    }

    void assignee(@Nullable String to) {
        events.add(new BeadAssigned(bead.id(), bead.assignee(), to, actor, reason, at));
    }

    void status(Status to) {
        if (to.equals(Status.CLOSED)) {
            events.add(new BeadClosed(bead.id(), bead.hookedBy(), bead.status(), actor, reason, at));
        } else {
            events.add(new StatusChanged(bead.id(), bead.hookedBy(), bead.status(), to, actor, reason, at));
        }
    }

    void field(String name, @Nullable String to) {
        fields.add(new Change(name, bead.details().get(name), to));
    }

    void labels(Collection<String> to) {
        for (String label : new TreeSet<>(to)) {
            if (!bead.labels().contains(label)) {
                events.add(new LabelAdded(bead.id(), label, actor, reason, at));
            }
        }
        for (String label : bead.labels()) {
            if (!to.contains(label)) {
                events.add(new LabelRemoved(bead.id(), label, actor, reason, at));
            }
        }
    }

    /** Whatever a later view of the bead shows that no row has told. */
    void unreported(Snapshot seen) {
        if (seen.status() != null && !seen.status().equals(bead.status())) {
            status(seen.status());
        }
        if (!Objects.equals(seen.assignee(), bead.assignee())) {
            assignee(seen.assignee());
        }
        if (seen.labels() != null) {
            labels(seen.labels());
        }
        Set<String> names = new TreeSet<>(bead.details().told());
        names.addAll(seen.details().told());
        names.removeAll(NOT_COMPARED);
        for (String name : names) {
            if (!Objects.equals(bead.details().get(name), seen.details().get(name))) {
                field(name, seen.details().get(name));
            }
        }
    }

    /** The events; one that changes no field where there would be none, so that no row is lost. */
    List<TownEvent> atLeastOne() {
        List<TownEvent> all = events();
        return all.isEmpty() ? List.of(new FieldsUpdated(bead.id(), List.of(), actor, reason, at)) : all;
    }

    List<TownEvent> events() {
        List<TownEvent> all = new ArrayList<>(events);
        if (!fields.isEmpty()) {
            all.add(new FieldsUpdated(bead.id(), List.copyOf(fields), actor, reason, at));
        }
        return all;
    }
}
