package dev.recount.store.postgres;

import dev.recount.internal.log.Consumers;
import dev.recount.internal.log.EventRow;
import dev.recount.internal.log.TimeText;
import dev.recount.store.LogInfo;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * One run of a retention. Each batch is a transaction of its own that moves the floor and removes what lies below it; so a run that is
 * killed leaves a log like any other, and others append between two batches. Not thread-safe: made for one run.
 */
final class RetentionRun {

    private static final int BATCH = 1_000;

    private static final String MOVE_FLOOR = "UPDATE {s}.rigs r SET floor = ?, floor_chain = e.chain FROM {s}.events e"
            + " WHERE r.rig = ? AND e.rig = r.rig AND e.sequence = ?";

    // Tags of a range are found through its events, whose texts a digest may stand for.
    private static final String REMOVE_TAGS =
            "DELETE FROM {s}.event_tags WHERE rig = ? AND tag = ANY (?) AND sequence <= ?";

    private final PostgresEventStore store;
    private final Rig rig;
    private final Retention retention;
    private final InstantSource clock;
    private long record;
    private long events;

    RetentionRun(PostgresEventStore store, Rig rig, Retention retention, InstantSource clock) {
        this.store = store;
        this.rig = rig;
        this.retention = retention;
        this.clock = clock;
    }

    /** A batch that was removed. */
    private record Batch(long floor, long removed, long record) {}

    Retained run() {
        long target = retention.floorIn(store);
        return retention.isDryRun() ? store.look(session -> plan(session, target)) : remove(target);
    }

    private Retained plan(Session session, long target) throws SQLException {
        LogInfo log = rig.info(session);
        requireAllAt(session, log.floor(), target);
        long count = session.number(
                "SELECT count(*) FROM {s}.events WHERE rig = ? AND sequence > ? AND sequence <= ?",
                rig.key(),
                log.floor(),
                target);
        return new Retained(log.floor(), target, count);
    }

    private Retained remove(long target) {
        long before = store.info().floor();
        long floor = removeNext(target);
        while (floor < target) {
            retention.progress().accept(floor);
            requireNotStopped(floor, target);
            floor = removeNext(target);
        }
        retention.progress().accept(floor);
        return new Retained(before, floor, events);
    }

    private void requireNotStopped(long floor, long target) {
        if (retention.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The retention of " + rig + " was stopped at sequence " + floor + " of "
                    + target + ". What it has removed stays removed; run it again to go on.");
        }
    }

    private long removeNext(long target) {
        Batch batch = store.write(session -> removeBatch(session, target));
        events += batch.removed();
        record = batch.record();
        return batch.floor();
    }

    private Batch removeBatch(Session session, long target) throws SQLException {
        LogHead log = LogHead.lock(session, rig, store.busyTimeout());
        long floor = Math.max(log.floor(), Math.min(target, log.floor() + BATCH));
        if (floor > log.floor()) {
            requireAllAt(session, log.floor(), target);
            session.run(MOVE_FLOOR, floor, rig.key(), floor);
        }
        removeTags(session, floor);
        int removed = session.run("DELETE FROM {s}.events WHERE rig = ? AND sequence <= ?", rig.key(), floor);
        return new Batch(floor, removed, removed == 0 ? record : note(session, log.floor(), floor, removed));
    }

    private void removeTags(Session session, long floor) throws SQLException {
        String[] tags = session.query(
                "SELECT tags FROM {s}.events WHERE rig = ? AND sequence <= ?",
                RetentionRun::indexedTags,
                rig.key(),
                floor);
        session.run(REMOVE_TAGS, rig.key(), tags, floor);
    }

    private static String[] indexedTags(ResultSet rows) throws SQLException {
        Set<String> tags = new HashSet<>();
        while (rows.next()) {
            for (String tag : EventRow.readTags(rows.getString(1)).asList()) {
                tags.add(PendingRows.indexed(tag));
            }
        }
        return tags.toArray(String[]::new);
    }

    private void requireAllAt(Session session, long floor, long target) throws SQLException {
        if (target > floor) {
            Consumers.requireAllAt(target, PostgresConsumers.list(session, rig));
        }
    }

    private long note(Session session, long before, long floor, int removed) throws SQLException {
        if (record > 0) {
            session.run(
                    "UPDATE {s}.retentions SET floor = ?, events = events + ? WHERE id = ?", floor, removed, record);
            return record;
        }
        return session.number(
                "INSERT INTO {s}.retentions (rig, at, requested_by, floor_before, floor, events)"
                        + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                rig.key(),
                TimeText.of(TimeText.within(clock.instant())),
                retention.by().orElse(null),
                before,
                floor,
                removed);
    }
}
