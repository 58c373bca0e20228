package dev.recount.store.jdbc;

import dev.recount.internal.log.Deadline;
import dev.recount.internal.log.Interrupts;
import dev.recount.replay.Verification;
import dev.recount.store.EventStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Works on one read model in short transactions of its own, and leaves other writers more time than it takes. Any number of stores
 * and processes may do so at once: each transaction looks how far the model is, so every event is applied once. Not thread-safe: use
 * from one thread at a time.
 */
final class ModelWorker implements AutoCloseable {

    private static final int MOST_EVENTS = 500;
    private static final Duration AT_ONCE = Duration.ofMillis(10);
    private static final int CHECKPOINT_EVERY = 16;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final KeptModel kept;
    private final ModelStore parts;
    private final Optional<Consumer<? super Verification>> judge;
    private final LongConsumer applied;
    private final ModelWriter writer;
    private final LiveTables live;
    private final StagedTables staged;
    private int events = MOST_EVENTS;
    private long heldNanos;
    private int transactions;
    private long lastHead = -1;

    /** With someone to tell how far the live tables are. */
    ModelWorker(
            KeptModel kept, ModelStore parts, Optional<Consumer<? super Verification>> judge, LongConsumer applied) {
        this.kept = kept;
        this.parts = parts;
        this.judge = judge;
        this.applied = applied;
        this.writer = parts.writer();
        this.live = new LiveTables(kept, parts.log());
        this.staged = new StagedTables(kept, parts.log(), judge.isPresent());
    }

    private interface Step {
        StepResult run(ModelSession writer, int events, Deadline deadline) throws SQLException;
    }

    /**
     * Begins to build this version, or makes ready to go on, where it is neither live nor given up for another; looks once more, under the
     * lock. Where it is live, a build of another version that stopped beside it is thrown away.
     */
    void beginWhereWanted() {
        transaction(session -> {
            ModelRows.create(session);
            staged.giveUpAbandoned(session);
            if (StagedTables.isWanted(session, kept)) {
                staged.begin(session);
            }
            return true;
        });
    }

    /** Lets what stopped go on; begins to build where an older version is live, and the build was thrown away. */
    void resume() {
        transaction(session -> {
            ModelRows.create(session);
            staged.requireNoneNewer(session);
            ModelRows.resume(session, kept.name());
            if (StagedTables.isWanted(session, kept)) {
                staged.begin(session);
            }
            return true;
        });
    }

    /** Begins to build this version anew, or makes ready to go on with a build that did not stop. */
    void beginRebuild() {
        transaction(session -> {
            ModelRows.create(session);
            staged.requireNoneNewer(session);
            Optional<ModelRows.Tables> build = ModelRows.build(session, kept.name());
            if (build.isPresent() && build.get().isStopped()) {
                ModelRows.giveUp(session, kept.name(), build.get().number());
            }
            staged.begin(session);
            return true;
        });
    }

    /** Whether this version is being built. */
    boolean isBuilding() {
        return parts.read(session -> ModelRows.build(session, kept.name())
                .filter(build -> build.version() == kept.version())
                .isPresent());
    }

    /** Builds until what was built is live, or stops; then takes away what is left over. */
    StepResult build() {
        StepResult result = work(staged::step);
        while (result.kind() == StepResult.Kind.TO_COMPARE) {
            compareAndJudge();
            result = work(staged::step);
        }
        if (result.kind() == StepResult.Kind.DONE) {
            applied.accept(result.upTo());
            clean();
        }
        return result;
    }

    private void compareAndJudge() {
        try {
            parts.read(this::compare).ifPresent(this::judge);
        } catch (StagedComparison.NotComparable e) {
            transaction(session -> refuse(session, String.valueOf(e.getMessage())));
        }
    }

    private boolean refuse(ModelSession session, String cause) throws SQLException {
        Optional<ModelRows.Tables> build =
                ModelRows.build(session, kept.name()).filter(found -> found.version() == kept.version());
        return build.isPresent()
                && staged.refuse(session, build.get().number(), build.get().checkpoint(), cause);
    }

    // With the connection at hand before: who holds the place among the writers waits for nothing.
    private Optional<StagedComparison.Found> compare(ModelSession reader) throws SQLException {
        StagedComparison comparison = new StagedComparison(reader, kept, parts.log());
        workOnce(staged::step, comparison::beginAfter);
        return comparison.compare();
    }

    private void judge(StagedComparison.Found found) {
        long sequence = found.verification().sequence();
        Optional<String> refusal = judge.flatMap(found::refusalBy);
        transaction(session -> refusal.isEmpty()
                ? staged.accept(session, found.number(), sequence)
                : staged.refuse(session, found.number(), sequence, refusal.get()));
    }

