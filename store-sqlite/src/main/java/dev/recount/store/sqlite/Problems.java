package dev.recount.store.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Collects the first problems and counts the rest. Not thread-safe: use from one thread at a time. */
final class Problems {

    private static final int MAX_LISTED = 100;

    private final List<LogProblem> listed = new ArrayList<>();
    private long count;

    void add(long sequence, String kind, String reason) {
        count++;
        if (listed.size() < MAX_LISTED) {
            listed.add(new LogProblem(sequence, kind, reason));
        }
    }

    List<LogProblem> listed() {
        return listed;
    }

    long count() {
        return count;
    }
}
