package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.Append;
import dev.recount.store.AppendCondition;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The newest events before a group. Those who decided at the same time read nearly up to the head, so one statement answers the
 * conditions of all of them. Immutable.
 *
 * @param after the sequence after which the events are here, up to the head
 */
record Recent(long after, List<StoredEvent> events) {

    private static final int MOST = 1_000;
    private static final long MOST_CHARACTERS = 1_000_000;

    /** What the conditions of these appends need; nothing for one alone, who is answered as fast by a look for what it asks. */
    static Recent of(Session session, Rig rig, LogHead log, List<Append> appends) throws SQLException {
        OptionalLong earliest = appends.stream()
                .map(Append::condition)
                .filter(condition -> !condition.isNone() && log.sequence() - condition.after() <= MOST)
                .mapToLong(AppendCondition::after)
                .min();
        if (appends.size() == 1 || earliest.isEmpty() || earliest.getAsLong() >= log.sequence()) {
            return new Recent(log.sequence(), List.of());
        }
        long from = Math.max(earliest.getAsLong(), log.floor());
        Page page = PageReader.read(
                session,
                rig,
                Query.all(),
                ReadOptions.defaults().after(from).until(log.sequence()).withLimit(MOST));
        return page.complete() ? new Recent(from, page.events()) : new Recent(log.sequence(), List.of());
    }

    /** Whether all events after a sequence are here. */
    boolean covers(long sequence) {
        return sequence >= after;
    }

    /** The first event that a condition excludes. */
    Optional<StoredEvent> first(AppendCondition condition) {
        return events.stream()
                .filter(event -> event.sequence() > condition.after()
                        && condition.query().matches(event))
                .findFirst();
    }

    /**
     * What is known once these events were stored, up to {@code head}: of the newest so many as do not weigh much, or of none where they were not
     * kept.
     */
    Recent with(List<StoredEvent> stored, long head) {
        if (stored.isEmpty() || stored.get(stored.size() - 1).sequence() != head) {
            return new Recent(head, List.of());
        }
        List<StoredEvent> all = new ArrayList<>(events);
        all.addAll(stored);
        int from = all.size();
        long characters = 0;
        while (from > 0 && all.size() - from < MOST && characters < MOST_CHARACTERS) {
            from--;
            characters += all.get(from).data().length();
        }
        return new Recent(all.get(from).sequence() - 1, List.copyOf(all.subList(from, all.size())));
    }
}
