package dev.recount.town;

import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many logs that are read as one: the port that stores of several rigs implement.
 *
 * <p>Rigs share no order. What is promised is each rig's own order, and that every event of every rig comes exactly once to who reads
 * on with the cursor of the page before, also while rigs grow and rigs are added. A rig that cannot be read harms no other.
 *
 * <p>Thread-safe.
 */
public interface Town extends AutoCloseable {

    /**
     * The names of all rigs, sorted.
     *
     * @throws dev.recount.store.StoreUnavailable where the town cannot be read now
     */
    List<String> rigs();

    /** The rig of that name, where there is one. None is ever created. */
    Optional<EventStore> existingRig(String name);

    /**
     * The newest events over all rigs, newest first by {@code storedAt}; of equal times by the names of their rigs.
     *
     * <p>A page's cursor stands behind everything that was stored when its rig was asked: {@link #read} goes on from there.
     *
     * @throws IllegalArgumentException where the limit is below 1
     * @throws dev.recount.store.StoreUnavailable where the town cannot be read now
     * @throws dev.recount.store.StoreClosed after {@link #close}
     */
    TownPage newest(Query query, int limit);

    /**
     * The next events after a cursor over all rigs, merged by {@code storedAt}; of equal times by the names of their rigs.
     *
     * <p>Between rigs there is no promise: an event that became visible after a younger one of another rig was read comes in a later
     * page.
     *
     * <p>A rig that cannot be read, whose log is another than the cursor's, has not got to where the cursor is, or has lost events
     * behind it to retention, is named as broken; the cursor stays where it was in it.
     *
     * @throws IllegalArgumentException where the limit is below 1
     * @throws dev.recount.store.StoreUnavailable where the town cannot be read now
     * @throws dev.recount.store.StoreClosed after {@link #close}
     */
    TownPage read(TownCursor cursor, Query query, int limit);

    /**
     * Waits until any rig has something after the cursor: also a new one, and also by another process. A broken rig need end no
     * waiting; {@link #read} names it.
     *
     * @return whether there is something; false when the time is over
     * @throws dev.recount.store.StoreUnavailable where the town cannot be read now
     * @throws dev.recount.store.StoreClosed after {@link #close}, also for those who wait at that moment
     * @throws InterruptedException where the waiting thread is interrupted
     */
    boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException;

    /**
     * What {@link EventStore#chainsAt} says of each rig at its sequences, by the names of the rigs: one look for all of them.
     *
     * @param sequences those that are asked for, by the names of their rigs
     * @return without the rigs that cannot be read now, and without the sequences that a rig has not
     * @throws dev.recount.store.StoreUnavailable where the town cannot be read now
     * @throws dev.recount.store.StoreClosed after {@link #close}
     */
    Map<String, Map<Long, String>> chainsAt(Map<String, ? extends Collection<Long>> sequences);

    /** Closes all rigs and wakes all who wait for one. Closing again does nothing. */
    @Override
    void close();
}
