package dev.recount.feed;

import dev.recount.store.EventStore;
import java.util.Optional;

/** What a feed shows: the log of a rig, or the logs of a town. Thread-safe. */
interface Subject {

    /** The rig that it is; empty for a town. */
    Optional<String> rig();

    /**
     * One rig of it.
     *
     * @throws FeedRefused where there is none of that name
     */
    Subject ofRig(String name);

    /** The page that a request asks for; nothing of it is read yet. */
    PageSource page(FeedRequest request);

    /** What a stream shows, from where a request's cursor is; from the head where it has none. */
    StreamSource stream(FeedRequest request);

    /** Its log; empty for a town, which has many. */
    default Optional<EventStore> log() {
        return Optional.empty();
    }

    /** Looks at what is new in it, for all streams. */
    Pulse pulse();

    /** What who asks for a rig that is not there is told. */
    static FeedRefused noRig(String name) {
        return FeedRefused.notFound("There is no rig '" + name + "'. Ask for one that exists.")
                .with("rig", name);
    }
}
