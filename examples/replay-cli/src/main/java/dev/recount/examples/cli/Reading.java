package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a part of a log page by page, up to the head that it has at the start, however long it is.
 *
 * @param query which events
 * @param after only after this sequence
 * @param until only up to this sequence
 * @param newestFirst in which order
 * @param limit at most so many events
 */
record Reading(Query query, long after, long until, boolean newestFirst, long limit) {

    private static final int PAGE_SIZE = 500;

    /** All that a query finds, oldest first. */
    static Reading of(Query query) {
        return new Reading(query, 0, Long.MAX_VALUE, false, Long.MAX_VALUE);
    }

    /** Gives every event to {@code each}, and what was read so far to {@code progress} after each page. */
    void run(EventStore store, Consumer<? super StoredEvent> each, Consumer<? super Page> progress) {
        long head = store.info().head();
        ReadOptions options = ReadOptions.defaults().after(after).until(Math.min(until, head));
        long left = limit;
        boolean more = left > 0 && after < head;
        while (more) {
            options = options.withLimit((int) Math.min(left, PAGE_SIZE));
            Page page = store.read(query, newestFirst ? options.newestFirst() : options);
            page.events().forEach(each);
            progress.accept(page);
            left -= page.events().size();
            more = left > 0 && !page.complete();
            options = more ? next(options, page) : options;
        }
    }

    private ReadOptions next(ReadOptions options, Page page) {
        if (!newestFirst) {
            return options.after(page.upTo());
        }
        List<StoredEvent> events = page.events();
        return options.until(events.get(events.size() - 1).sequence() - 1);
    }
}
