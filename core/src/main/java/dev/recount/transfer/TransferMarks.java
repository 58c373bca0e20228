package dev.recount.transfer;

import dev.recount.reaction.StoredReaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands beside the events of a log: how far those are who react to it or read it, and what was removed. Immutable.
 *
 * @param receipts how many receipts there are
 */
public record TransferMarks(
        List<Reactor> reactors,
        List<Reaction> reactions,
        List<Consumer> consumers,
        List<Removal> removals,
        long receipts) {

    /** Copies the lists. */
    public TransferMarks {
        reactors = List.copyOf(reactors);
        reactions = List.copyOf(reactions);
        consumers = List.copyOf(consumers);
        removals = List.copyOf(removals);
    }

    /** How far a reactor is; who runs it now is not told, since nobody does once the log was moved. */
    public record Reactor(String name, String logId, long checkpoint, long fence) {}

    /** What a reactor has still to do. */
    public record Reaction(String reactor, StoredReaction stored) {}

    /** How far a registered consumer has read. */
    public record Consumer(String name, long checkpoint, Instant seenAt) {}

    /** What a retention has removed. */
    public record Removal(Instant at, Optional<String> by, long floorBefore, long floor, long events) {}
}
