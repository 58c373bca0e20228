package dev.recount.store.sqlite;

import dev.recount.internal.log.TimeText;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.RetentionRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;

/**
 * One run of a retention. Each batch is a transaction of its own that moves the floor and removes what lies below it; so a run that is
 * killed leaves a log like any other, and others append between two batches. Not thread-safe: made for one run.
 */
final class RetentionRun {

    // A few milliseconds of the write lock, for which others wait.
    private static final int BATCH = 1_000;

    static final String REMOVE_TAGS = "DELETE FROM recount_event_tags WHERE (tag, sequence) IN"
            + " (SELECT j.value, e.sequence FROM recount_events e,"
            + " json_each(CASE WHEN json_valid(e.tags) THEN e.tags ELSE '[]' END) j WHERE e.sequence <= ?)";

    private final SqliteEventStore store;
    private final Path file;
    private final Retention retention;
    private final InstantSource clock;
    private long record;
    private long events;

    RetentionRun(SqliteEventStore store, Path file, Retention retention, InstantSource clock) {
        this.store = store;
        this.file = file;
        this.retention = retention;
        this.clock = clock;
    }

    Retained run() {
        long target = retention.floorIn(store);
        return retention.isDryRun() ? store.look(session -> plan(session, target)) : remove(target);
    }

    private Retained plan(Session session, long target) throws SQLException {
        long before = LogRow.position(session).floor();
        if (target > before) {
            ConsumerSource.requireAllAt(session, target);
        }
        long count = session.number(
                "SELECT count(*) FROM recount_events WHERE sequence > ? AND sequence <= ?", before, target);
        return new Retained(before, target, count);
    }

    private Retained remove(long target) {
        long before = store.position().floor();
        long floor = store.write(session -> removeBatch(session, target));
        while (floor < target) {
            retention.progress().accept(floor);
            requireNotStopped(floor, target);
            floor = store.write(session -> removeBatch(session, target));
        }
        retention.progress().accept(floor);
        return new Retained(before, floor, events);
    }

    private void requireNotStopped(long floor, long target) {
        if (retention.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The retention of log " + file + " was stopped at sequence " + floor
                    + " of " + target + ". What it has removed stays removed; run it again to go on.");
        }
    }

    private long removeBatch(Session writer, long target) throws SQLException {
        LogRow.Position log = LogRow.position(writer);
        long floor = Math.max(log.floor(), Math.min(target, log.floor() + BATCH));
        if (floor > log.floor()) {
            ConsumerSource.requireAllAt(writer, target);
            writer.run(
                    "UPDATE recount_log SET floor = ?1,"
                            + " floor_chain = (SELECT chain FROM recount_events WHERE sequence = ?1) WHERE only = 1",
                    floor);
        }
        // Also what lies below the floor already, where another program has moved it and no more.
        writer.run(REMOVE_TAGS, floor);
        int removed = writer.run("DELETE FROM recount_events WHERE sequence <= ?", floor);
        note(writer, log.floor(), floor, removed);
        events += removed;
        return floor;
    }

    private void note(Session writer, long before, long floor, int removed) throws SQLException {
        if (removed > 0 && record == 0) {
            RetentionRecord begun =
                    new RetentionRecord(TimeText.within(clock.instant()), retention.by(), before, floor, removed);
            record = RetentionRecords.add(writer, begun);
        } else if (removed > 0) {
            RetentionRecords.extend(writer, record, floor, removed);
        }
    }
}
