package dev.recount.feed;

import java.util.Optional;

/**
 * The cursor that a client gave. Immutable.
 *
 * @param name where it gave it: the name of a parameter or a header
 */
record GivenCursor(String name, String text) {

    /** What asks for all there is. */
    static final GivenCursor BEGINNING = new GivenCursor("after", "0");

    private static final String HEADER = "Last-Event-ID";

    /** A browser repeats the URL it began with and adds the header, so the header is the newer of the two. */
    static Optional<GivenCursor> of(FeedRequest request) {
        Optional<String> header = request.header(HEADER).filter(id -> !id.isEmpty());
        return header.isPresent()
                ? header.map(id -> new GivenCursor(HEADER, id))
                : request.parameter("after").map(text -> new GivenCursor("after", text));
    }
}
