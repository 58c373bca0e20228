package dev.recount.store.sqlite;

import java.sql.SQLException;

/**
 * Several statements that see one state of the file, whatever is appended or removed between them. What fails leaves the transaction
 * open: a connection that failed is not used again.
 */
final class OneView {

    private OneView() {}

    static <T> T of(Session reader, Readers.Work<T> work) throws SQLException {
        reader.run("BEGIN");
        T result = work.run(reader);
        reader.run("COMMIT");
        return result;
    }
}
