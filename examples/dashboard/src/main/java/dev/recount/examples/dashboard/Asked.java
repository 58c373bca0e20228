package dev.recount.examples.dashboard;

import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import dev.recount.store.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters that the answers share, with what is wrong with them. Immutable. */
record Asked(FeedRequest request) {

    /** The moment in milliseconds; empty for the live one. */
    OptionalLong at() {
        return time("at");
    }

    /** A time in milliseconds; empty where it is not given. */
    OptionalLong time(String name) {
        Optional<String> text = request.parameter(name).filter(given -> !given.isEmpty());
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(OffsetDateTime.parse(text.get()).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(name, text.get(), "is not a time. Give one such as 2026-11-20T08:30:00Z.");
        }
    }

    ZoneId zone() {
        String text = request.parameter("zone").orElse("");
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw invalid("zone", text, "is not a time zone. Give one such as Europe/Berlin.");
        }
    }

    int limit(int otherwise, int most) {
        return (int) number("limit", otherwise, 1, most);
    }

    long number(String name, long otherwise, long least, long most) {
        String text = request.parameter(name).orElse(Long.toString(otherwise));
        long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            throw invalid(name, text, "is not a number from " + least + " to " + most + ". Give one of these.");
        }
        return number;
    }

    /** Whether a rig is wanted: any where none is named. */
    boolean wantsRig(String rig) {
        List<String> rigs = request.parameters("rig");
        return rigs.isEmpty() || rigs.contains(rig);
    }

    Optional<String> agent() {
        return request.parameter("agent").filter(agent -> !agent.isEmpty());
    }

    /**
     * The events that the filters by agent and type let through.
     *
     * @param agentTag the key of the tag that names agents
     */
    Query events(String agentTag) {
        List<String> types = request.parameters("type");
        Query byAgent = agent().map(agent -> byAgent(agentTag, agent)).orElse(Query.all());
        return types.isEmpty() ? byAgent : byAgent.and(Query.ofTypes(types));
    }

    private static Query byAgent(String tag, String agent) {
        try {
            return Query.tagged(tag, agent);
        } catch (IllegalArgumentException e) {
            throw invalid("agent", agent, "is not an agent. " + e.getMessage());
        }
    }

    static FeedRefused invalid(String name, String text, String problem) {
        return FeedRefused.badRequest("INVALID_" + name.toUpperCase(Locale.ROOT), "'" + text + "' " + problem)
                .with("parameter", name)
                .with("value", text);
    }

    static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
