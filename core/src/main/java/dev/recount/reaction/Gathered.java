package dev.recount.reaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The reactions to the events of a page, folded: of one key the last counts. Not thread-safe: use from one thread at a time. */
final class Gathered {

    private final Set<String> cancelled = new LinkedHashSet<>();
    private final List<StoredReaction> added = new ArrayList<>();

    /** All reactions to one event; {@code soon} is when those that are for now are due. */
    <I> void add(long sequence, List<Reaction<I>> reactions, Instant soon) {
        for (int index = 0; index < reactions.size(); index++) {
            Reaction<I> reaction = reactions.get(index);
            String key = reaction.key().orElse(null);
            if (key != null) {
                cancelled.add(key);
                added.removeIf(earlier -> key.equals(earlier.key()));
            }
            if (reaction.intent().isPresent()) {
                Instant due = reaction.due().orElse(soon);
                added.add(StoredReaction.pending(new ReactionId(sequence, index), key, due));
            }
        }
    }

    boolean isEmpty() {
        return cancelled.isEmpty() && added.isEmpty();
    }

    Reacted upTo(long sequence) {
        return new Reacted(sequence, cancelled, added);
    }
}
