package dev.recount.store.sqlite;

import dev.recount.store.Appended;
import dev.recount.store.Receipt;
import java.util.ArrayList;
import java.util.List;

/** Where events of a log went in its copy; stretches that went alike are one. Not thread-safe: use from one thread at a time. */
final class CopiedRanges {

    private final long floor;
    private final List<CopiedRange> done = new ArrayList<>();
    private long first;
    private long last;
    private long to = 1;
    private int each = 1;

    CopiedRanges(long floor) {
        this.floor = floor;
        this.first = floor + 1;
        this.last = floor;
    }

    /** The next event became so many. */
    void add(long sequence, int events) {
        // Of a damaged log events may be missing.
        if (sequence > last + 1) {
            count(last + 1, sequence - 1, 0);
        }
        count(sequence, sequence, events);
    }

    private void count(long from, long upTo, int events) {
        if (events != each) {
            to = finish();
            first = from;
            each = events;
        }
        last = upTo;
    }

    private long finish() {
        if (last >= first) {
            done.add(current());
        }
        return written() + 1;
    }

    private CopiedRange current() {
        return new CopiedRange(first, last, to, each);
    }

    /** How many events the copy has. */
    long written() {
        return to + (last - first + 1) * each - 1;
    }

    List<CopiedRange> all() {
        List<CopiedRange> all = new ArrayList<>(done);
        if (last >= first) {
            all.add(current());
        }
        return all;
    }

    /** A receipt that tells of what is left of its events in the copy, maybe of none. */
    Receipt moved(Receipt receipt) {
        long newFirst = upTo(receipt.outcome().first() - 1) + 1;
        long newLast = upTo(receipt.outcome().last());
        return new Receipt(receipt.key(), receipt.fingerprint(), new Appended(newFirst, newLast, false));
    }

    private long upTo(long sequence) {
        if (sequence <= floor) {
            return 0;
        }
        return sequence >= first ? current().upTo(sequence) : CopiedRange.upTo(done, sequence);
    }
}
