package dev.recount.store.sqlite;

import dev.recount.internal.log.AppendGroup;
import dev.recount.internal.log.AppendQueue;
import dev.recount.internal.log.AppendRequest;
import dev.recount.internal.log.Interrupts;
import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.StoreClosed;
import java.sql.SQLException;

/**
 * The appends of one store. Those that wait together are committed together: a caller that finds nobody writing leads at once, on
 * its own thread, and takes those who came meanwhile into its transaction; the others wait for what it tells them. Thread-safe.
 */
final class Appends {

    private final SharedFile file;
    private final WriterQueue places;
    private final Writer writer;
    private final Start start;
    private final AppendQueue waiting = new AppendQueue();

    /** Begins the work inside a transaction. */
    interface Start {
        AppendTransaction on(Session writer) throws SQLException;
    }

    /** Appends through a writer, in transactions that {@code start} begins. */
    Appends(SharedFile file, Writer writer, Start start) {
        this.file = file;
        this.places = writer.queue();
        this.writer = writer;
        this.start = start;
    }

    /** Stores an append, or throws why it is not. */
    Appended append(Append append) {
        places.requireOutside();
        AppendRequest request = new AppendRequest(append, places.deadline());
        Interrupts interrupts = new Interrupts();
        try {
            if (waiting.enter(request, this::storeClosed)
                    || request.awaitTurn(waiting, interrupts, places::waitedTooLong)) {
                lead(request, interrupts);
            }
        } finally {
            interrupts.restore();
        }
        return request.result();
    }

    private void lead(AppendRequest leader, Interrupts interrupts) {
        AppendGroup group = new AppendGroup(leader);
        try {
            places.alone(leader.deadline(), interrupts, () -> {
                writer.requireOpen(this::storeClosed);
                commit(group, interrupts, () -> group.takeIn(waiting));
                return true;
            });
        } catch (RuntimeException | Error e) {
            group.fail(e);
        } finally {
            // First the next leader, who need not wait until all of these are awake.
            waiting.handOn();
            group.wakeFollowers();
        }
    }

    // Halving finds in few transactions whose append it was; the others are stored as if that one had never come.
    private void commit(AppendGroup group, Interrupts interrupts, Runnable onceBegun) {
        try {
            writer.transaction(group.deadline(), interrupts, session -> {
                onceBegun.run();
                return group.run(start.on(session));
            });
            group.settle();
            file.signal().publish(group.head());
        } catch (RuntimeException | Error e) {
            if (group.isDivisible()) {
                for (AppendGroup half : group.halves()) {
                    commit(half, interrupts, () -> {});
                }
            } else {
                group.fail(e);
            }
        }
    }

    /** Refuses those who wait, lets the group under way be completed, and closes the writer. */
    void close() {
        waiting.close(this::storeClosed);
        writer.close();
    }

    private StoreClosed storeClosed() {
        return new StoreClosed(file.path().toString());
    }
}
