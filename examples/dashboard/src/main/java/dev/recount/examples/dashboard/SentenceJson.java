package dev.recount.examples.dashboard;

import dev.recount.event.StoredEvent;
import dev.recount.examples.dashboard.ShownEvent.ShownSubject;
import dev.recount.feed.EventJson;
import org.jspecify.annotations.Nullable;

/** The events of a feed with what the page shows of them: {@code sentence}, and {@code subject} with its title. Thread-safe. */
final class SentenceJson<S, E> implements EventJson {

    private final TownCourse<S, E> town;
    private final EventJson withSentence;

    SentenceJson(TownCourse<S, E> town) {
        this.town = town;
        this.withSentence = EventJson.standard().withText("sentence", town.system()::sentence);
    }

    @Override
    public String of(String rig, StoredEvent event) {
        String json = withSentence.of(rig, event);
        String subject = Answers.jsonText(subject(rig, event));
        return json.substring(0, json.length() - 1) + ",\"subject\":" + subject + '}';
    }

    private @Nullable ShownSubject subject(String rig, StoredEvent event) {
        S state = town.course(rig)
                .map(course -> course.stateNotBefore(event.sequence()))
                .orElseGet(town.system().projector()::initialState);
        return ShownEvent.subject(event, town.system(), state);
    }
}
