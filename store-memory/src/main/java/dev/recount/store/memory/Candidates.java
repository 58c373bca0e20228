package dev.recount.store.memory;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequences at which matches of a query can lie: for each item those of its rarest tag, or all where it has none; and all that
 * are not indexed yet.
 */
final class Candidates {

    private final List<Sequences> lists;
    private final long indexed;

    private Candidates(List<Sequences> lists, long indexed) {
        this.lists = lists;
        this.indexed = indexed;
    }

    static Candidates of(Query query, EventTable.View view) {
        for (Query.Item item : query.items()) {
            if (item.tags().isEmpty()) {
                return new Candidates(List.of(), 0);
            }
        }
        long indexed = query.items().isEmpty() ? view.head() : view.tags().extendTo(view);
        List<Sequences> lists = new ArrayList<>();
        for (Query.Item item : query.items()) {
            lists.add(rarest(item.tags(), view.tags()));
        }
        return new Candidates(lists, indexed);
    }

    /** The first candidate that is not below {@code sequence}; beyond the view's head where there is none. */
    long ceiling(long sequence) {
        if (sequence > indexed) {
            return sequence;
        }
        long first = indexed + 1;
        for (Sequences list : lists) {
            first = Math.min(first, list.ceiling(sequence));
        }
        return first;
    }

    /** The last candidate that is not above {@code sequence}; 0 where there is none. */
    long floor(long sequence) {
        if (sequence > indexed) {
            return sequence;
        }
        long last = 0;
        for (Sequences list : lists) {
            last = Math.max(last, list.floor(sequence));
        }
        return last;
    }

    private static Sequences rarest(Tags tags, TagIndex index) {
        Sequences rarest = index.of(tags.asList().get(0));
        for (String tag : tags) {
            Sequences list = index.of(tag);
            rarest = list.size() < rarest.size() ? list : rarest;
        }
        return rarest;
    }
}
