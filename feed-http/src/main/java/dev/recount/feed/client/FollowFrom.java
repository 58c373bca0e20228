package dev.recount.feed.client;

/** Where a follower begins that has no cursor, or whose cursor is of no use any more. */
public enum FollowFrom {
    /** With the first event that the feed still has. */
    START,
    /** With what comes from now on. */
    HEAD
}
