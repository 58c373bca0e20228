package dev.recount.store;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Which events of a log are kept, when its oldest are to be removed for good. Stores that can do so take it in their own
 * {@code retain}.
 *
 * <p>What is removed cannot be brought back: a replay begins with the first event that is left. Receipts are kept, so a repeated
 * command stays harmless.
 *
 * <pre>{@code
 * Retained retained = store.retain(Retention.newest(100_000).by("nightly"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Retention {

    private final Floor floor;
    private final Run run;

    private Retention(Floor floor, Run run) {
        this.floor = floor;
        this.run = run;
    }

    private interface Floor {
        long in(EventStore store, LogInfo info);
    }

    private record Run(Optional<String> by, boolean dry, LongConsumer progress, BooleanSupplier cancelled) {

        static final Run PLAIN = new Run(Optional.empty(), false, floor -> {}, () -> false);
    }

    /**
     * Keeps so many of the newest events.
     *
     * @throws IllegalArgumentException below 0
     */
    public static Retention newest(long events) {
        if (events < 0) {
            throw new IllegalArgumentException("The newest " + events + " events cannot be kept. Give 0 or more.");
        }
        return new Retention((store, info) -> info.head() - events, Run.PLAIN);
    }

    /**
     * Keeps the event of this sequence and all that come after. A store refuses it where the log ends before that: a slip of the hand would
     * remove everything.
     *
     * @throws IllegalArgumentException below 1
     */
    public static Retention from(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("No event has sequence " + sequence + ". Sequences count from 1.");
        }
        return new Retention((store, info) -> requireInLog(sequence, info) - 1, Run.PLAIN);
    }

    private static long requireInLog(long sequence, LogInfo log) {
        if (sequence > log.head() + 1) {
            throw new IllegalArgumentException(
                    "Events from sequence " + sequence + " on cannot be kept: the log ends at " + log.head()
                            + ". Give at most " + (log.head() + 1) + ", which removes all.");
        }
        return sequence;
    }

    /** Keeps what was stored at this time or later. */
    public static Retention from(Instant storedAt) {
        return new Retention((store, info) -> store.sequenceAt(storedAt.minusNanos(1)), Run.PLAIN);
    }

    /** In the name of whoever asked for it; it is kept where the store keeps a record of what was removed. */
    public Retention by(String name) {
        return new Retention(floor, new Run(Optional.of(name), run.dry, run.progress, run.cancelled));
    }

    /** Removes nothing, and tells what it would remove. */
    public Retention asDryRun() {
        return new Retention(floor, new Run(run.by, true, run.progress, run.cancelled));
    }

    /** Tells the sequence up to which it has removed events, again and again. */
    public Retention reportingTo(LongConsumer progress) {
        return new Retention(floor, new Run(run.by, run.dry, progress, run.cancelled));
    }

    /** Stops between two batches when this says so; what was removed by then stays removed. */
    public Retention stoppingWhen(BooleanSupplier cancelled) {
        return new Retention(floor, new Run(run.by, run.dry, run.progress, cancelled));
    }

    /**
     * The floor that it asks for in a log as it is now; never below the floor that is there, nor above the head.
     *
     * @throws IllegalArgumentException where the log ends before the sequence from which it keeps events
     */
    public long floorIn(EventStore store) {
        LogInfo info = store.info();
        return Math.max(info.floor(), Math.min(info.head(), floor.in(store, info)));
    }

    /** Who asked for it. */
    public Optional<String> by() {
        return run.by;
    }

    /** Whether it removes nothing. */
    public boolean isDryRun() {
        return run.dry;
    }

    /** Is told the sequence up to which events were removed. */
    public LongConsumer progress() {
        return run.progress;
    }

    /** Whether it is to stop. */
    public boolean isCancelled() {
        return run.cancelled.getAsBoolean();
    }
}
