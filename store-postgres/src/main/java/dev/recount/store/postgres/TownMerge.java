package dev.recount.store.postgres;

import dev.recount.internal.log.TimeText;
import dev.recount.store.EventStoreException;
import dev.recount.store.EventsRemoved;
import dev.recount.town.RigEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Merges the events of many rigs into one page. The rigs that have run dry are read on by one statement, with more events of each every time. Not
 * thread-safe: made for one page.
 */
final class TownMerge {

    private static final int FEWEST_AT_ONCE = 4;
    private static final int GROWTH = 4;
    private static final int MOST_AT_ONCE = 10_000;
    private static final long MAX_BYTES = 8_000_000;

    private final Session session;
    private final TownQuery query;
    private final int limit;
    private final Map<String, EventStoreException> broken = new HashMap<>();
    private final EventColumns columns = new EventColumns();
    private final List<RigEvent> events = new ArrayList<>();
    private long bytes;
    private int each;
    private boolean complete = true;

    TownMerge(Session session, TownQuery query, int limit) {
        this.session = session;
        this.query = query;
        this.limit = limit;
    }

    /** When the next event of a rig was stored, as it is stored. */
    private record First(String storedAt, RigCourse rig) {}

    /** Those of the rigs that have one of the next events, where these are as many as the page may have. */
    List<RigCourse> withNext(List<RigCourse> rigs) throws SQLException {
        if (rigs.size() <= limit) {
            return rigs;
        }
        List<First> firsts = new ArrayList<>();
        rigByRig(
                rigs,
                some -> session.query(
                        query.firstText(), rows -> addFirst(rows, some, firsts), query.firstArguments(some)));
        Comparator<First> byTime = Comparator.comparing(First::storedAt);
        firsts.sort((query.isNewestFirst() ? byTime.reversed() : byTime)
                .thenComparing(first -> first.rig().name()));
        return firstOf(firsts.stream().map(First::rig).toList());
    }

    /** Those of rigs in order that a page has room for, with an event of each. */
    List<RigCourse> firstOf(List<RigCourse> inOrder) {
        complete = inOrder.size() <= limit;
        return complete ? inOrder : inOrder.subList(0, limit);
    }

    private boolean addFirst(ResultSet row, List<RigCourse> rigs, List<First> firsts) throws SQLException {
        while (row.next()) {
            RigCourse rig = rigs.get(row.getInt(1) - 1);
            String storedAt = row.getString(3);
            if (!isLeft(rig, row.getLong(2))) {
                continue;
            }
            if (storedAt == null) {
                rig.end(1);
            } else {
                firsts.add(new First(storedAt, rig));
            }
        }
        return true;
    }

    private boolean isLeft(RigCourse rig, long floor) {
        try {
            rig.requireLeft(floor);
            return true;
        } catch (EventsRemoved e) {
            leave(rig, e);
            return false;
        }
    }

    private void leave(RigCourse rig, EventStoreException why) {
        broken.put(rig.name(), why);
        rig.breakOff();
    }

    /** The next events of these rigs. */
    List<RigEvent> merge(List<RigCourse> rigs) throws SQLException {
        PriorityQueue<RigCourse> next = new PriorityQueue<>(
                Math.max(1, rigs.size()), query.isNewestFirst() ? RigCourse.NEWEST_FIRST : RigCourse.OLDEST_FIRST);
        each = atOnce(Math.max(FEWEST_AT_ONCE, 2L * limit / Math.max(1, rigs.size())));
        readOn(rigs);
        next.addAll(rigs);
        while (events.size() < limit && !isLarge()) {
            RigCourse first = next.poll();
            if (first == null) {
                break;
            }
            if (first.isReady()) {
                bytes += first.size();
                events.add(first.take());
            } else if (!first.isOver()) {
                readOnWith(first, next);
            }
            if (!first.isOver()) {
                next.add(first);
            }
        }
        complete &= next.stream().allMatch(RigCourse::isOver);
        return events;
    }

    // Who asks for the newest cannot ask for the rest.
    private boolean isLarge() {
        return bytes >= MAX_BYTES && !query.isNewestFirst();
    }

    private void readOnWith(RigCourse dry, PriorityQueue<RigCourse> others) throws SQLException {
        List<RigCourse> rigs = new ArrayList<>(List.of(dry));
        others.stream().filter(rig -> rig.runsLow(each)).forEach(rigs::add);
        each = atOnce((long) GROWTH * each);
        readOn(rigs);
        // What was read may have changed their order.
        List<RigCourse> again = List.copyOf(others);
        others.clear();
        others.addAll(again);
    }

    // One more than there is room for tells whether that is all.
    private int atOnce(long wanted) {
        return (int) Math.min(Math.min(MOST_AT_ONCE, wanted), (long) limit - events.size() + 1);
    }

    private void readOn(List<RigCourse> rigs) throws SQLException {
        rigByRig(rigs, some -> {
            some.forEach(RigCourse::begin);
            session.query(query.nextText(), rows -> add(rows, some), query.nextArguments(some, each, MAX_BYTES));
            some.forEach(rig -> rig.end(each));
        });
    }

    private boolean add(ResultSet row, List<RigCourse> rigs) throws SQLException {
        while (row.next()) {
            RigCourse rig = rigs.get(row.getInt(1) - 1);
            if (isLeft(rig, row.getLong(2)) && row.getObject(4) != null) {
                boolean fits = row.getBoolean(3);
                rig.add(fits ? columns.read(row) : null, row.getLong(12), TimeText.parseTolerantly(row.getString(11)));
            }
        }
        return true;
    }

    private interface Reading {
        void of(List<RigCourse> rigs) throws SQLException;
    }

    // Where a part of the database is damaged, halving finds in few statements whose it is.
    private void rigByRig(List<RigCourse> rigs, Reading reading) throws SQLException {
        if (rigs.isEmpty()) {
            return;
        }
        try {
            reading.of(rigs);
        } catch (SQLException e) {
            if (!PostgresErrors.isDamaged(e)) {
                throw e;
            }
            if (rigs.size() == 1) {
                leave(rigs.get(0), PostgresErrors.of(e, rigs.get(0).head().rig().toString()));
                return;
            }
            rigByRig(rigs.subList(0, rigs.size() / 2), reading);
            rigByRig(rigs.subList(rigs.size() / 2, rigs.size()), reading);
        }
    }

    /** Whether nothing more is to be found, in the rigs that could be read. */
    boolean isComplete() {
        return complete;
    }

    /** The rigs that could not be read on, and why. */
    Map<String, EventStoreException> broken() {
        return broken;
    }
}
