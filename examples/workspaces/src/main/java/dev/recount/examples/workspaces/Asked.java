package dev.recount.examples.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request asks for, and who asks. */
final class Asked {

    private static final int LONGEST_BODY = 65_536;

    private final HttpExchange exchange;
    private final FeedRequest request;

    Asked(HttpExchange exchange) {
        this.exchange = exchange;
        this.request = FeedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                exchange.getRequestURI().getRawQuery());
    }

    FeedRequest request() {
        return request;
    }

    /** What the path has after the path of its handler. */
    List<String> below() {
        String context = exchange.getHttpContext().getPath();
        String path = exchange.getRequestURI().getPath();
        String rest = path.length() > context.length() ? path.substring(context.length() + 1) : "";
        return List.of(rest.split("/", -1));
    }

    /** Refuses a path that goes on below that of its handler. */
    void requireNothingBelow() {
        if (!below().equals(List.of(""))) {
            throw nothing();
        }
    }

    /** The one name that the path has after the path of its handler. */
    String name() {
        List<String> below = below();
        if (below.size() != 1 || below.get(0).isEmpty()) {
            throw nothing();
        }
        return below.get(0);
    }

    /** What is refused where nothing is. */
    static FeedRefused nothing() {
        return FeedRefused.notFound("There is nothing at this path. The README lists what there is.");
    }

    /** The state at a sequence or a time that a parameter names; as it is where it names none. */
    Organisation organisation(String parameter, OrganisationHistory history) {
        Optional<String> given = request.parameter(parameter);
        if (given.isEmpty()) {
            return history.now();
        }
        String moment = given.get();
        return moment.matches("\\d{1,18}") ? history.at(Long.parseLong(moment)) : history.at(time(parameter, moment));
    }

    /** Refuses a page of more than so many. */
    void requireLimit(int most) {
        request.parameter("limit").ifPresent(limit -> {
            boolean fits = limit.matches("\\d{1,6}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= most;
            if (!fits) {
                throw invalid("limit", limit, "is no number from 1 to " + most + ". Give one.");
            }
        });
    }

    /** The body, which is a JSON object. */
    ObjectNode body() throws IOException {
        byte[] body = bytes();
        try {
            if (OrganisationJson.read(body, JsonNode.class) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // It is refused as what is no object is.
        }
        throw FeedRefused.badRequest("INVALID_BODY", "The body is no JSON object of what is needed here. Send one.");
    }

    private byte[] bytes() throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw FeedRefused.of(413, "BODY_TOO_LONG", "The body has more than " + LONGEST_BODY + " bytes. Send less.");
        }
        return body;
    }

    private static Instant time(String parameter, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid(parameter, text, "is neither a sequence nor a time. Give 412, or 2026-03-03T10:00:00Z.");
        }
    }

    private static FeedRefused invalid(String parameter, String value, String problem) {
        return FeedRefused.badRequest("INVALID_" + parameter.toUpperCase(Locale.ROOT), "'" + value + "' " + problem)
                .with("parameter", parameter)
                .with("value", value);
    }
}
