package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import java.util.List;

/**
 * Tables in the log's own file that are made of its events. {@linkplain SqliteOptions#withInline Inline}, they are written in the
 * transaction of the append: they and the events are stored together or not at all. {@linkplain SqliteOptions#withAsync Async}, they
 * follow a moment later, each page of events in one transaction with the checkpoint. The model itself is the same.
 *
 * <pre>{@code
 * public List<String> schema() {
 *     return List.of("CREATE TABLE {bead} (id TEXT PRIMARY KEY, status TEXT NOT NULL) STRICT");
 * }
 *
 * public void apply(StoredEvent event, SqlStatements sql) {
 *     if (event.type().equals("bead.created")) {
 *         sql.execute("INSERT INTO {bead} VALUES (?, 'open')", event.tags().value("bead").orElseThrow());
 *     }
 * }
 * }</pre>
 *
 * <p>While it is applied it holds up all writers of the file: no I/O of its own, nothing slow, no append to the same log, and no
 * lock that a caller of {@code append} may hold: appends that wait together are written by the thread of one of them, while
 * the others wait for it. It may be given an event again whose changes were taken back, so what it keeps belongs into its tables. An
 * inline model is called by one thread at a time, not always the same; while it is built, another thread calls it as well.
 */
public interface SqliteReadModel {

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
