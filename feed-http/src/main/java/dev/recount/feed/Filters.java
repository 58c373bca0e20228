package dev.recount.feed;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * The filters of a request: any of the types, and all of the tags. They only narrow what it may see. A type that holds a comma cannot be
 * named, encoded or not, since browsers encode the commas between types, too.
 */
final class Filters {

    private Filters() {}

    static Query of(FeedRequest request) {
        return types(request).and(tags(request));
    }

    private static Query types(FeedRequest request) {
        List<String> types = new ArrayList<>();
        for (String list : request.parameters("type")) {
            for (String type : list.split(",", -1)) {
                types.add(requireType(type, list));
            }
        }
        return types.isEmpty() ? Query.all() : Query.ofTypes(types);
    }

    private static String requireType(String type, String list) {
        if (type.isBlank()) {
            throw FeedRefused.badRequest(
                            "INVALID_TYPE",
                            "'" + list + "' names a blank type. Give types separated by commas, or leave it out.")
                    .with("parameter", "type")
                    .with("value", list);
        }
        return type;
    }

    private static Query tags(FeedRequest request) {
        List<String> tags = request.parameters("tag");
        try {
            return Query.taggedWithAll(Tags.parse(tags));
        } catch (IllegalArgumentException e) {
            throw FeedRefused.badRequest("INVALID_TAG", String.valueOf(e.getMessage()))
                    .with("parameter", "tag")
                    .with("value", String.join(" ", tags));
        }
    }
}
