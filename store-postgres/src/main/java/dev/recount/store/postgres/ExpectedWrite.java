package dev.recount.store.postgres;

import dev.recount.store.AppendCondition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in one round trip, which is a transaction of its own, where a rig is as expected. Not thread-safe: made for one write.
 *
 * <p>Whoever holds the rig is not waited for, and what was written since is not overwritten: then nothing is stored.
 */
final class ExpectedWrite {

    private static final String AS_EXPECTED = "WITH expected AS (SELECT rig, ?::bigint AS low, head AS high, "
            + LogHead.ON_THE_DISK + " FROM {s}.rigs"
            + " WHERE rig = ? AND head = ? AND head_chain = ? AND floor = ? AND state = 'open'";
    private static final String NOT_RECEIVED =
            " AND NOT EXISTS (SELECT FROM {s}.receipts r WHERE r.rig = rigs.rig AND r.key = ANY (?))";
    private static final String UNLESS_HELD = " FOR NO KEY UPDATE SKIP LOCKED)";
    private static final String LOG = ", log AS (SELECT rig FROM expected)";
    private static final String LOG_WHERE = ", log AS (SELECT log.rig FROM expected AS log WHERE NOT EXISTS (";

    // An append of one event is what most are, and arrays cost the server more than rows.
    private static final String ONE_EVENT =
            PendingRows.INTO_EVENTS + " SELECT log.rig, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM log";
    private static final String TAGS_OF_ONE =
            PendingRows.INTO_TAGS + " SELECT log.rig, u, ? FROM log, unnest(?::text[]) AS u";

    // The head goes to what was inserted before it in the same transaction, and only there. A statement of its own,
    // since the trigger that
    // looks at new events is to see the head from before them.
    private static final String HEAD = "; " + PendingRows.HEAD + " AND head = ? AND EXISTS (SELECT FROM {s}.events e"
            + " WHERE e.rig = rigs.rig AND e.sequence = ? AND e.chain = ?)";

    private final Rig rig;
    private final LogHead expected;
    private final PendingRows rows;
    private final LogHead next;
    private final AppendCondition required;
    private final StringBuilder sql = new StringBuilder(AS_EXPECTED);
    private final List<@Nullable Object> arguments = new ArrayList<>();

    /** Of rows, at least one of them an event, where the log has nothing that the condition excludes. */
    ExpectedWrite(Rig rig, LogHead expected, PendingRows rows, LogHead next, AppendCondition required) {
        this.rig = rig;
        this.expected = expected;
        this.rows = rows;
        this.next = next;
        this.required = required;
    }

    /**
     * Stores all or nothing.
     *
     * @return false where the rig is not as expected, or held, or has one of the receipts, or what the condition excludes
     */
    boolean run(Session session) throws SQLException {
        expect();
        require();
        insert();
        move();
        return session.runEach(sql.toString(), arguments.toArray()) > 0;
    }

    private void expect() {
        arguments.addAll(List.of(required.after(), rig.key(), expected.sequence(), expected.chain(), expected.floor()));
        if (rows.hasReceipts()) {
            sql.append(NOT_RECEIVED);
            arguments.add(rows.receiptKeys());
        }
        sql.append(UNLESS_HELD);
    }

    private void require() {
        if (required.isNone()) {
            sql.append(LOG);
        } else {
            PageQuery excluded = new PageQuery(required.query());
            sql.append(LOG_WHERE).append(excluded.eventsText()).append("))");
            excluded.addQuery(arguments, 1);
        }
    }

    private void insert() {
        if (rows.hasTags()) {
            sql.append(", tagged AS (")
                    .append(rows.isOne() ? TAGS_OF_ONE : fromLog(PendingRows.TAGS))
                    .append(')');
            addTags();
        }
        if (rows.hasReceipts()) {
            sql.append(", received AS (").append(fromLog(PendingRows.RECEIPTS)).append(')');
            rows.addReceipts(arguments);
        }
        sql.append(' ').append(rows.isOne() ? ONE_EVENT : fromLog(PendingRows.EVENTS));
        addEvents();
    }

    private void addTags() {
        if (rows.isOne()) {
            arguments.add(next.sequence());
            arguments.add(rows.tags());
        } else {
            rows.addTags(arguments);
        }
    }

    private void addEvents() {
        if (rows.isOne()) {
            rows.addEvent(arguments);
        } else {
            rows.addEvents(arguments);
        }
    }

    private void move() {
        sql.append(HEAD);
        rows.addHead(arguments, next);
        arguments.addAll(List.of(expected.sequence(), next.sequence(), next.chain()));
    }

    private static String fromLog(String insert) {
        return String.format(insert, "log.rig", "log, ");
    }
}
