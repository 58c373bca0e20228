package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import java.util.List;

/**
 * Tables in the log's own file that are written in the transaction of the append: they and the events are stored together or
 * not at all, so who has appended reads what was changed.
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
 * <p>It runs inside every append and holds up all writers of the file: no I/O of its own, nothing slow, no append to the same
 * log, and no lock that a caller of {@code append} may hold: appends that wait together are written by the thread of one of them, while
 * the others wait for it. Implementations need not be thread-safe: one thread at a time calls them, not always the same.
 */
public interface SqliteReadModel {

    /** A name that stays the same; unique within a log. */
    String name();

    /**
     * The version of tables and rules together. With another version than the stored one the tables are dropped, created and
     * filled from the first event, in one transaction, when the log is opened.
     */
    int version();

    /**
     * The statements that create its tables, views, indexes and triggers, each named in braces: {@code CREATE TABLE {bead} (id TEXT
     * PRIMARY KEY)}. They belong to it alone; no name begins with "recount_". Whoever reads them, with any tool, uses the plain
     * name: {@code SELECT id FROM bead}.
     */
    List<String> schema();

    /**
     * Takes one event into the tables. It gets every event once, in the order of the log.
     *
     * @throws RuntimeException where it refuses the event: then the append fails with this exception and stores nothing
     */
    void apply(StoredEvent event, SqlStatements sql);
}