    /** Lets the live tables take in what they do not have yet, until they have it or stop. */
    StepResult catchUp() {
        StepResult result = work(live::step);
        if (result.kind() != StepResult.Kind.OTHER_VERSION) {
            applied.accept(result.upTo());
        }
        return result;
    }

    boolean hasLeftovers() {
        return !parts.read(new Leftovers(kept.name())::isEmpty);
    }

    /** Takes away the tables that nothing needs any more. */
    void clean() {
        Leftovers leftovers = new Leftovers(kept.name());
        boolean more = hasLeftovers();
        while (more) {
            parts.requireOpen();
            more = transaction(session -> leftovers.step(session, Deadline.after(AT_ONCE)));
            giveWay(parts.read(ModelSession::position).head());
        }
    }

    private StepResult work(Step step) {
        StepResult result = workOnce(step, done -> {});
        while (result.kind() == StepResult.Kind.MORE || result.kind() == StepResult.Kind.HELD) {
            giveWay(result);
            result = workOnce(step, done -> {});
        }
        return result;
    }

    private StepResult workOnce(Step step, ModelWriter.Then<StepResult> then) {
        parts.requireOpen();
        try {
            StepResult result = transaction(session -> step.run(session, events, Deadline.after(AT_ONCE)), then);
            events = Math.min(MOST_EVENTS, 2 * events);
            return result;
        } catch (SwapRefused e) {
            return transaction(session -> stopAtHead(session, e.text()));
        } catch (RuntimeException | Error e) {
            if (e instanceof EventStoreException || ModelFailed.isOfTheJvm(e)) {
                throw e;
            }
            // One by one, until it is known which event it was.
            return events > 1 ? again() : transaction(session -> stop(session, e));
        }
    }

    private StepResult again() {
        events = 1;
        return new StepResult(StepResult.Kind.MORE, 0, Math.max(0, lastHead));
    }

    private StepResult stop(ModelSession session, Throwable cause) throws SQLException {
        ModelRows.Tables tables = current(session);
        long next = Math.max(tables.checkpoint(), session.position().floor()) + 1;
        return stop(session, tables, next, FailureText.of(cause));
    }

    // It has all events, and may not take the place of the live tables.
    private StepResult stopAtHead(ModelSession session, String cause) throws SQLException {
        return stop(session, current(session), session.position().head(), cause);
    }

    private ModelRows.Tables current(ModelSession session) throws SQLException {
        Optional<ModelRows.Tables> build =
                ModelRows.build(session, kept.name()).filter(found -> found.version() == kept.version());
        Optional<ModelRows.Tables> tables = build.isPresent() ? build : ModelRows.live(session, kept.name());
        return tables.orElse(new ModelRows.Tables(kept.version(), 0, false, ModelRows.LIVE, false));
    }

    private StepResult stop(ModelSession session, ModelRows.Tables tables, long sequence, String cause)
            throws SQLException {
        ModelFailures.of(session, kept.model(), tables.number(), parts.log().clock())
                .stop(sequence, cause);
        return new StepResult(
                StepResult.Kind.STOPPED, tables.checkpoint(), session.position().head());
    }

    <T> T transaction(ModelWork<T> work) {
        return transaction(work, done -> {});
    }

    private <T> T transaction(ModelWork<T> work, ModelWriter.Then<? super T> then) {
        long[] began = new long[1];
        T result = writer.inTransaction(
                session -> {
                    began[0] = System.nanoTime();
                    return work.run(session);
                },
                then);
        heldNanos = System.nanoTime() - began[0];
        if (++transactions % CHECKPOINT_EVERY == 0) {
            writer.tidy();
        }
        return result;
    }

    private void giveWay(StepResult result) {
        if (result.kind() == StepResult.Kind.HELD) {
            pause(LONGEST_PAUSE_NANOS);
        } else {
            giveWay(result.head());
        }
    }

    // Where nobody else writes, there is nobody to give way to.
    private void giveWay(long head) {
        boolean othersWrite = lastHead >= 0 && head != lastHead;
        lastHead = head;
        if (othersWrite || parts.othersWait()) {
            pause(Math.min(2 * heldNanos, LONGEST_PAUSE_NANOS));
        }
    }

    private static void pause(long nanos) {
        Interrupts interrupts = new Interrupts();
        interrupts.pause(nanos);
        interrupts.restore();
    }

    @Override
    public void close() {
        writer.close();
    }
}
