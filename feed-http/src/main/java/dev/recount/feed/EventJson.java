package dev.recount.feed;

import dev.recount.event.StoredEvent;
import java.util.function.Function;

/**
 * What a feed shows of a stored event: one JSON object on one line, in pages and in streams alike. A host gives its own with
 * {@link FeedOptions#withEventJson} where its clients know another form, or need a member more than the {@linkplain #standard standard} one.
 *
 * <pre>{@code
 * EventJson withSentence = EventJson.standard().withText("sentence", event -> event.type() + " happened");
 * EventJson ofOurOwn = (rig, event) -> "{\"seq\":" + event.sequence() + ",\"payload\":" + event.data() + "}";
 * }</pre>
 *
 * <p>What it gives is checked, so that no event can pass for another. Where it throws, or gives something else than one JSON object on one
 * line, the event is still sent, in its place and with its cursor, but as {@code {"sequence","rig","type","malformed":true}}: nothing
 * else, since the form may be there to leave something out. The log of the program has a warning about the first such event, and further
 * ones at level debug. The stream goes on.
 *
 * <p>It shapes neither broadcasts nor control frames. Implementations must be fast and thread-safe: they are called on the threads
 * that serve clients, while others may wait for what they give, since streams that show the same share it. So close no feed in one, and let
 * nothing depend on the client.
 */
@FunctionalInterface
public interface EventJson {

    /**
     * An event as one JSON object on one line.
     *
     * @param rig the name of the event's rig
     */
    String of(String rig, StoredEvent event);

    /**
     * The form that feeds have by themselves: {@code sequence}, {@code rig}, {@code type}, {@code version}, {@code tags}, {@code data},
     * {@code metadata}, {@code occurredAt} and {@code storedAt}.
     */
    static EventJson standard() {
        return StandardEventJson.FORM;
    }

    /**
     * This form with one member more, at its end.
     *
     * @param name a name that this form does not use
     * @param text the text of the member, which is written as a JSON string whatever it holds
     */
    default EventJson withText(String name, Function<? super StoredEvent, String> text) {
        return (rig, event) -> {
            String object = of(rig, event);
            int end = object.lastIndexOf('}');
            StringBuilder more = new StringBuilder(object.substring(0, end));
            more.append(object.substring(1, end).isBlank() ? "" : ",");
            JsonText.string(more, name).append(':');
            return JsonText.string(more, text.apply(event)).append('}').toString();
        };
    }
}
