package dev.recount.internal.log;

import dev.recount.store.LogProblem;
import java.util.ArrayList;
import java.util.List;

/** Collects the first problems and counts the rest. Not thread-safe: use from one thread at a time. */
public final class Problems {

    private static final int MAX_LISTED = 100;

    private final List<LogProblem> listed = new ArrayList<>();
    private long count;

    /** One more. */
    public void add(long sequence, String kind, String reason) {
        count++;
        if (listed.size() < MAX_LISTED) {
            listed.add(new LogProblem(sequence, kind, reason));
        }
    }

    /** The first hundred. */
    public List<LogProblem> listed() {
        return listed;
    }

    /** How many there are. */
    public long count() {
        return count;
    }
}
