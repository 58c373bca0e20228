package dev.recount.store.jdbc;

/** What the work on a log's read models needs of its store. Thread-safe. */
public interface ModelStore {

    /** The log. */
    ModelLog log();

    /** Runs work on a connection that only reads and that nobody else uses meanwhile. */
    <T> T read(ModelWork<T> work);

    /** Makes a writer. */
    ModelWriter writer();

    /** Whether others wait to write. */
    boolean othersWait();

    /** Waits until the log has more than that. */
    void awaitAfter(long head) throws InterruptedException;

    /** Tells and waits for how far one model is. */
    ModelSignal signal();

    /** Refuses to go on once the store is closed. */
    void requireOpen();

    /** Waits, unless the store is closed meanwhile. */
    void pause(long millis) throws InterruptedException;
}
