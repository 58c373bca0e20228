package dev.recount.store.sqlite;

import dev.recount.store.EventStoreException;
import dev.recount.store.jdbc.ModelLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;

/** What writing to a read model's tables needs to know of a file. Immutable. */
record ModelFile(Path path, InstantSource clock) implements ModelLog {

    @Override
    public String name() {
        return "log " + path;
    }

    @Override
    public boolean isStatementError(SQLException e) {
        return SqliteErrors.isStatementError(e);
    }

    @Override
    public EventStoreException error(SQLException e) {
        return SqliteErrors.of(e, path);
    }
}
