package dev.recount.sql;

import dev.recount.replay.Verification;
import dev.recount.store.EventStore;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log that keeps {@linkplain SqlReadModel read models} as tables in its own database. The options with which it is opened say which
 * models it keeps, and how. Thread-safe.
 */
public interface SqlEventStore extends EventStore {

    /**
     * The rows of a query, such as one over the tables of a read model, by the names of their columns. It cannot change anything.
     *
     * <pre>{@code
     * List<Map<String, Object>> beads =
     *         store.query("SELECT status FROM bead WHERE id = ?", "gt-1a2b");     // [{status=open}]
     * }</pre>
     *
     * @throws IllegalArgumentException where it is not a query, or fails for its text or arguments
     * @throws StoreClosed after {@link #close}
     */
    List<Map<String, @Nullable Object>> query(String sql, @Nullable Object... arguments);

    /**
     * How far the read models of this log are, by name: those that this store keeps, and those that other programs left.
     *
     * @throws StoreClosed after {@link #close}
     */
    List<ReadModelStatus> readModels();

    /**
     * Waits until the tables of a read model have everything up to a sequence, so that who has appended reads what was changed.
     *
     * <pre>{@code
     * Appended appended = store.append(Append.of(events));
     * if (store.awaitApplied("beads", appended.last(), Duration.ofSeconds(60))) {
     *     rows = store.query("SELECT id FROM bead");
     * }
     * }</pre>
     *
     * @return whether they have; false when the time is over
     * @throws IllegalArgumentException where neither the log nor this store has a read model of that name
     * @throws IllegalStateException where it stopped before that sequence, with the cause
     * @throws StoreClosed after {@link #close}, also for those who wait at that moment
     * @throws InterruptedException where the waiting thread is interrupted
     */
    boolean awaitApplied(String readModel, long sequence, Duration timeout) throws InterruptedException;

    /**
     * Builds a read model anew from the first event, beside its live tables, and puts it in their place; appends and reads go on
     * meanwhile. What failed in it before is forgotten. A rebuild that was broken off goes on when the log is opened the next time.
     *
     * @throws IllegalArgumentException where this store does not keep a read model of that name
     * @throws IllegalStateException where it cannot apply an event, is refused by whom the store asks, would lose
     *     what rests on events that retention removed, or would take the place of a newer version; then the live tables stay as they are
     * @throws StoreClosed after {@link #close}, also while it is built
     */
    void rebuild(String readModel);

    /**
     * Lets a read model that stopped try again, after what it stopped at was mended. Where entities are in quarantine, it is rebuilt: what was
     * left out has its place in the order.
     *
     * @return whether it goes on; false where it stopped again
     * @throws IllegalArgumentException where this store does not keep a read model of that name
     * @throws IllegalStateException where it has to be rebuilt and cannot
     * @throws StoreClosed after {@link #close}
     */
    boolean resume(String readModel);

    /**
     * Takes a read model out of the log that no program keeps any more, in one transaction: its tables and views, also those of a build,
     * its checkpoint, and what it left out. Retention waits for it no longer. The events stay, so a program that is opened with the model
     * has it built anew.
     *
     * <p>Writers wait meanwhile, for long where its tables are large. A program that has the log open with the model fails to append where it
     * is an inline one, and else stops following: close it first.
     *
     * @throws IllegalArgumentException where this store keeps it itself, or the log has no read model of that name; gives those it has
     * @throws StoreUnavailable where the log can only be read, or cannot be written now
     * @throws StoreClosed after {@link #close}
     */
    void withdraw(String readModel);

    /**
     * Builds a read model once more from the log, in temporary tables, and compares it row by row with the live
     * one: both as they are at the same sequence, the one up to which the live model has applied events. Nothing is changed,
     * and appends go on meanwhile.
     *
     * <pre>{@code
     * Verification verification = store.verify(new BeadTable());
     * verification.differences(); // [gt-1a2b differs in [status: live closed, replayed open] (last event 1)]
     * }</pre>
     *
     * <p>Rows are found by their primary key; the key of a difference is its values joined by {@code /}, with {@code table:} in
     * front where the model has several tables. A table without a key is compared by how often it has each row. Values are
     * compared as the database does, and texts by their bytes: 1 is 1.0, and neither is '1'. A table that is missing, or has other
     * columns, is a difference itself, as is a checkpoint after the head. Views are not compared.
     *
     * <p>A verification lists the first 1,000 differences; the numbers of rows are of all. It takes about as long as
     * building the tables took, two to three times that where something differs, and room on the disk for them. {@code apply} runs on the calling
     * thread, while appends may call it on others: it must keep nothing outside of its tables. Where retention removed
     * events, the replay begins after them, and rows that rest on them differ.
     *
     * @throws IllegalArgumentException where the log has no such read model, or another version of it is live; says why a build of this
     *     version stopped, or that it goes on
     * @throws IllegalStateException where the model fails in its replay; names the sequence
     * @throws StoreUnavailable where the log cannot be read now, or the model is built anew meanwhile
     * @throws java.util.concurrent.CancellationException where the thread is interrupted
     * @throws StoreClosed after {@link #close}
     */
    Verification verify(SqlReadModel model);

    /**
     * Verifies each read model that this store was opened with, as {@link #verify(SqlReadModel)} does. A model whose version is not
     * live, because its build goes on, stopped or was refused, does not keep the others from it: its one difference is the version, or
     * that it is missing, and {@link #readModels} says how far it is.
     */
    List<Verification> verify();
}
