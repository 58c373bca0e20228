package dev.recount.store.jdbc;

import java.util.ArrayList;
import java.util.List;

/** What a comparison has found: how many rows, and the first of those that differ. Not thread-safe: use from one thread at a time. */
public final class Findings {

    /** How many differences are kept, so that memory does not grow with them. */
    static final int KEPT = 1_000;

    private final long sequence;
    private final List<FoundDifference> kept = new ArrayList<>();
    private long compared;
    private long agreeing;

    Findings(long sequence) {
        this.sequence = sequence;
    }

    /** One more difference, of something that is no row. */
    void addBeside(FoundDifference difference) {
        add(difference);
        compared++;
    }

    void add(FoundDifference difference) {
        if (kept.size() < KEPT) {
            kept.add(difference);
        }
    }

    /** So many more rows were compared. */
    void count(long rows, long equal) {
        compared += rows;
        agreeing += equal;
    }

    public long sequence() {
        return sequence;
    }

    public long compared() {
        return compared;
    }

    public long agreeing() {
        return agreeing;
    }

    public List<FoundDifference> kept() {
        return kept;
    }
}
