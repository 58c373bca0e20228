package dev.recount.examples.dashboard;

import dev.recount.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as a part of a thing's timeline. Immutable.
 *
 * @param sequence its place in the log of its rig
 * @param type what happened, for programs
 * @param sentence what happened, for people
 * @param actor who did it; null where nobody is named
 * @param reason why; null where nobody said
 * @param subject what it is about, which the timeline of an agent needs to tell; null where it is about nothing that has a timeline
 * @param changes what was and what is now
 * @param occurredAt when it happened
 * @param storedAt when it was stored
 */
public record TimelineEntry(
        long sequence,
        String type,
        String sentence,
        @Nullable String actor,
        @Nullable String reason,
        @Nullable Subject subject,
        List<Changed> changes,
        Instant occurredAt,
        Instant storedAt) {

    /** Copies the changes. */
    public TimelineEntry {
        changes = List.copyOf(changes);
    }

    /**
     * A field that changed. Immutable.
     *
     * @param field its name
     * @param from what it was; null where there was nothing
     * @param to what it is; null where there is nothing now
     */
    public record Changed(
            String field, @Nullable String from, @Nullable String to) {}

    static TimelineEntry of(
            StoredEvent event,
            String sentence,
            @Nullable String actor,
            @Nullable String reason,
            @Nullable Subject subject,
            List<Changed> changes) {
        return new TimelineEntry(
                event.sequence(),
                event.type(),
                sentence,
                actor,
                reason,
                subject,
                changes,
                event.occurredAt(),
                event.storedAt());
    }
}
