package dev.recount.store.postgres;

import dev.recount.store.EventStoreException;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The pages of several databases as one. Not thread-safe: made for one page. */
final class MergedPage {

    private static final Comparator<RigEvent> OLDEST_FIRST = Comparator.comparing(
                    (RigEvent found) -> found.event().storedAt())
            .thenComparing(RigEvent::rig)
            .thenComparing(found -> found.event().sequence());

    private static final Comparator<RigEvent> NEWEST_FIRST = Comparator.comparing(
                    (RigEvent found) -> found.event().storedAt(), Comparator.reverseOrder())
            .thenComparing(RigEvent::rig)
            .thenComparing(found -> found.event().sequence(), Comparator.reverseOrder());

    private final List<Part> parts;
    private final int limit;
    private final Map<String, Checkpoint> cursor;
    private final Map<String, EventStoreException> broken;
    private final List<RigEvent> events = new ArrayList<>();
    private boolean complete = true;

    private MergedPage(
            Map<String, Checkpoint> from, List<TownPage> pages, Map<String, EventStoreException> broken, int limit) {
        this.cursor = new HashMap<>(from);
        this.broken = new HashMap<>(broken);
        this.parts = pages.stream().map(Part::new).toList();
        this.limit = limit;
        pages.forEach(page -> {
            cursor.putAll(page.next().rigs());
            this.broken.putAll(page.broken());
        });
    }

    /** What is left of one page. */
    private static final class Part {

        private final TownPage page;
        private int taken;

        Part(TownPage page) {
            this.page = page;
        }

        boolean hasNext() {
            return taken < page.events().size();
        }

        RigEvent next() {
            return page.events().get(taken);
        }

        List<RigEvent> rest() {
            return page.events().subList(taken, page.events().size());
        }
    }

    /** The newest of all; each page gives as many as are asked for. */
    static TownPage newest(List<TownPage> pages, Map<String, EventStoreException> broken, int limit) {
        MergedPage merged = new MergedPage(Map.of(), pages, broken, limit);
        merged.merge(NEWEST_FIRST);
        return merged.page();
    }

    /** The next of all after a cursor; each page gives as many as are asked for, or says that there are more. */
    static TownPage next(TownCursor from, List<TownPage> pages, Map<String, EventStoreException> broken, int limit) {
        MergedPage merged = new MergedPage(from.rigs(), pages, broken, limit);
        merged.merge(OLDEST_FIRST);
        merged.parts.forEach(part -> merged.leave(part.rest()));
        return merged.page();
    }

    private void merge(Comparator<RigEvent> order) {
        PriorityQueue<Part> next = new PriorityQueue<>(Comparator.comparing(Part::next, order));
        parts.stream().filter(Part::hasNext).forEach(next::add);
        boolean ended = parts.stream().anyMatch(MergedPage::isCutOff);
        while (!ended && !next.isEmpty() && events.size() < limit) {
            Part first = next.remove();
            events.add(first.next());
            first.taken++;
            if (first.hasNext()) {
                next.add(first);
            } else {
                // What comes next in that database is not known, and may be older than what the others have.
                ended = isCutOff(first);
            }
        }
        complete = next.isEmpty() && parts.stream().allMatch(part -> part.page.complete());
    }

    private static boolean isCutOff(Part part) {
        return !part.hasNext() && !part.page.complete();
    }

    // The cursor stays before the first event of each rig that was not taken.
    private void leave(List<RigEvent> rest) {
        Map<String, Long> firsts = new HashMap<>();
        rest.forEach(left -> firsts.putIfAbsent(left.rig(), left.event().sequence()));
        firsts.forEach((rig, first) -> cursor.compute(
                rig,
                (name, behind) -> behind == null || first == 1 ? null : new Checkpoint(behind.logId(), first - 1)));
    }

    private TownPage page() {
        return new TownPage(events, new TownCursor(cursor), complete, broken);
    }
}
