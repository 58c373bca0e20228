package dev.recount.reaction;

import java.util.List;
import java.util.Set;

/**
 * What came of reading a stretch of the log, to be stored in one transaction. Immutable.
 *
 * @param upTo the sequence up to which the log was read: the new checkpoint
 * @param cancelled the keys under which nothing that was there before may wait any longer
 * @param added the reactions to be performed, after that
 */
public record Reacted(long upTo, Set<String> cancelled, List<StoredReaction> added) {

    /** Copies both collections. */
    public Reacted {
        cancelled = Set.copyOf(cancelled);
        added = List.copyOf(added);
    }
}
