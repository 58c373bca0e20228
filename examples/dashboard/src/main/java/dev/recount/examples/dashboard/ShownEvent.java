package dev.recount.examples.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.recount.event.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the activity shows it: what the feed says of it, and a sentence. Immutable.
 *
 * @param rig the rig
 * @param sequence its place in that rig's log
 * @param type what happened, for programs
 * @param sentence what happened, for people
 * @param subject what it is about; null where it is about nothing that has a timeline
 * @param occurredAt when it happened
 * @param storedAt when it was stored
 */
record ShownEvent(
        String rig,
        long sequence,
        String type,
        String sentence,
        @Nullable ShownSubject subject,
        Instant occurredAt,
        Instant storedAt) {

    /** What an event is about, with its title. Immutable. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShownSubject(
            String collection, String id, @Nullable String title) {}

    static <S, E> ShownEvent of(String rig, StoredEvent event, ShownSystem<S, E> system, S state) {
        return new ShownEvent(
                rig,
                event.sequence(),
                event.type(),
                system.sentence(event),
                subject(event, system, state),
                event.occurredAt(),
                event.storedAt());
    }

    static <S, E> @Nullable ShownSubject subject(StoredEvent event, ShownSystem<S, E> system, S state) {
        return system.subject(event)
                .map(subject -> new ShownSubject(
                        subject.collection(),
                        subject.id(),
                        system.title(state, subject).orElse(null)))
                .orElse(null);
    }
}
