package dev.recount.store.sqlite;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Events for tests. */
final class Events {

    private Events() {}

    static NewEvent event(String type, String... tags) {
        return NewEvent.of(type, "{}").withTags(Tags.parse(Arrays.asList(tags)));
    }

    static List<NewEvent> numbered(int count, String... tags) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewEvent.of("numbered", "{\"n\":" + i + "}").withTags(Tags.parse(Arrays.asList(tags))))
                .toList();
    }

    static void append(EventStore store, NewEvent... events) {
        store.append(Append.of(List.of(events)));
    }

    static List<StoredEvent> all(EventStore store) {
        return all(store, Query.all());
    }

    static List<StoredEvent> all(EventStore store, Query query) {
        List<StoredEvent> events = new ArrayList<>();
        Page page = store.read(query, ReadOptions.defaults());
        events.addAll(page.events());
        while (!page.complete()) {
            page = store.read(query, ReadOptions.defaults().after(page.upTo()));
            events.addAll(page.events());
        }
        return events;
    }

    static List<Long> sequences(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::sequence).toList();
    }
}
