package dev.recount.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One log of events: the port that stores implement.
 *
 * <p>Every store keeps these promises, and {@code EventStoreContract} of the testkit checks them:
 *
 * <ul>
 *   <li>Sequences are unique and increasing and never used again. When one is visible, nothing below it appears later.
 *   <li>All events of an append get consecutive sequences, or none is stored. No reader sees a part.
 *   <li>Of two appends whose conditions exclude each other exactly one succeeds.
 *   <li>When {@code append} returns, its events are stored as durably as the store promises.
 *   <li>{@code storedAt} never decreases with the sequence.
 * </ul>
 *
 * <p>A store knows no event classes. Thread-safe. A caller that is interrupted leaves a whole append or none.
 */
public interface EventStore extends AutoCloseable {

    /**
     * Reads one page of what a query finds, among the events above the floor.
     *
     * @throws EventsRemoved where it is to begin after a sequence above 0 and below the floor: events are gone that belong there.
     *     After 0 it begins with the first event that is left
     * @throws StoreUnavailable where the log cannot be read now
     * @throws LogCorrupt where what is stored cannot be what was written
     * @throws StoreClosed after {@link #close}
     */
    Page read(Query query, ReadOptions options);

    /**
     * Stores all events of an append, or none.
     *
     * @throws AppendConditionFailed where something matches the condition; read again and decide again
     * @throws EventsRemoved where the condition goes back to a sequence above 0 and below the floor, so nobody can tell; as above
     * @throws ReceiptConflict where the receipt key was used for other content
     * @throws StoreUnavailable where nothing could be stored now
     * @throws StoreClosed after {@link #close}
     * @throws IllegalArgumentException where there is nothing to store, or the condition reads past the head of this log
     */
    Appended append(Append append);

    /**
     * The receipt of a key, where an append with it was stored.
     *
     * @throws StoreClosed after {@link #close}
     */
    Optional<Receipt> receipt(String key);

    /**
     * Waits until something after {@code sequence} is stored, also by another process.
     *
     * @return whether there is something; false when the time is over
     * @throws StoreClosed after {@link #close}, also for those who wait at that moment
     * @throws InterruptedException where the waiting thread is interrupted
     */
    boolean awaitAfter(long sequence, Duration timeout) throws InterruptedException;

    /**
     * What the log says of itself now.
     *
     * @throws StoreClosed after {@link #close}
     */
    LogInfo info();

    /**
     * The sequence of the last event stored at or before {@code time}: what the log was then is all up to it.
     *
     * <p>Found by halving, since {@code storedAt} never decreases with the sequence.
     *
     * @return that sequence; the floor of the log where every event is younger
     * @throws EventsRemoved where retention passed while it was looking
     */
    default long sequenceAt(Instant time) {
        LogInfo info = info();
        long atOrBefore = info.floor();
        long upper = info.head();
        while (atOrBefore < upper) {
            long middle = atOrBefore + (upper - atOrBefore - 1) / 2 + 1;
            Page page = read(
                    Query.all(),
                    ReadOptions.defaults().after(middle - 1).until(upper).withLimit(1));
            if (page.events().isEmpty() || page.events().get(0).storedAt().isAfter(time)) {
                upper = middle - 1;
            } else {
                atOrBefore = page.events().get(0).sequence();
            }
        }
        return atOrBefore;
    }

    /**
     * What tells the history up to {@code sequence} from any other: a reader that kept it notices later that the log was replaced, or
     * that an older copy was restored and went another way.
     *
     * <p>A store that links its events by hashes gives the hash at that sequence, which is the same wherever the events up to it are.
     * Any other gives a hash of the log's id, which cannot tell a copy that went another way.
     *
     * @return at least 32 hexadecimal digits in lower case; empty where the log has no such sequence: below its floor or above its head
     * @throws StoreUnavailable where the log cannot be read now, or follows another one and has not come as far: it may get that sequence yet
     * @throws StoreClosed after {@link #close}
     */
    default Optional<String> chainAt(long sequence) {
        LogInfo info = info();
        boolean there = sequence >= info.floor() && sequence <= info.head();
        return there ? Optional.of(Fingerprint.of(info.logId())) : Optional.empty();
    }

    /**
     * The same of many sequences at once, which a store can find faster than one after the other.
     *
     * @return what {@link #chainAt} says at each of them, by sequence, without those that the log has not
     * @throws StoreUnavailable where the log cannot be read now
     * @throws StoreClosed after {@link #close}
     */
    default Map<Long, String> chainsAt(Collection<Long> sequences) {
        Map<Long, String> chains = new HashMap<>();
        sequences.forEach(sequence -> chainAt(sequence).ifPresent(chain -> chains.put(sequence, chain)));
        return chains;
    }

    /**
     * Reads the same as {@link #read}, oldest first, but only what a codec needs to decode it, and faster.
     *
     * @return empty where this store has no faster way; then {@link #read} does
     * @throws EventsRemoved as {@link #read}
     * @throws StoreUnavailable where the log cannot be read now
     * @throws StoreClosed after {@link #close}
     * @throws IllegalArgumentException where the options ask for the newest first
     */
    default Optional<PackedPage> readPacked(Query query, ReadOptions options) {
        return Optional.empty();
    }

    /** Closes the store and wakes all who wait. Closing again does nothing. */
    @Override
    void close();
}
