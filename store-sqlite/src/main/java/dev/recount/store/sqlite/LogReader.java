package dev.recount.store.sqlite;

/** How a store reads its file. Thread-safe. */
interface LogReader {

    /** Runs work on a connection that only reads and that nobody else uses meanwhile. */
    <T> T read(Readers.Work<T> work);

    /** With which parameters of SQLite's file URIs one more connection may read the same file now. */
    String parameters();

    /** How many connections are open and idle. */
    int idle();

    /** Waits for the reads that are under way and closes the connections. */
    void close();
}
