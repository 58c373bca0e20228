package dev.recount.feed;

import java.util.Locale;
import java.util.Optional;

/** The two forms of a feed. A client chooses by the header {@code Accept}; a page is what it gets where it does not. */
enum Form {
    PAGE,
    STREAM;

    static Form of(FeedRequest request) {
        String given = request.list("Accept");
        String accept = given.isEmpty() ? "*/*" : given;
        Optional<Form> best = Optional.empty();
        double bestWeight = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            double weight = weight(parts);
            Optional<Form> form = ofType(parts[0].strip());
            if (form.isPresent() && weight > bestWeight) {
                best = form;
                bestWeight = weight;
            }
        }
        return best.orElseThrow(() -> notAcceptable(accept));
    }

    private static Optional<Form> ofType(String type) {
        return switch (type) {
            case "application/json", "application/*", "*/*" -> Optional.of(PAGE);
            case "text/event-stream", "text/*" -> Optional.of(STREAM);
            default -> Optional.empty();
        };
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 1;
                }
            }
        }
        return 1;
    }

    private static FeedRefused notAcceptable(String accept) {
        return FeedRefused.of(
                        406,
                        "NOT_ACCEPTABLE",
                        "'" + accept + "' is not what a feed gives. Accept application/json for a page or"
                                + " text/event-stream for a stream.")
                .with("header", "Accept")
                .with("value", accept);
    }
}
