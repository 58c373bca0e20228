package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Deadline;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a read model once more, in a temporary database beside the log, filled from the log alone. What runs in it changes
 * nothing in the log. Not thread-safe: use from one thread at a time.
 */
final class Shadow implements AutoCloseable {

    /** The schema under which the log is attached. */
    static final String LIVE = Schema.PREFIX + "live";

    private static final long BUSY_TIMEOUT_MILLIS = 10_000;

    private final SqlReadModel model;
    private final Session session;
    private final ModelStatements statements;
    private final Path log;
    private Note note = sequence -> {};
    private @Nullable EventTaker taker;
    private long sequence;

    private Shadow(SqlReadModel model, Session session, ModelStatements statements, Path log, long sequence) {
        this.model = model;
        this.session = session;
        this.statements = statements;
        this.log = log;
        this.sequence = sequence;
    }

    /** Told of each event before it is applied. */
    interface Note {
        void before(long sequence) throws SQLException;
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
            ModelStatements statements = createTables(session, model, file);
            ready = true;
            return new Shadow(model, session, statements, file, sequence);
        } finally {
            if (!ready) {
                session.closeQuietly();
            }
        }
    }

    // By the names that the live tables have.
    private static ModelStatements createTables(Session session, SqlReadModel model, Path file) {
        OwnNames own = OwnNames.of(model);
        SqlNames names = SqlNames.live(own);
        for (SchemaStatement statement : own.statements()) {
            try {
                session.run(names.create(statement));
            } catch (SQLException e) {
                throw ModelStatements.failed(statement.text().toString(), e, file);
            }
        }
        return new ModelStatements(session, file, names);
    }

    void tell(Note newNote) {
        note = newNote;
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
        for (StoredEvent event : page.events()) {
            note.before(event.sequence());
            apply(event);
        }
        sequence = page.upTo();
    }

    // What a model leaves out after a failure it leaves out in its replay, too.
    private void apply(StoredEvent event) throws SQLException {
        try {
            if (model.onFailure().tagKey().isEmpty()) {
                give(event);
            } else if (taker().take(List.of(event), Deadline.NEVER) < event.sequence()) {
                throw failed(event, new IllegalStateException("it has no tag to be left out by"));
            }
        } catch (IllegalArgumentException transactionEnded) {
            throw failed(event, transactionEnded);
        }
    }

    private void give(StoredEvent event) {
        try {
            statements.give(event, model);
        } catch (Throwable e) {
            statements.requireUsable();
            throw failed(event, ModelFailed.at(event, model, e).thrown());
        }
        statements.requireUsable();
    }

    private IllegalStateException failed(StoredEvent event, Throwable cause) {
        return new IllegalStateException(
                "Read model '" + model.name() + "' failed in its replay at sequence " + event.sequence() + " of type "
                        + event.type() + ": " + FailureText.of(cause)
                        + ". A replay gives it every event anew, and its own empty tables to begin with.",
                cause);
    }

    private EventTaker taker() throws SQLException {
        if (taker == null) {
            ModelRows.create(session);
            ModelFile file = new ModelFile(log, Clock.systemUTC());
            taker = EventTaker.of(model, session, SqlNames.live(OwnNames.of(model)), ModelRows.LIVE, file);
        }
        return taker;
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
