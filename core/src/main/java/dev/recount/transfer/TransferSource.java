package dev.recount.transfer;

import dev.recount.store.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * A log as it is stored, for who copies it to another store where it stays the same log: the port that stores implement whose logs can be
 * moved.
 *
 * <p>Each call gives what was committed when it was made. Every call may fail with {@link dev.recount.store.StoreUnavailable}, or with {@link
 * dev.recount.store.StoreClosed} after its store was closed. Thread-safe.
 */
public interface TransferSource {

    /** How far the log is. */
    TransferState state();

    /**
     * The next events in order, above the floor and up to the head, as many as fit: at least one where there is one.
     *
     * @param after the sequence after which they begin
     * @param limit how many at most
     */
    List<TransferRow> rows(long after, int limit);

    /** The hash at a sequence, in hexadecimal; empty below the floor and above the head. */
    Optional<String> chainAt(long sequence);

    /**
     * The next receipts in the order of their keys as the store has it.
     *
     * @param after the key of the receipt before; empty at the beginning
     * @param since only those that were stored when the head was here or further
     * @param limit how many at most; fewer where there are no more
     */
    List<Receipt> receipts(Optional<String> after, long since, int limit);

    /** What stands beside the events. */
    TransferMarks marks();

    /**
     * Ends all appending to the log where it is, in one transaction: from when this returns, whatever an append was told is in what this
     * source gives. Appends are refused with a {@link dev.recount.store.StoreUnavailable} that says where the log went; reading goes on. Sealed
     * with the same transfer already, it stays as it is.
     *
     * @return how far the log is, for good
     * @throws IllegalStateException where the log was sealed for another transfer, or is a copy itself
     */
    TransferState seal(Seal seal);
}
