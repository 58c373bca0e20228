package dev.recount.store.postgres;

import dev.recount.store.EventStoreException;
import dev.recount.store.LogCorrupt;
import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.town.RigEvent;
import dev.recount.town.TownCursor;
import dev.recount.town.TownPage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of a town: how far all rigs are by one statement, when their next events were stored by one where more rigs have news than the page
 * has room for, and the events by one or a few. Not thread-safe: made for one page.
 */
final class TownReader {

    private final Session session;
    private final Predicate<String> rigs;
    private final Map<String, Checkpoint> cursor = new HashMap<>();
    private final Map<String, EventStoreException> broken = new HashMap<>();

    /** Reads the rigs of these names. */
    TownReader(Session session, Predicate<String> rigs) {
        this.session = session;
        this.rigs = rigs;
    }

    TownPage newest(Query query, int limit) throws SQLException {
        List<RigCourse> courses = new ArrayList<>();
        for (RigHead head : RigHead.of(session, rigs)) {
            cursor.put(head.name(), new Checkpoint(head.logId(), head.head()));
            if (head.head() > head.floor()) {
                courses.add(RigCourse.newestFirst(head));
            }
        }
        TownMerge merge = new TownMerge(session, new TownQuery(query, true), limit);
        return page(merge.merge(query.isAll() ? merge.firstOf(newestFirst(courses)) : merge.withNext(courses)), merge);
    }

    // Each rig says when its newest event was stored.
    private static List<RigCourse> newestFirst(List<RigCourse> rigs) {
        return rigs.stream()
                .sorted(Comparator.comparing((RigCourse rig) -> rig.head().lastStoredAt(), Comparator.reverseOrder())
                        .thenComparing(RigCourse::name))
                .toList();
    }

    TownPage read(TownCursor from, Query query, int limit) throws SQLException {
        cursor.putAll(from.rigs());
        List<RigCourse> courses = new ArrayList<>();
        for (RigHead head : RigHead.of(session, rigs)) {
            Checkpoint checkpoint = from.rigs().get(head.name());
            if (isReadable(head, checkpoint) && head.isAfter(checkpoint)) {
                courses.add(RigCourse.oldestFirst(head, checkpoint == null ? 0 : checkpoint.sequence()));
            }
        }
        TownMerge merge = new TownMerge(session, new TownQuery(query, false), limit);
        List<RigEvent> events = merge.merge(merge.withNext(courses));
        courses.forEach(this::move);
        return page(events, merge);
    }

    private boolean isReadable(RigHead head, @Nullable Checkpoint checkpoint) {
        try {
            if (checkpoint != null) {
                head.require(checkpoint);
            }
            return true;
        } catch (LogCorrupt e) {
            broken.put(head.name(), e);
            return false;
        }
    }

    // A rig in which nothing was read is read from its start, wherever that is by then.
    private void move(RigCourse rig) {
        if (rig.position() > 0) {
            cursor.put(rig.name(), new Checkpoint(rig.head().logId(), rig.position()));
        }
    }

    private TownPage page(List<RigEvent> events, TownMerge merge) {
        broken.putAll(merge.broken());
        return new TownPage(events, new TownCursor(cursor), merge.isComplete(), broken);
    }
}
