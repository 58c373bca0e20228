package dev.recount.feed.client;

import dev.recount.event.NewEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Is told what a feed sends.
 *
 * <p>Called by one thread at a time. What a method throws ends the follower, with its cursor before what was told; follow again from there when the cause is mended. While a method runs nothing more is read: a slow
 * observer is just behind, and what it has not been told yet waits in the feed's log.
 */
public interface FeedObserver {

    /** The next stored event: every one that the feed shows, in order, once; except those that come as {@link #unreadable}. */
    void event(FedEvent event);

    /**
     * A stored event came without its content, since the host of the feed could not write it; what went wrong is in the server's log. The
     * follower goes on behind it. By default nothing but the cursor is told, as {@link #reached} does.
     *
     * @param rig whose log it is in
     * @param sequence its place there
     * @param type its type
     * @param cursor as {@link FedEvent#cursor}
     */
    default void unreadable(String rig, long sequence, String type, String cursor) {
        reached(cursor);
    }

    /**
     * The feed cannot go on where this follower was: the log was replaced, set back, or lost events to retention. What was built from
     * the feed may rest on events that are no more.
     *
     * @param reason {@code AHEAD_OF_HEAD}, {@code BELOW_FLOOR}, {@code OTHER_LOG}, or one that later feeds have
     * @param message why, for people
     * @return {@link FollowFrom#START} to be told everything anew, for who forgets what it has built; {@link FollowFrom#HEAD} to be told
     *     only what comes from now on
     */
    FollowFrom reset(String reason, String message);

    /** The cursor moved without an event, past what this follower does not see: saved, it spares the feed reading that again. */
    default void reached(String cursor) {}

    /**
     * A piece of the stream was told to its end: one event, or as many as came together. A good moment to commit what the calls before
     * changed, together with the last cursor, in one transaction.
     */
    default void drained() {}

    /** An event that is not stored: it has no place in the log and moves no cursor, and who is not there misses it. */
    default void ephemeral(String rig, NewEvent event) {}

    /**
     * Some rigs of a town cannot be read now. The others go on, and so do these when they can be read again: nothing is lost. A new
     * connection begins with none.
     *
     * @param rigs all that are broken now; empty where none is any more
     */
    default void broken(List<BrokenRig> rigs) {}

    /** A connection was made. */
    default void connected() {}

    /**
     * There is no connection: it was lost, or could not be made.
     *
     * @param why what happened
     * @param pause how long until the next try
     */
    default void disconnected(Exception why, Duration pause) {}

    /**
     * The follower ended.
     *
     * @param failure what ended it, such as an {@link UnusableFeed} or what this observer threw; empty where it was closed
     */
    default void ended(Optional<Throwable> failure) {}
}
