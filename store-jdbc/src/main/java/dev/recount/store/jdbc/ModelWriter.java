package dev.recount.store.jdbc;

import java.sql.SQLException;

/** Writes to a log's database, whole transactions only. Not thread-safe: use from one thread at a time. */
public interface ModelWriter extends AutoCloseable {

    /** Something to do with what a transaction gave, once it is committed. */
    interface Then<T> {

        /** Does it. */
        void run(T result) throws SQLException;
    }

    /** Runs work in one transaction that no other writer of the log can be in, and then something that follows as soon as can be. */
    <T> T inTransaction(ModelWork<T> work, Then<? super T> then);

    /** Sees to what this database has to tidy up after many transactions. */
    void tidy();

    @Override
    void close();
}
