package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Deadline;
import dev.recount.sql.SqlReadModel;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies events to one set of a model's tables, as its policy says. Not thread-safe: use from one thread at a time, in one
 * transaction.
 */
final class EventTaker {

    private static final Logger LOG = LoggerFactory.getLogger(SqlReadModel.class);

    private final SqlReadModel model;
    private final ModelSession writer;
    private final ModelStatements sql;
    private final ModelFailures failures;
    private final ModelLog log;

    private EventTaker(
            SqlReadModel model, ModelSession writer, ModelStatements sql, ModelFailures failures, ModelLog log) {
        this.model = model;
        this.writer = writer;
        this.sql = sql;
        this.failures = failures;
        this.log = log;
    }

    static EventTaker of(SqlReadModel model, ModelSession writer, SqlNames names, long number, ModelLog log)
            throws SQLException {
        ModelStatements sql = new ModelStatements(writer, log, names);
        return new EventTaker(model, writer, sql, ModelFailures.of(writer, model, number, log.clock()), log);
    }

    /** Applies all events of an append; throws what the model throws where its policy is to refuse. */
    long takeAppended(List<StoredEvent> events) throws SQLException {
        if (!model.onFailure().refuses()) {
            return take(events, Deadline.NEVER);
        }
        try {
            return apply(events, Deadline.NEVER);
        } catch (ModelFailed e) {
            throw e.toCaller();
        }
    }

    /**
     * Applies events, at least one, until the time is over or the model stops; gives the sequence of the last that is done, which
     * is the one before the first where none is.
     */
    long take(List<StoredEvent> events, Deadline deadline) throws SQLException {
        if (events.isEmpty()) {
            return 0;
        }
        writer.run("SAVEPOINT recount_page");
        try {
            long done = apply(events, deadline);
            writer.run("RELEASE recount_page");
            return done;
        } catch (ModelFailed e) {
            takeBack("recount_page");
            failures.load();
            return applyEach(events, deadline);
        }
    }

    private long apply(List<StoredEvent> events, Deadline deadline) throws SQLException {
        long done = 0;
        for (StoredEvent event : events) {
            if (!failures.leavesOut(event)) {
                give(event);
            }
            done = event.sequence();
            if (deadline.isOver()) {
                return done;
            }
        }
        return done;
    }

    /** Has the model apply an event; what our own statements failed at counts, whatever the model has made of it. */
    private void give(StoredEvent event) {
        try {
            sql.give(event, model);
        } catch (Throwable e) {
            // Also an Error, or an exception that it does not declare: none of these may end more than the model.
            sql.requireUsable();
            throw ModelFailed.at(event, model, e);
        }
        sql.requireUsable();
    }

    // Only once it is known that one of them fails: a savepoint for each costs as much as a small INSERT.
    private long applyEach(List<StoredEvent> events, Deadline deadline) throws SQLException {
        long done = events.get(0).sequence() - 1;
        for (StoredEvent event : events) {
            if (!failures.leavesOut(event) && !applyOne(event)) {
                return done;
            }
            done = event.sequence();
            if (deadline.isOver()) {
                return done;
            }
        }
        return done;
    }

    private boolean applyOne(StoredEvent event) throws SQLException {
        writer.run("SAVEPOINT recount_event");
        try {
            give(event);
            writer.run("RELEASE recount_event");
            return true;
        } catch (ModelFailed e) {
            takeBack("recount_event");
            log(event, e);
            return failures.quarantine(event, e.thrown());
        }
    }

    private void log(StoredEvent event, ModelFailed e) {
        try {
            LOG.warn(
                    "Read model {} of {} cannot apply event {}",
                    model.name(),
                    log.name(),
                    event.sequence(),
                    e.thrown());
        } catch (RuntimeException | Error cannotBeTold) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void takeBack(String savepoint) throws SQLException {
        writer.run("ROLLBACK TO " + savepoint);
        writer.run("RELEASE " + savepoint);
    }
}
