package dev.recount.store.postgres;

import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class Events {

    private Events() {}

    static NewEvent event(String type, String... tags) {
        return NewEvent.of(type, "{\"of\":\"" + type + "\"}").withTags(Tags.parse(List.of(tags)));
    }

    static List<NewEvent> numbered(int count, String... tags) {
        Tags parsed = Tags.parse(List.of(tags));
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> NewEvent.of("counted", "{\"number\":" + i + "}").withTags(parsed))
                .toList();
    }

    static List<StoredEvent> all(EventStore store, Query query) {
        List<StoredEvent> all = new ArrayList<>();
        Page page = store.read(query, ReadOptions.defaults());
        all.addAll(page.events());
        while (!page.complete()) {
            page = store.read(query, ReadOptions.defaults().after(page.upTo()));
            all.addAll(page.events());
        }
        return all;
    }

    static List<Long> sequences(EventStore store) {
        return all(store, Query.all()).stream().map(StoredEvent::sequence).toList();
    }
}
