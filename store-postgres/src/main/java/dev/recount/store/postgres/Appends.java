package dev.recount.store.postgres;

import dev.recount.internal.log.AppendGroup;
import dev.recount.internal.log.AppendQueue;
import dev.recount.internal.log.AppendRequest;
import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The appends of one store. Those that wait together are committed together: a caller that finds nobody writing leads at once, on
 * its own thread, and takes those who came meanwhile into its transaction; the others wait for what it tells them. Thread-safe.
 */
final class Appends {

    private static final long PAUSE_NANOS = 20_000_000;

    private final Database database;
    private final Rig rig;
    private final RigModels models;
    private final LongConsumer committed;
    private final AppendQueue waiting = new AppendQueue();
    private final Expectation expectation = new Expectation();

    /** Appends to a rig; {@code committed} is told the head after each commit. */
    Appends(Database database, Rig rig, RigModels models, LongConsumer committed) {
        this.database = database;
        this.rig = rig;
        this.models = models;
        this.committed = committed;
    }

    /** Stores an append, or throws why it is not. */
    Appended append(Append append) {
        AppendRequest request = new AppendRequest(append, database.deadline());
        Interrupts interrupts = new Interrupts();
        try {
            if (waiting.enter(request, this::closed) || request.awaitTurn(waiting, interrupts, this::waitedTooLong)) {
                lead(request);
            }
        } finally {
            interrupts.restore();
        }
        return request.result();
    }

    private void lead(AppendRequest leader) {
        AppendGroup group = new AppendGroup(leader);
        try {
            new Commit(group).run(true);
        } catch (RuntimeException | Error e) {
            group.fail(e);
        } finally {
            // First the next leader, who need not wait until all of these are awake.
            waiting.handOn();
            group.wakeFollowers();
        }
    }

    /** One transaction of a group, tried until it is known how it ended. */
    private final class Commit {

        private final AppendGroup group;
        private Optional<AppendTransaction> transaction = Optional.empty();
        private Optional<LogHead> sent = Optional.empty();
        private Optional<SQLException> unanswered = Optional.empty();
        private boolean takesIn;

        Commit(AppendGroup group) {
            this.group = group;
        }

        // Halving finds in few transactions whose append it was; the others are stored as if that one had never come.
        void run(boolean withThoseWhoWait) {
            takesIn = withThoseWhoWait;
            try {
                committed.accept(store());
            } catch (RuntimeException | Error e) {
                if (sent.isPresent()) {
                    group.fail(inDoubt(e));
                } else if (group.isDivisible() && !(e instanceof StoreUnavailable)) {
                    group.halves().forEach(half -> new Commit(half).run(false));
                } else {
                    group.fail(e);
                }
            }
        }

        // Not as what came of it: that a rig is sealed by now would say that nothing was stored.
        private StoreUnavailable inDoubt(Throwable since) {
            unanswered.ifPresent(lost -> lost.addSuppressed(since));
            return PostgresErrors.inDoubt(rig.toString(), unanswered.isPresent() ? unanswered.get() : since);
        }

        private long store() {
            if (!storeAsExpected()) {
                database.transaction(rig.toString(), group.deadline(), this::write, this::isCommitted);
            }
            group.settle();
            AppendTransaction done = transaction.orElseThrow();
            if (models.isEmpty()) {
                done.tell(expectation);
            }
            return done.next().sequence();
        }

        /** Stores the group in one round trip where the log is what it is expected to be; false where it surely or perhaps did not. */
        private boolean storeAsExpected() {
            if (!models.isEmpty() || !expectation.isKnown()) {
                return false;
            }
            takeIn();
            Optional<LogHead> head = expectation.headFor(group.appends());
            return head.isPresent() && storeAfter(head.get());
        }

        private boolean storeAfter(LogHead head) {
            boolean stored = false;
            try {
                stored = database.attempt(session -> attempt(session, head));
                sent = Optional.empty();
            } catch (SQLException e) {
                requireAnotherTry(e);
            }
            expectation.was(stored);
            return stored;
        }

        private boolean attempt(Session session, LogHead head) throws SQLException {
            ExpectedLog log = new ExpectedLog(
                    session,
                    rig,
                    head,
                    expectation.recent(),
                    database.options().busyTimeout(),
                    next -> sent = Optional.of(next));
            run(log);
            return log.isStored();
        }

        // What was refused is tried in a transaction, which can tell why.
        private void requireAnotherTry(SQLException e) {
            boolean refused = PostgresErrors.isRefusal(e);
            if (refused) {
                sent = Optional.empty();
            }
            unanswered = Optional.of(e).filter(any -> sent.isPresent());
            boolean mayPass = !refused || PostgresErrors.isLockTimeout(e);
            if (sent.isEmpty() && mayPass && group.deadline().isOver()) {
                throw PostgresErrors.of(e, rig.toString());
            }
        }

        private boolean write(Session session) throws SQLException {
            LogHead before =
                    LogHead.lockInAnyState(session, rig, database.options().busyTimeout());
            // It may have been stored before the rig was sealed.
            if (sent.isEmpty() || !isStored(session, before, sent.get())) {
                before.requireOpen(session, rig);
                takeIn();
                run(new LockedLog(session, rig, before, models));
            }
            return true;
        }

        // What was sent and is not there cannot come any more, once something is stored after the head that it expects.
        private boolean isStored(Session session, LogHead now, LogHead asked) throws SQLException {
            if (now.floor() > asked.sequence()) {
                throw new SQLException("what was removed since cannot be asked for", "02000");
            }
            String chain = HexFormat.of().formatHex(asked.chain());
            return rig.chainAt(session, asked.sequence()).filter(chain::equals).isPresent();
        }

        private void run(AppendLog log) throws SQLException {
            AppendTransaction next =
                    new AppendTransaction(log, rig, database.options().clock(), group.appends());
            transaction = Optional.of(next);
            group.run(next);
        }

        private void takeIn() {
            if (takesIn) {
                group.takeIn(waiting);
                takesIn = false;
            }
        }

        private boolean isCommitted(Deadline deadline, SQLException cause) {
            CommitProof asked = transaction.orElseThrow().proof(rig);
            Interrupts interrupts = new Interrupts();
            try {
                Optional<Boolean> answer = ask(asked, cause);
                while (answer.isEmpty() && !deadline.isOver()) {
                    interrupts.pause(PAUSE_NANOS);
                    answer = ask(asked, cause);
                }
                return answer.orElseThrow(() -> PostgresErrors.inDoubt(rig.toString(), cause));
            } finally {
                interrupts.restore();
            }
        }
    }

    private Optional<Boolean> ask(CommitProof proof, SQLException cause) {
        try {
            return database.read(rig.toString(), proof::ask);
        } catch (StoreUnavailable away) {
            cause.addSuppressed(away);
            throw PostgresErrors.inDoubt(rig.toString(), cause);
        }
    }

    /** Refuses those who wait; the group under way is completed. */
    void close() {
        waiting.close(this::closed);
    }

    private StoreClosed closed() {
        return new StoreClosed(rig.name());
    }

    private StoreUnavailable waitedTooLong() {
        return new StoreUnavailable(
                rig + " was busy for " + database.options().busyTimeout().toMillis()
                        + " ms, and nothing was stored. Other writers hold it: wait longer with withBusyTimeout, or try"
                        + " again.",
                null);
    }
}
