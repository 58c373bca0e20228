package dev.recount.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.FeedRefused;
import dev.recount.feed.FeedRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the page reads, by path. */
final class Api implements HttpHandler {

    private final TownCourse<?, ?> town;
    private final Feeds feeds;

    Api(TownCourse<?, ?> town, Feeds feeds) {
        this.town = town;
        this.feeds = feeds;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        List<String> path = segments(exchange.getRequestURI().getRawPath());
        String kind = path.size() > 1 ? path.get(1) : "";
        if (path.size() == 4 && path.get(3).equals("events")) {
            feed(kind, path.get(2)).handle(exchange);
        } else if (!exchange.getRequestMethod().equals("GET")) {
            throw Answers.methodNotAllowed(exchange, "GET");
        } else {
            Asked asked = new Asked(FeedRequest.of(
                    "GET",
                    exchange.getRequestHeaders(),
                    exchange.getRequestURI().getRawQuery()));
            Answers.json(exchange, answer(kind, path, asked));
        }
    }

    private HttpHandler feed(String kind, String name) {
        return switch (kind) {
            case "rigs" -> feeds.rigs();
            case "towns" -> {
                requireTown(name);
                yield feeds.town();
            }
            default -> throw nothingThere();
        };
    }

    private Object answer(String kind, List<String> path, Asked asked) {
        if (kind.equals("towns") && path.size() == 2) {
            return Map.of("towns", List.of(town.name()));
        }
        if (kind.equals("towns") && path.size() == 4) {
            requireTown(path.get(2));
            return ofTown(path.get(3), asked);
        }
        if (kind.equals("rigs") && path.size() == 6 && path.get(5).equals("timeline")) {
            return TimelineAnswer.of(town, path.get(2), new Subject(path.get(3), path.get(4)), asked);
        }
        throw nothingThere();
    }

    private Object ofTown(String what, Asked asked) {
        return switch (what) {
            case "rigs" -> RigsAnswer.of(town);
            case "state" -> StateAnswer.of(town, asked);
            case "activity" -> ActivityAnswer.of(town, asked);
            case "histogram" -> HistogramAnswer.of(town, asked);
            default -> throw nothingThere();
        };
    }

    private void requireTown(String name) {
        if (!name.equals(town.name())) {
            throw FeedRefused.notFound("There is no town '" + name + "'. Ask for '" + town.name() + "'.")
                    .with("town", name);
        }
    }

    private static FeedRefused nothingThere() {
        return FeedRefused.notFound("There is nothing at this path. The README lists what there is.");
    }

    // The raw path, since an id may hold an encoded slash; and in a path, unlike in a query, a plus is a plus.
    private static List<String> segments(String rawPath) {
        try {
            return Arrays.stream(rawPath.substring(1).split("/", -1))
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest(
                    "INVALID_PATH",
                    "The path is not URL-encoded. Write every percent sign with two hexadecimal digits.");
        }
    }
}
