package dev.recount.store.postgres;

import dev.recount.internal.log.Interrupts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes which rigs have grown: at once, and while there is more to tell, a hundred times a second at most.
 *
 * <p>NOTIFY in the append's own transaction would take a lock of the whole server from before its commit until it is on the disk, so that no
 * two rigs could commit at the same time. Here it is a small transaction of its own, after the commit, that waits for no disk. Where it is lost,
 * those who wait see the append when they next look. Thread-safe.
 */
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStore.class);
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MOST_RIGS = 500;
    private static final int CLOSING_SECONDS = 1;

    private final Database database;
    private final ExecutorService thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Integer> grown = new HashSet<>();
    private boolean running;

    Announcer(Database database) {
        this.database = database;
        this.thread = Channel.thread("recount-announce-" + database.options().schema());
    }

    /** Has it told that a rig has grown; does not wait. */
    void announce(int rig) {
        lock.lock();
        try {
            grown.add(rig);
            if (!running) {
                running = Channel.start(thread, this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Interrupts interrupts = new Interrupts();
        for (Set<Integer> next = next(); !next.isEmpty(); next = next()) {
            tell(next);
            if (!thread.isShutdown()) {
                interrupts.pause(PAUSE_NANOS);
            }
        }
    }

    private Set<Integer> next() {
        lock.lock();
        try {
            Set<Integer> next = new HashSet<>();
            for (Iterator<Integer> rigs = grown.iterator(); rigs.hasNext() && next.size() < MOST_RIGS; rigs.remove()) {
                next.add(rigs.next());
            }
            running = !next.isEmpty();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Set<Integer> rigs) {
        try {
            Connection connection = database.connect();
            try {
                Session session = database.use(connection, true);
                session.query(
                        "SELECT pg_notify(?, ?)", told -> true, database.inSchema(Channel.NAME), Channel.message(rigs));
            } finally {
                Database.close(connection);
            }
        } catch (SQLException | RuntimeException away) {
            LOG.debug("Not told, so others will see it when they look: {}", away.getMessage());
        }
    }

    /** Tells what is left to tell, for a moment at most. */
    void close() {
        thread.shutdown();
        Interrupts interrupts = new Interrupts();
        try {
            thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupts.remember();
        } finally {
            interrupts.restore();
        }
    }
}
