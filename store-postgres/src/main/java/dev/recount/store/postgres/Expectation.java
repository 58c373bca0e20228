package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of its log from having appended last, so that the next append need not ask for it. It is a guess: others may have written
 * since, and where they do so again and again, it pays less to guess. Not thread-safe: only who leads the appends uses it.
 */
final class Expectation {

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int LONGEST_PAUSE = 64;

    private @Nullable LogHead head;
    private Recent recent = new Recent(0, List.of());
    private int pause;
    private int left;

    /** Whether it pays to guess. */
    boolean isKnown() {
        boolean pays = left == 0;
        left = Math.max(0, left - 1);
        return pays && head != null;
    }

    /** The log as it probably is, where these appends can be stored by that. */
    Optional<LogHead> headFor(List<Append> appends) {
        return Optional.ofNullable(head)
                .filter(known -> isOneStatement(appends)
                        && appends.stream()
                                .allMatch(append -> answers(known, append.condition(), appends.size() == 1)));
    }

    private static boolean isOneStatement(List<Append> appends) {
        long events = 0;
        long characters = 0;
        for (Append append : appends) {
            if (append.events().isEmpty()) {
                return false;
            }
            events += append.events().size();
            characters += append.events().stream()
                    .mapToLong(event -> event.data().length())
                    .sum();
        }
        return events <= MOST_EVENTS && characters <= MOST_CHARACTERS;
    }

    // Whoever is to be refused is refused by what the log says, not by a guess. One alone can have the server look.
    private boolean answers(LogHead known, AppendCondition condition, boolean alone) {
        long after = condition.after();
        if (condition.isNone() || after > known.sequence()) {
            return after <= known.sequence();
        }
        boolean free = recent.covers(after) ? recent.first(condition).isEmpty() : alone;
        return free && after >= known.floor();
    }

    /** The newest events of the log. */
    Recent recent() {
        return recent;
    }

    /** So it is now: with these events, if they were kept, after those that were known before them. */
    void isNow(LogHead next, Recent before, List<StoredEvent> stored) {
        head = next;
        recent = before.with(stored, next.sequence());
    }

    /** Whether the guess was right. */
    void was(boolean right) {
        pause = right ? 0 : Math.min(LONGEST_PAUSE, Math.max(1, 2 * pause));
        left = pause;
    }
}
