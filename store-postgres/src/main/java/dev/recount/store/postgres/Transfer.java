package dev.recount.store.postgres;

import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreUnavailable;
import dev.recount.transfer.TransferSource;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Takes a log from elsewhere into a rig of a town, where it stays the same log: sequences, times, texts, hashes, log id, floor and receipts
 * are as they were, byte by byte, so that cursors, checkpoints and receipts hold. Each event's hash is verified on the way.
 *
 * <pre>{@code
 * Transfer transfer = Transfer.of(file.transferSource(), town, "gastown");
 * transfer.copy();                               // as often as one likes; the rig can be read, and is a copy
 * Transferred moved = transfer.move("town");     // the file takes no appends from now on, the rig does
 * }</pre>
 *
 * <p>Both go on from what is there. Whoever is killed in the middle runs the same again; where nothing is left to do, that does nothing. At
 * every moment the log can be appended to in one place at most: in its source until that is sealed, in the rig from when that has everything.
 * Between the two, and after a kill between the two, in none.
 *
 * <p>The role must own the schema. Read models, snapshots and who runs a reactor are not transferred. Immutable.
 */
public final class Transfer {

    private final TransferSource source;
    private final PostgresTown town;
    private final String rig;
    private final Watcher watcher;

    private Transfer(TransferSource source, PostgresTown town, String rig, Watcher watcher) {
        this.source = source;
        this.town = town;
        this.rig = rig;
        this.watcher = watcher;
    }

    /** Who is told and asked on the way. */
    record Watcher(LongConsumer progress, BooleanSupplier cancelled) {}

    /**
     * The transfer of a log to a rig of that name.
     *
     * @param rig 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}, not {@code .} first
     * @throws IllegalArgumentException where it is no such name
     */
    public static Transfer of(TransferSource source, PostgresTown town, String rig) {
        Rig.requireName(rig);
        return new Transfer(source, town, rig, new Watcher(sequence -> {}, () -> false));
    }

    /** Tells the sequence up to which the rig has the log's events, again and again. */
    public Transfer reportingTo(LongConsumer progress) {
        return new Transfer(source, town, rig, new Watcher(progress, watcher.cancelled));
    }

    /** Stops between two pages when this says so. What was taken in stays. */
    public Transfer stoppingWhen(BooleanSupplier cancelled) {
        return new Transfer(source, town, rig, new Watcher(watcher.progress, cancelled));
    }

    /**
     * Brings the rig up to the head that the log has now. The rig can be read meanwhile, and refuses appends with a {@link StoreUnavailable}:
     * they belong to its source. Receipts and what reactors have to do come with {@link #move} only.
     *
     * @throws IllegalStateException where the rig is something else than a copy of this log, or cannot be brought up to it: it has events that the log
     *     has not, or retention has removed events that it has not
     * @throws LogCorrupt where an event is not what its hash covers
     * @throws StoreUnavailable where one of the two cannot be reached, or the role may not do what is needed
     * @throws CancellationException where it was told to stop, or its thread is interrupted, between two pages
     */
    public Transferred copy() {
        return new TransferRun(source, town, rig, watcher).copy();
    }

    /**
     * Brings all of the log to the rig, seals it in its source, and opens the rig for appends.
     *
     * <p>Appends are refused at the source from when it is sealed, with a {@link StoreUnavailable} that says where it went, and taken by the rig
     * from when this returns. That lasts as long as it takes to copy what was appended in the last moments.
     *
     * @param movedTo where the source says that it went, in words for people
     * @throws IllegalStateException as {@link #copy}; or where the log was moved elsewhere before, or is a copy itself
     * @throws LogCorrupt as {@link #copy}
     * @throws StoreUnavailable as {@link #copy}; also where the source was opened to read only
     * @throws CancellationException as {@link #copy}; never once the source is sealed
     */
    public Transferred move(String movedTo) {
        return new TransferRun(source, town, rig, watcher).move(movedTo);
    }
}
