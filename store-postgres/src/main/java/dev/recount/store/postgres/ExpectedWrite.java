package dev.recount.store.postgres;

import dev.recount.store.AppendCondition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in one round trip, which is a transaction of its own, where a rig is as expected. Not thread-safe: made for one write.
 *
 * <p>Whoever holds the rig is not waited for, and what was written since is not overwritten: then nothing is stored.
 */
final class ExpectedWrite {

    // Tables are waited for no longer than the rig is: somebody may be building an index. A client that vanished with
    // half of the text sent would hold the rig, since the server takes that for a transaction at work and not for an
    // idle one. Before version 17 the server has no such limit.
    private static final String NOT_FOR_EVER =
            "SELECT set_config('lock_timeout', ?, true) IS NULL, (CASE current_setting('transaction_timeout', true)"
                    + " WHEN '0' THEN set_config('transaction_timeout', '60s', true) END) IS NULL; ";

    // What follows in the transaction is done where this was said in it: of these very rows, by their hash. As one
    // statement with the inserts it took the server twice as long. Its columns are booleans, since the driver sends a
    // text of several statements as one transaction only where it knows that little will come back.
    private static final String SAY_YES = "SELECT set_config('recount.append', ?, true) IS NULL, ("
            + LogHead.ON_THE_DISK + ") IS NULL FROM (SELECT rig, ?::bigint AS low, head AS high FROM {s}.rigs"
            + " WHERE rig = ? AND head = ? AND head_chain = ? AND floor = ? AND state = 'open'";
    private static final String NOT_RECEIVED =
            " AND NOT EXISTS (SELECT FROM {s}.receipts r WHERE r.rig = rigs.rig AND r.key = ANY (?))";
    private static final String UNLESS_HELD = " FOR NO KEY UPDATE SKIP LOCKED) AS log";
    private static final String WHERE_YES = " current_setting('recount.append', true) = ?";

    // An append of one event is what most are, and arrays cost the server more than rows.
    private static final String ONE_EVENT = PendingRows.INTO_EVENTS + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String TAGS_OF_ONE = PendingRows.INTO_TAGS + " SELECT ?, u, ? FROM unnest(?::text[]) AS u";

    private final Rig rig;
    private final LogHead expected;
    private final PendingRows rows;
    private final LogHead next;
    private final AppendCondition required;
    private final List<String> receiptKeys;
    private final String yes;
    private final StringBuilder sql = new StringBuilder(NOT_FOR_EVER).append(SAY_YES);
    private final List<@Nullable Object> arguments = new ArrayList<>();

    /** Of rows, at least one of them an event, where the log has nothing that the condition excludes and no receipt of these keys. */
    ExpectedWrite(
            Rig rig,
            LogHead expected,
            PendingRows rows,
            LogHead next,
            AppendCondition required,
            List<String> receiptKeys) {
        this.rig = rig;
        this.expected = expected;
        this.rows = rows;
        this.next = next;
        this.required = required;
        this.receiptKeys = receiptKeys;
        this.yes = HexFormat.of().formatHex(next.chain());
    }

    /**
     * Stores all or nothing.
     *
     * @return false where the rig is not as expected, or held, or has one of the receipts, or what the condition excludes
     */
    boolean run(Session session, Duration timeout) throws SQLException {
        arguments.add(LogHead.millis(timeout) + "ms");
        expect();
        require();
        insert();
        move();
        // All in one round trip, and with no BEGIN, the server makes one transaction of them.
        return session.runEach(sql.toString(), arguments.toArray()) > 0;
    }

    private void expect() {
        arguments.addAll(
                List.of(yes, required.after(), rig.key(), expected.sequence(), expected.chain(), expected.floor()));
        if (!receiptKeys.isEmpty()) {
            sql.append(NOT_RECEIVED);
            arguments.add(receiptKeys.stream().map(Session::utf8).toArray(byte[][]::new));
        }
        sql.append(UNLESS_HELD);
    }

    private void require() {
        if (!required.isNone()) {
            PageQuery excluded = new PageQuery(required.query());
            sql.append(" WHERE NOT EXISTS (").append(excluded.eventsText()).append(')');
            excluded.addQuery(arguments, 1);
        }
    }

    private void insert() {
        insert(rows.isOne() ? ONE_EVENT : PendingRows.EVENTS, rows.isOne() ? rows::addEvent : rows::addEvents);
        if (rows.hasTags()) {
            insert(rows.isOne() ? TAGS_OF_ONE : PendingRows.TAGS, rows.isOne() ? this::addTagsOfOne : rows::addTags);
        }
        if (rows.hasReceipts()) {
            insert(PendingRows.RECEIPTS, rows::addReceipts);
        }
    }

    private void insert(String insert, Consumer<List<@Nullable Object>> values) {
        sql.append("; ").append(insert).append(" WHERE").append(WHERE_YES);
        arguments.add(rig.key());
        values.accept(arguments);
        arguments.add(yes);
    }

    private void addTagsOfOne(List<@Nullable Object> all) {
        all.add(next.sequence());
        all.add(rows.tags());
    }

    private void move() {
        sql.append("; ").append(PendingRows.HEAD).append(" AND").append(WHERE_YES);
        rows.addHead(arguments, next);
        arguments.add(yes);
    }
}
