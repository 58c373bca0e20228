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
        private Optional<CommitProof> proof = Optional.empty();
        private boolean takesIn;

        Commit(AppendGroup group) {
            this.group = group;
        }

        // Halving finds in few transactions whose append it was; the others are stored as if that one had never come.
        void run(boolean withThoseWhoWait) {
            takesIn = withThoseWhoWait;
            try {
                database.transaction(rig.toString(), group.deadline(), this::write, this::isCommitted);
                group.settle();
                committed.accept(group.head());
            } catch (RuntimeException | Error e) {
                if (group.isDivisible() && !(e instanceof StoreUnavailable)) {
                    group.halves().forEach(half -> new Commit(half).run(false));
                } else {
                    group.fail(e);
                }
            }
        }

        private long write(Session session) throws SQLException {
            LogHead before = LogHead.lock(session, rig, database.options().busyTimeout());
            if (takesIn) {
                group.takeIn(waiting);
                takesIn = false;
            }
            AppendTransaction transaction = AppendTransaction.begin(
                    session, rig, before, database.options().clock(), group.appends(), models);
            long head = group.run(transaction);
            proof = Optional.of(transaction.proof());
            return head;
        }

        private boolean isCommitted(Deadline deadline, SQLException cause) {
            CommitProof asked = proof.orElseThrow();
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
