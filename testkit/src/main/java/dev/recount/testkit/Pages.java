package dev.recount.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;

/** Reads page by page until nothing more is to be found, and fails where a page leads nowhere. */
final class Pages {

    private Pages() {}

    static List<StoredEvent> readAll(EventStore store, Query query, ReadOptions options) {
        ReadOptions rest = options;
        Page page = store.read(query, rest);
        List<StoredEvent> events = new ArrayList<>(page.events());
        while (!page.complete()) {
            rest = onwards(rest, page);
            page = store.read(query, rest);
            events.addAll(page.events());
        }
        return events;
    }

    private static ReadOptions onwards(ReadOptions rest, Page page) {
        assertFalse(page.events().isEmpty(), () -> "A page that is not complete must hold events: " + rest);
        if (rest.isNewestFirst()) {
            return rest.until(page.events().get(page.events().size() - 1).sequence() - 1);
        }
        assertTrue(page.upTo() > rest.after(), () -> "A page that is not complete must get on: " + rest);
        return rest.after(page.upTo());
    }
}
