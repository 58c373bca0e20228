package dev.recount.reaction;

import dev.recount.subscription.Checkpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reactor is. Immutable.
 *
 * @param checkpoint all events up to it have been reacted to; their reactions are done, or stored to be performed
 * @param pending how many reactions wait for their time or their next try
 * @param retrying how many of these were begun before
 * @param parked how many failed as often as they may
 * @param rejected how many outcomes the rules refused
 * @param nextDue when the next pending one is due; null where none waits
 * @param lease who runs it, and until when; null where nobody does
 */
public record ReactorStatus(
        Checkpoint checkpoint,
        long pending,
        long retrying,
        long parked,
        long rejected,
        @Nullable Instant nextDue,
        @Nullable Lease lease) {

    ReactorStatus readUpTo(long sequence) {
        Checkpoint read = new Checkpoint(checkpoint.logId(), Math.max(sequence, checkpoint.sequence()));
        return new ReactorStatus(read, pending, retrying, parked, rejected, nextDue, lease);
    }

    boolean isIdle(long sequence, Instant now) {
        return checkpoint.sequence() >= sequence && (nextDue == null || nextDue.isAfter(now));
    }
}
