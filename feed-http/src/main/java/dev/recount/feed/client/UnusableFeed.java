package dev.recount.feed.client;

import java.net.URI;

/**
 * A feed that cannot be followed, also not later by itself: it refused the request, or it is no feed. Mend the cause and follow again.
 */
public final class UnusableFeed extends RuntimeException {

    private final int status;
    private final String code;
    private final String requestId;

    private UnusableFeed(int status, String code, String requestId, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.requestId = requestId;
    }

    static UnusableFeed answered(URI feed, int status, Envelope envelope) {
        return new UnusableFeed(status, envelope.code(), envelope.requestId(), envelope.message(feed, status));
    }

    static UnusableFeed sent(String code, String message) {
        return new UnusableFeed(200, code, "", message);
    }

    /** The HTTP status of its answer. */
    public int status() {
        return status;
    }

    /**
     * The stable code that the feed gave, such as {@code NOT_FOUND}; {@code HTTP_404} where what refused is no feed. For an answer that was no
     * refusal {@code NOT_A_STREAM}, {@code REDIRECTED}, {@code UNREADABLE_FRAME} or {@code FRAME_TOO_LONG}.
     */
    public String code() {
        return code;
    }

    /** The id under which the server's operator finds the request; empty where the server gave none. */
    public String requestId() {
        return requestId;
    }
}
