package dev.recount.sql;

import dev.recount.event.StoredEvent;
import java.util.List;

/**
 * Tables in the log's own database that are made of its events. Inline, they are written in the transaction of the append: they and
 * the events are stored together or not at all. Async, they follow a moment later, each page of events in one transaction with the
 * checkpoint. The options of the store say which; the model itself is the same, and so it is on each {@link SqlEventStore}.
 *
 * <pre>{@code
 * public List<String> schema() {
 *     return List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY, status TEXT NOT NULL)");
 * }
 *
 * public void apply(StoredEvent event, SqlStatements sql) {
 *     if (event.type().equals("bead.created")) {
 *         sql.execute("INSERT INTO {bead} VALUES (?, 'open')", event.tags().value("bead").orElseThrow());
 *     }
 * }
 * }</pre>
 *
 * <p>What both SQLite and PostgreSQL understand serves both. <b>Types:</b> {@code TEXT}, {@code BIGINT} for integers, flags and milliseconds
 * (an {@code INTEGER} has only 32 bits in PostgreSQL), {@code DOUBLE PRECISION}; {@code BLOB} and {@code BYTEA} are each one's own. {@code STRICT} and
 * {@code WITHOUT ROWID} are SQLite's own; PostgreSQL is always strict. A key that must not be NULL says so: {@code id TEXT PRIMARY KEY NOT NULL}; SQLite
 * would take a NULL. <b>Statements:</b> {@code INSERT ... ON CONFLICT (id) DO UPDATE SET title = excluded.title} instead of {@code INSERT OR REPLACE}; no
 * GLOB, and LIKE with {@code lower}, since each has its own mind about letters. Names are lower-case letters, digits and {@code _}.
 * <b>Failures:</b> on PostgreSQL a statement that failed has failed the event, also where the model caught it: what may be there already is asked for
 * before, or left to ON CONFLICT. Triggers in a schema are SQLite's own.
 *
 * <p>While it is applied it holds up all writers of the log: no I/O of its own, nothing slow, no append to the same log, and no
 * lock that a caller of {@code append} may hold: appends that wait together are written by the thread of one of them, while
 * the others wait for it. It may be given an event again whose changes were taken back, so what it keeps belongs into its tables. An
 * inline model is called by one thread at a time, not always the same; while it is built, another thread calls it as well.
 */
public interface SqlReadModel {

    /** A name that stays the same; unique within a log. */
    String name();

    /**
     * The version of tables and rules together. With another version than the stored one its tables are built anew beside those,
     * from the first event, and then put in their place at once: readers see the old ones until then, and never a part of the
     * new. Other writers and readers go on meanwhile. Where retention removed events, the first is the first that is left: rows that rest on
     * removed ones are gone after that.
     *
     * <p>An older version is another version as well, so a release can be taken back: opening the log with it builds it in the place of
     * the newer one. A program that still has the newer one can then append no more where the model is inline, and says so; an async model
     * waits there. Run one version everywhere.
     */
    int version();

    /**
     * The statements that create its tables, views, indexes and triggers, each named in braces: {@code CREATE TABLE {bead} (id TEXT
     * PRIMARY KEY)}. They belong to it alone; no name begins with "recount_". Whoever reads them, with any tool, uses the plain
     * name: {@code SELECT id FROM bead}.
     */
    List<String> schema();

    /**
     * Takes one event into the tables. They get every event once, in the order of the log.
     *
     * @throws RuntimeException where it cannot; {@link #onFailure} says what becomes of it then
     */
    void apply(StoredEvent event, SqlStatements sql);

    /** What becomes of an event that it cannot apply; to {@linkplain FailurePolicy#refuse refuse} it, unless it says otherwise. */
    default FailurePolicy onFailure() {
        return FailurePolicy.refuse();
    }
}
