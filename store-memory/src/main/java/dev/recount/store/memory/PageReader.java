package dev.recount.store.memory;

import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.List;

/** Reads one page of a view. Not thread-safe: made for one page. */
final class PageReader {

    /** Fewer than callers usually ask for, so that whoever relies on full pages is found out. */
    private static final int MOST_EVENTS = 100;

    private final EventTable.View view;
    private final Query query;
    private final ReadOptions options;
    private final Candidates candidates;
    private final long after;
    private final long last;

    private PageReader(EventTable.View view, Query query, ReadOptions options) {
        this.view = view;
        this.query = query;
        this.options = options;
        this.candidates = Candidates.of(query, view);
        this.after = Math.max(options.after(), view.floor());
        this.last = Math.min(options.until(), view.head());
    }

    static Page read(EventTable.View view, Query query, ReadOptions options) {
        return new PageReader(view, query, options).page();
    }

    private Page page() {
        int limit = Math.min(options.limit(), MOST_EVENTS);
        List<StoredEvent> events = new ArrayList<>();
        long sequence = first();
        while (sequence != 0 && events.size() < limit) {
            events.add(view.event(sequence));
            sequence = next(sequence);
        }
        boolean complete = sequence == 0;
        boolean looksOn = complete || options.isNewestFirst();
        long upTo = looksOn ? last : events.get(events.size() - 1).sequence();
        return new Page(query, events, Math.max(upTo, options.after()), complete);
    }

    private long first() {
        return options.isNewestFirst() ? matchAtOrBelow(last) : matchAtOrAbove(beyondAfter());
    }

    private long next(long sequence) {
        return options.isNewestFirst() ? matchAtOrBelow(sequence - 1) : matchAtOrAbove(sequence + 1);
    }

    private long beyondAfter() {
        return after == Long.MAX_VALUE ? Long.MAX_VALUE : after + 1;
    }

    /** The next match upwards; 0 where there is none. */
    private long matchAtOrAbove(long from) {
        long sequence = candidates.ceiling(from);
        while (sequence <= last) {
            if (query.matches(view.event(sequence))) {
                return sequence;
            }
            sequence = candidates.ceiling(sequence + 1);
        }
        return 0;
    }

    /** The next match downwards; 0 where there is none. */
    private long matchAtOrBelow(long from) {
        long sequence = candidates.floor(from);
        while (sequence > after) {
            if (query.matches(view.event(sequence))) {
                return sequence;
            }
            sequence = candidates.floor(sequence - 1);
        }
        return 0;
    }
}
