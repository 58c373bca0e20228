package dev.recount.store.sqlite;

import dev.recount.sql.SqlReadModel;
import dev.recount.store.Page;
import dev.recount.store.jdbc.ModelDialect;
import dev.recount.store.jdbc.ModelReplay;
import dev.recount.store.jdbc.ModelStatements;
import dev.recount.store.jdbc.OwnNames;
import dev.recount.store.jdbc.SchemaStatement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/**
 * The tables of a read model once more, in a temporary database beside the log, filled from the log alone. What runs in it changes
 * nothing in the log. Not thread-safe: use from one thread at a time.
 */
final class Shadow implements AutoCloseable {

    /** The schema under which the log is attached. */
    static final String LIVE = ModelDialect.PREFIX + "live";

    private static final long BUSY_TIMEOUT_MILLIS = 10_000;

    private final Session session;
    private final ModelReplay replay;
    private long sequence;

    private Shadow(Session session, ModelReplay replay, long sequence) {
        this.session = session;
        this.replay = replay;
        this.sequence = sequence;
    }

    /** Something to do in a transaction. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /**
     * Empty tables.
     *
     * @param encoding the text encoding of the log, without which SQLite attaches neither to the other
     */
    static Shadow create(SqlReadModel model, Path log, String encoding, long sequence) throws SQLException {
        Path file = log.resolveSibling(log.getFileName() + " (replayed for comparison)");
        Session session = Session.openTemporary(BUSY_TIMEOUT_MILLIS);
        boolean ready = false;
        try {
            session.set("encoding = '" + encoding + "'");
            // In KiB. What is not in it is in the temporary file.
            session.set("cache_size = -16384");
            ModelFile shadow = new ModelFile(file, Clock.systemUTC());
            createTables(session, model, shadow);
            ready = true;
            return new Shadow(session, new ModelReplay(model, session, shadow), sequence);
        } finally {
            if (!ready) {
                session.closeQuietly();
            }
        }
    }

    // By the names that the live tables have.
    private static void createTables(Session session, SqlReadModel model, ModelFile file) {
        for (SchemaStatement statement : OwnNames.of(model).statements()) {
            try {
                session.run(statement.text().with(OwnNames::quoted));
            } catch (SQLException e) {
                throw ModelStatements.failed(statement.text().toString(), e, file);
            }
        }
    }

    void tell(ModelReplay.Note note) {
        replay.tell(note);
    }

    Session session() {
        return session;
    }

    /** The sequence up to which everything was applied. */
    long sequence() {
        return sequence;
    }

    /** Takes a page in, in a transaction of its own. */
    void take(Page page) throws SQLException {
        inTransaction(() -> {
            takeInside(page);
            return true;
        });
    }

    /** Takes a page in, inside a transaction. */
    void takeInside(Page page) throws SQLException {
        replay.take(page);
        sequence = page.upTo();
    }

    /** Runs work in one transaction with the log attached, which is only read, and seen as it is at one moment. */
    <T> T besideLog(Path log, String parameters, Work<T> work) throws SQLException {
        session.run("ATTACH ? AS " + LIVE, Session.uri(log, parameters));
        try {
            return inTransaction(work);
        } finally {
            session.run("DETACH " + LIVE);
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        long before = sequence;
        boolean done = false;
        session.run("BEGIN");
        try {
            T result = work.run();
            session.run("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                sequence = before;
                session.rollBack();
            }
        }
    }

    @Override
    public void close() {
        session.closeQuietly();
    }
}
