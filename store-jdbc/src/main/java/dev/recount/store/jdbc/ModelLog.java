package dev.recount.store.jdbc;

import dev.recount.store.EventStoreException;
import java.sql.SQLException;
import java.time.InstantSource;

/** What writing to a read model's tables needs to know of a log. Thread-safe. */
public interface ModelLog {

    /** What it is called inside of a sentence: {@code log /path}. */
    String name();

    /** What says when something failed. */
    InstantSource clock();

    /** Whether a statement is at fault, for its text or values; otherwise it is the database. */
    boolean isStatementError(SQLException e);

    /** What the database failed at, in the words of the port. */
    EventStoreException error(SQLException e);

    /** What it is called where a sentence begins. */
    default String title() {
        return Character.toUpperCase(name().charAt(0)) + name().substring(1);
    }
}
