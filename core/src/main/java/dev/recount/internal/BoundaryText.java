package dev.recount.internal;

import dev.recount.store.Query;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Queries as texts, equal exactly where the queries are: what {@link Query#toString} says to people, two queries may share, where
 * types or tags hold words such as "or".
 */
public final class BoundaryText {

    private BoundaryText() {}

    /** The events that a decision projects: those of unknown types pass by. */
    public static String ofDecision(Query query) {
        return "decision " + textOf(query);
    }

    /** The events that a replay projects: it counts each, so its snapshots are not those of decisions. */
    public static String ofReplay(Query query) {
        return "replay " + textOf(query);
    }

    private static String textOf(Query query) {
        return query.items().stream().map(BoundaryText::textOf).sorted().collect(Collectors.joining(",", "[", "]"));
    }

    private static String textOf(Query.Item item) {
        return "{\"types\":" + textOf(item.types()) + ",\"tags\":"
                + textOf(item.tags().asList()) + "}";
    }

    private static String textOf(Collection<String> texts) {
        return texts.stream().map(BoundaryText::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
