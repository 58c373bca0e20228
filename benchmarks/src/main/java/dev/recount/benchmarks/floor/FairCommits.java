package dev.recount.benchmarks.floor;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Many callers and one connection: each takes a fair lock and commits a transaction of its own. Thread-safe. */
public final class FairCommits {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final RawLog log;

    public FairCommits(RawLog log) {
        this.log = log;
    }

    /** Commits one row. */
    public void append(RawRow row) throws SQLException {
        lock.lock();
        try {
            log.append(List.of(row));
        } finally {
            lock.unlock();
        }
    }
}
