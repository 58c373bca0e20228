package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Interrupts;
import dev.recount.internal.log.Problems;
import dev.recount.replay.Verification;
import dev.recount.sql.SqlReadModel;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.store.jdbc.ModelChecker;
import dev.recount.store.jdbc.ModelLog;
import dev.recount.store.jdbc.ModelSignal;
import dev.recount.store.jdbc.ModelStatements;
import dev.recount.store.jdbc.ModelStore;
import dev.recount.store.jdbc.ModelWork;
import dev.recount.store.jdbc.ModelWriter;
import dev.recount.store.jdbc.OwnNames;
import dev.recount.store.jdbc.ReadModels;
import dev.recount.store.jdbc.SqlText;
import dev.recount.store.jdbc.VersionNotLive;
import dev.recount.store.jdbc.Withdrawal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The read models of one rig, which all its stores in a town share. Thread-safe. */
final class RigModels implements ModelStore, ModelLog {

    private final Database database;
    private final Rig rig;
    private final ModelDatabase models;
    private final Supplier<EventStore> store;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock opening = new ReentrantLock();
    private final ReadModels kept;
    private boolean isOpen;

    /** With a store of the rig, to wait for it. */
    RigModels(Database database, Rig rig, Supplier<EventStore> store) {
        this.database = database;
        this.rig = rig;
        this.models = ModelDatabase.of(database, rig);
        this.store = store;
        this.kept = new ReadModels(database.options().readModels(), this);
    }

    ReadModels kept() {
        return kept;
    }

    /** Builds what is of another version, lets inline models catch up, and starts the threads; does so once. */
    void open() {
        Interrupts interrupts = new Interrupts();
        opening.lock();
        try {
            if (!isOpen) {
                kept.open();
                isOpen = true;
            }
        } finally {
            opening.unlock();
            interrupts.restore();
        }
    }

    /** Lets inline models catch up with a log that grew by other means than appends; in steps, which keep the rig's lock for a moment each. */
    void catchUp() {
        opening.lock();
        try {
            kept.catchUp();
        } finally {
            opening.unlock();
        }
    }

    /** Whether appends have nothing to do for read models. */
    boolean isEmpty() {
        return kept.isEmpty();
    }

    /** Takes new events in, which come directly after {@code before}, in the transaction of their append. */
    void apply(Session writer, long before, List<StoredEvent> events) throws SQLException {
        try {
            kept.apply(ModelConnection.in(writer, rig, models), before, events);
        } catch (StoreUnavailable e) {
            if (e.getCause() instanceof SQLException cause && PostgresErrors.isWorthAnotherTry(cause)) {
                throw cause;
            }
            throw e;
        }
    }

    List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments) {
        ModelStatements.requireQuery(sql);
        OwnNames.requireOneStatement(SqlText.of(sql));
        return read(session -> {
            try {
                return session.select(sql, arguments);
            } catch (SQLException e) {
                if (isStatementError(e)) {
                    throw ModelStatements.failed(sql, e, this);
                }
                throw e;
            }
        });
    }

    void withdraw(String model) {
        kept.requireNotKept(model);
        try (ModelWriter writer = writer()) {
            writer.inTransaction(
                    session -> {
                        Withdrawal.run(session, model, this);
                        return true;
                    },
                    done -> {});
        }
    }

    Verification verify(SqlReadModel model) {
        return new ModelVerifier(database, rig, models, this, model).verify();
    }

    List<Verification> verify() {
        return kept.all().stream().map(this::verifyWhereLive).toList();
    }

    /** Checks what the rig says of its read models; those of a role that lets nobody look are its own business. */
    void check(Problems problems) {
        read(session -> {
            if (models.mayBeRead(session)) {
                new ModelChecker(session, problems).check();
            }
            return true;
        });
    }

    private Verification verifyWhereLive(SqlReadModel model) {
        try {
            return verify(model);
        } catch (VersionNotLive e) {
            return e.asDifference();
        }
    }

    @Override
    public ModelLog log() {
        return this;
    }

    @Override
    public String name() {
        return "rig '" + rig.name() + "'";
    }

    @Override
    public InstantSource clock() {
        return database.options().clock();
    }

    @Override
    public boolean isStatementError(SQLException e) {
        return PostgresErrors.isStatementError(e);
    }

    @Override
    public EventStoreException error(SQLException e) {
        return PostgresErrors.of(e, rig.toString());
    }

    @Override
    public <T> T read(ModelWork<T> work) {
        return database.read(rig.toString(), session -> {
            ModelConnection reading = ModelConnection.reading(session, rig, models);
            T result = work.run(reading);
            reading.endView();
            return result;
        });
    }

    @Override
    public ModelWriter writer() {
        return new ModelWriter() {

            @Override
            public <T> T inTransaction(ModelWork<T> work, Then<? super T> then) {
                requireOpen();
                T result = database.write(rig.toString(), session -> {
                    // Also of a rig that was sealed: its tables may still take in what it has.
                    LogHead.lockInAnyState(session, rig, database.options().busyTimeout());
                    return work.run(ModelConnection.in(session, rig, models));
                });
                try {
                    then.run(result);
                } catch (SQLException e) {
                    throw error(e);
                }
                return result;
            }

            @Override
            public void tidy() {}

            @Override
            public void close() {}
        };
    }

    // The server lets those who wait for a rig in by their turn.
    @Override
    public boolean othersWait() {
        return false;
    }

    @Override
    public void awaitAfter(long head) throws InterruptedException {
        store.get().awaitAfter(head, Duration.ofDays(1));
    }

    @Override
    public ModelSignal signal() {
        return new AppliedSignal(rig.name(), closing);
    }

    @Override
    public void requireOpen() {
        if (closing.getCount() == 0) {
            throw new StoreClosed(rig.name());
        }
    }

    @Override
    public void pause(long millis) throws InterruptedException {
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            throw new StoreClosed(rig.name());
        }
    }

    /** Lets the threads end. */
    void beginToClose() {
        closing.countDown();
    }

    /** Waits until they have. */
    void close() {
        kept.close();
    }
}
