package dev.recount.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not answered: thrown by a {@link FeedPolicy}, and by the feed for what it cannot understand. The client gets the
 * status and the error envelope {@code {"code","message","requestId","details"}}.
 *
 * <pre>{@code
 * throw FeedRefused.notFound("There is no project 'mayor'. Ask for one that exists.").with("project", "mayor");
 * }</pre>
 *
 * <p>Immutable. It has no stack trace.
 */
public final class FeedRefused extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    private FeedRefused(int status, String code, String message, Map<String, String> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    /** 400: what was asked cannot be understood. The message names the value and what would be right. */
    public static FeedRefused badRequest(String code, String message) {
        return of(400, code, message);
    }

    /** 401: it is not known who asks. */
    public static FeedRefused unauthorized(String message) {
        return of(401, "UNAUTHORIZED", message);
    }

    /** 403: who asks may not see it. */
    public static FeedRefused forbidden(String message) {
        return of(403, "FORBIDDEN", message);
    }

    /** 404: there is nothing of that name, or who asks may not know of it. */
    public static FeedRefused notFound(String message) {
        return of(404, "NOT_FOUND", message);
    }

    /**
     * Any other status: what a host refuses at resources of its own.
     *
     * @param status from 300 to 599
     * @param code the stable code for programs, such as {@code WORKSPACE_REMOVED}
     * @throws IllegalArgumentException where the status is of no refusal
     */
    public static FeedRefused of(int status, String code, String message) {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("Status " + status + " refuses nothing. Give one from 300 to 599.");
        }
        return new FeedRefused(status, code, message, Map.of());
    }

    /** The same with one more detail for programs, beside the message for people. */
    public FeedRefused with(String detail, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(detail, value);
        return new FeedRefused(status, code, message(), Collections.unmodifiableMap(more));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable code, such as {@code INVALID_AFTER}. */
    public String code() {
        return code;
    }

    /** What programs may want to know, by name. */
    public Map<String, String> details() {
        return details;
    }

    String message() {
        @Nullable String message = getMessage();
        return message == null ? code : message;
    }
}
