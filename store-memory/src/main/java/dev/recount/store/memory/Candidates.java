package dev.recount.store.memory;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;

/** The sequences at which matches of a query can lie: for each item those of its rarest tag, or all where it has none. */
final class Candidates {

    private final List<Sequences> lists;
    private final boolean everything;

    private Candidates(List<Sequences> lists, boolean everything) {
        this.lists = lists;
        this.everything = everything;
    }

    static Candidates of(Query query, EventTable.View view) {
        List<Sequences> lists = new ArrayList<>();
        for (Query.Item item : query.items()) {
            if (item.tags().isEmpty()) {
                return new Candidates(List.of(), true);
            }
            lists.add(rarest(item.tags(), view));
        }
        return new Candidates(lists, false);
    }

    /** The first candidate that is not below {@code sequence}; {@link Long#MAX_VALUE} where there is none. */
    long ceiling(long sequence) {
        if (everything) {
            return sequence;
        }
        long first = Long.MAX_VALUE;
        for (Sequences list : lists) {
            first = Math.min(first, list.ceiling(sequence));
        }
        return first;
    }

    /** The last candidate that is not above {@code sequence}; 0 where there is none. */
    long floor(long sequence) {
        if (everything) {
            return sequence;
        }
        long last = 0;
        for (Sequences list : lists) {
            last = Math.max(last, list.floor(sequence));
        }
        return last;
    }

    private static Sequences rarest(Tags tags, EventTable.View view) {
        Sequences rarest = view.tagged(tags.asList().get(0));
        for (String tag : tags) {
            Sequences list = view.tagged(tag);
            rarest = list.size() < rarest.size() ? list : rarest;
        }
        return rarest;
    }
}
