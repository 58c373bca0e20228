package dev.recount.feed.client;

import java.net.URI;
import java.util.Map;

/** What a server says when it does not give a stream. Immutable. */
record Envelope(String code, String text, String requestId) {

    private static final int LONGEST_EXCERPT = 200;

    /**
     * Reads an answer.
     *
     * @param body the envelope of a feed, or whatever a proxy wrote in its place
     * @param requestId the header's; empty where there is none
     */
    static Envelope of(int status, String body, String requestId) {
        try {
            Map<String, String> members = JsonMembers.of(body.strip());
            return new Envelope(
                    JsonMembers.string(members.getOrDefault("code", "")),
                    JsonMembers.string(members.getOrDefault("message", "")),
                    JsonMembers.string(members.getOrDefault("requestId", "\"" + requestId + "\"")));
        } catch (IllegalArgumentException notFromAFeed) {
            return new Envelope("HTTP_" + status, excerpt(body), requestId);
        }
    }

    String message(URI feed, int status) {
        String id = requestId.isEmpty() ? "" : " The request's id is " + requestId + ".";
        return "The feed " + withoutQuery(feed) + " answered " + status + " " + code + ": " + text + id;
    }

    // A query may hold what is nobody's business, and messages end up in logs.
    static String withoutQuery(URI feed) {
        String text = feed.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static String excerpt(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "...";
    }
}
