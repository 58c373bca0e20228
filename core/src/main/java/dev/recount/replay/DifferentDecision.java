package dev.recount.replay;

import dev.recount.decider.CommandRejected;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision that would have been another one by other rules. Immutable where the command is.
 *
 * @param sequence the sequence of its first event
 * @param command the recorded command
 * @param stored the events that it led to
 * @param decided the events that it would have led to; none where something was thrown instead
 * @param thrown the rejection, where the other rules forbid the command; what else they threw, where they failed; null where they did neither
 */
public record DifferentDecision<C>(
        long sequence,
        C command,
        List<StoredEvent> stored,
        List<NewEvent> decided,
        @Nullable RuntimeException thrown) {

    /** Copies the lists. */
    public DifferentDecision {
        stored = List.copyOf(stored);
        decided = List.copyOf(decided);
    }

    /** Why the other rules forbid the command; empty where they do not. */
    public Optional<CommandRejected> rejected() {
        return thrown instanceof CommandRejected rejected ? Optional.of(rejected) : Optional.empty();
    }

    /** What the other rules threw that is no rejection: a mistake in them; empty where they did not. */
    public Optional<RuntimeException> failure() {
        return rejected().isPresent() ? Optional.empty() : Optional.ofNullable(thrown);
    }
}
