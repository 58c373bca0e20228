package dev.recount.store.postgres;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how far the rigs are that somebody waits for: when it is told that one has grown, and now and then to be sure. What it is told is never
 * taken for a head. It has one connection while somebody waits, and for a moment after; where that breaks, it looks over others until it has
 * one again. Thread-safe.
 */
final class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresEventStore.class);
    private static final int LOOK_MILLIS = 250;
    private static final int LOOK_UNTOLD_MILLIS = 20;
    private static final Duration UNTOLD_FOR = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final String LOOK = "SELECT rig, head FROM {s}.rigs WHERE rig = ANY (?)";
    // No head goes back, so the sum of all tells whether any has got on.
    private static final String LOOK_AT_ALL = "SELECT sum(head)::bigint FROM {s}.rigs";
    private static final long UNKNOWN = -1;

    private final Database database;
    private final Heads heads;
    private final ExecutorService thread;
    private final AtomicBoolean running = new AtomicBoolean();
    // Known to the one thread alone.
    private long sumOfHeads = UNKNOWN;
    private volatile boolean closed;

    Listener(Database database, Heads heads) {
        this.database = database;
        this.heads = heads;
        this.thread = Channel.thread("recount-listen-" + database.options().schema());
    }

    /** Listens from now on, if it does not yet. */
    void start() {
        if (running.compareAndSet(false, true)) {
            running.set(Channel.start(thread, this::run));
        }
    }

    private void run() {
        Interrupts interrupts = new Interrupts();
        Linger linger = new Linger();
        sumOfHeads = UNKNOWN;
        while (linger.goesOn()) {
            try {
                listen(linger, interrupts);
            } catch (SQLException | RuntimeException away) {
                LOG.debug("Listening again after {}", away.getMessage());
                interrupts.pause(Duration.ofMillis(LOOK_MILLIS).toNanos());
            }
        }
        running.set(false);
        // Who came in this moment found it running.
        if (!closed && heads.isWaitedFor()) {
            start();
        }
    }

    private void listen(Linger linger, Interrupts interrupts) throws SQLException {
        Connection connection = database.connect();
        try {
            Session session = database.use(connection, true);
            if (connection.isWrapperFor(PGConnection.class) && !isReplica(session)) {
                session.runAll("LISTEN " + Channel.NAME);
                lookWhenTold(session, connection.unwrap(PGConnection.class), linger);
                session.runAll("UNLISTEN " + Channel.NAME);
            } else {
                lookNowAndThen(session, linger, interrupts);
            }
        } finally {
            Database.close(connection);
        }
    }

    private void lookWhenTold(Session session, PGConnection told, Linger linger) throws SQLException {
        look(session);
        Deadline next = Deadline.after(Duration.ofMillis(LOOK_MILLIS));
        while (linger.goesOn()) {
            PGNotification[] messages = told.getNotifications(LOOK_MILLIS);
            if (next.isOver() || concerns(messages)) {
                look(session);
                next = Deadline.after(Duration.ofMillis(LOOK_MILLIS));
            }
        }
    }

    // On which nobody can listen.
    private static boolean isReplica(Session session) throws SQLException {
        return session.query("SELECT pg_is_in_recovery()", row -> row.next() && row.getBoolean(1));
    }

    // Another driver, or one that is wrapped up, or a replica, which may have become a primary when it is looked at
    // anew.
    private void lookNowAndThen(Session session, Linger linger, Interrupts interrupts) throws SQLException {
        Deadline anew = Deadline.after(UNTOLD_FOR);
        while (linger.goesOn() && !anew.isOver()) {
            look(session);
            interrupts.pause(Duration.ofMillis(LOOK_UNTOLD_MILLIS).toNanos());
        }
    }

    private boolean concerns(PGNotification[] messages) {
        if (messages.length > 0 && heads.isAnyWaitedFor()) {
            return true;
        }
        Set<Integer> waitedFor = heads.waitedFor();
        for (PGNotification message : messages) {
            if (Channel.names(message.getParameter(), waitedFor)) {
                return true;
            }
        }
        return false;
    }

    private void look(Session session) throws SQLException {
        if (heads.isAnyWaitedFor()) {
            lookAtAll(session);
        }
        Set<Integer> rigs = heads.waitedFor();
        if (!rigs.isEmpty()) {
            look(session, rigs);
        }
    }

    // The first look cannot tell whether something came since the waiter's own.
    private void lookAtAll(Session session) throws SQLException {
        long now = session.number(LOOK_AT_ALL);
        if (now != sumOfHeads) {
            sumOfHeads = now;
            heads.publishAny();
        }
    }

    private void look(Session session, Set<Integer> rigs) throws SQLException {
        session.query(
                LOOK,
                rows -> {
                    while (rows.next()) {
                        heads.publish(rows.getInt(1), rows.getLong(2));
                    }
                    return true;
                },
                (Object) rigs.toArray(Integer[]::new));
    }

    /** Listens no more; the connection is given back within a moment. */
    void close() {
        closed = true;
        thread.shutdownNow();
    }

    /** A subscription that waits again at once finds the same connection. */
    private final class Linger {

        private Deadline until = Deadline.after(LINGER);

        boolean goesOn() {
            if (heads.isWaitedFor()) {
                until = Deadline.after(LINGER);
            }
            return !closed && !until.isOver();
        }
    }
}
