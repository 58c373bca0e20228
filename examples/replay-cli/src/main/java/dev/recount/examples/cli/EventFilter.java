package dev.recount.examples.cli;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which events a command is about. */
final class EventFilter {

    @Option(
            names = "--tag",
            paramLabel = "KEY:VALUE",
            description = "Only events with this tag. Several: with all of them.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type. Several: of any of them.")
    private List<String> types = new ArrayList<>();

    Query query() {
        Query tagged = tagged(tags);
        return types.isEmpty() ? tagged : tagged.and(Query.ofTypes(types));
    }

    /** Events with all of these tags. */
    static Query tagged(List<String> tags) {
        try {
            return Query.taggedWithAll(Tags.parse(tags));
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("bad_tag", String.valueOf(e.getMessage()));
        }
    }
}
