package dev.recount.feed;

import dev.recount.event.NewEvent;
import dev.recount.event.Tags;
import dev.recount.store.Append;
import dev.recount.store.EventStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Events to feed. */
final class Events {

    private Events() {}

    static NewEvent event(String type, String... tags) {
        return NewEvent.of(type, "{\"of\":\"" + type + "\"}").withTags(Tags.parse(List.of(tags)));
    }

    static void append(EventStore store, NewEvent... events) {
        store.append(Append.of(List.of(events)));
    }

    static void appendNumbered(EventStore store, int count, String... tags) {
        Tags parsed = Tags.parse(List.of(tags));
        store.append(Append.of(IntStream.rangeClosed(1, count)
                .mapToObj(i -> NewEvent.of("counted", "{\"number\":" + i + "}").withTags(parsed))
                .toList()));
    }

    /** The sequences from one to another. */
    static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
