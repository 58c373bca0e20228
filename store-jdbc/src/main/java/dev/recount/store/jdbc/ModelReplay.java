package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Deadline;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.Page;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies events to empty tables of a read model, to be compared with the live ones. Not thread-safe: use from one thread at a time. */
public final class ModelReplay {

    private final SqlReadModel model;
    private final ModelSession session;
    private final ModelLog log;
    private final ModelStatements statements;
    private Note note = sequence -> {};
    private @Nullable EventTaker taker;

    /** With a session in which the plain names of the model's tables are the empty ones. */
    public ModelReplay(SqlReadModel model, ModelSession session, ModelLog log) {
        this.model = model;
        this.session = session;
        this.log = log;
        this.statements = new ModelStatements(session, log, SqlNames.live(OwnNames.of(model)));
    }

    /** Told of each event before it is applied. */
    public interface Note {

        /** The event of that sequence comes. */
        void before(long sequence) throws SQLException;
    }

    /** Has somebody told of each event. */
    public void tell(Note newNote) {
        note = newNote;
    }

    /** Takes a page in, inside a transaction. */
    public void take(Page page) throws SQLException {
        for (StoredEvent event : page.events()) {
            note.before(event.sequence());
            apply(event);
        }
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
            taker = EventTaker.of(model, session, SqlNames.live(OwnNames.of(model)), ModelRows.LIVE, log);
        }
        return taker;
    }
}
