package dev.recount.store.jdbc;

import java.sql.SQLException;

/** Something to do on a connection. */
public interface ModelWork<T> {

    /** Does it. */
    T run(ModelSession session) throws SQLException;
}
