package dev.recount.examples.dashboard;

import dev.recount.codec.UndecodableEvent;
import dev.recount.event.StoredEvent;
import dev.recount.store.EventStore;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The course of one rig: its states from the first event on, of which every so many are kept, and the moments of its events.
 *
 * <p>It is read once, and then what is new: a state of the past costs some hundred events, not the whole log. Thread-safe.
 */
final class RigCourse<S, E> {

    private static final int PAGE = 500;
    private static final int MOST_KEPT = 256;
    private static final int MOST_ASKED = 8;

    private final String rig;
    private final EventStore store;
    private final ShownSystem<S, E> system;
    private final ReentrantLock lock = new ReentrantLock();
    private final Moments moments = new Moments();
    private final TreeMap<Long, S> kept = new TreeMap<>();
    private final Map<Long, S> asked = new LatestAsked<>();
    private final Set<String> types = new TreeSet<>();
    private String logId = "";
    private long sequence;
    private long keepEvery = PAGE;

    /** The states that were asked for last: the boards and the activity of a moment are two requests. */
    private static final class LatestAsked<S> extends LinkedHashMap<Long, S> {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, S> eldest) {
            return size() > MOST_ASKED;
        }
    }

    RigCourse(String rig, EventStore store, ShownSystem<S, E> system) {
        this.rig = rig;
        this.store = store;
        this.system = system;
    }

    String rig() {
        return rig;
    }

    EventStore store() {
        return store;
    }

    /** Looks at the course up to the head that the log has now. */
    <T> T upToHead(Function<? super RigCourse<S, E>, T> look) {
        lock.lock();
        try {
            catchUp();
            return look.apply(this);
        } finally {
            lock.unlock();
        }
    }

    /** A state in which that event and all before it are applied, and maybe some after it. */
    S stateNotBefore(long event) {
        lock.lock();
        try {
            if (event > sequence) {
                catchUp();
            }
            return kept.lastEntry().getValue();
        } finally {
            lock.unlock();
        }
    }

    /** The sequence up to which the log was read. Only within a look, as all below. */
    long sequence() {
        return sequence;
    }

    Moments moments() {
        return moments;
    }

    /** The types of events that the log holds. */
    Set<String> types() {
        return types;
    }

    /** The state after the last event up to a sequence. */
    S stateAt(long until) {
        S known = asked.get(until);
        if (known == null) {
            known = computed(until);
            asked.put(until, known);
        }
        return known;
    }

    private S computed(long until) {
        Map.Entry<Long, S> start = kept.floorEntry(until);
        long from = start.getKey();
        S state = start.getValue();
        while (from < until) {
            Page page = store.read(
                    Query.all(), ReadOptions.defaults().after(from).until(until).withLimit(PAGE));
            state = after(state, page.events());
            from = page.complete() ? until : page.upTo();
        }
        return state;
    }

    private void catchUp() {
        LogInfo log = store.info();
        if (!log.logId().equals(logId) || log.head() < sequence || log.floor() > kept.firstKey()) {
            startAnew(log);
        }
        while (sequence < log.head()) {
            Page page = store.read(
                    Query.all(),
                    ReadOptions.defaults().after(sequence).until(log.head()).withLimit(PAGE));
            take(page);
        }
    }

    private void startAnew(LogInfo log) {
        logId = log.logId();
        sequence = log.floor();
        moments.startAfter(log.floor());
        types.clear();
        kept.clear();
        asked.clear();
        kept.put(log.floor(), system.projector().initialState());
        keepEvery = PAGE;
    }

    private void take(Page page) {
        S state = after(kept.lastEntry().getValue(), page.events());
        for (StoredEvent event : page.events()) {
            moments.add(event);
            types.add(event.type());
        }
        replaceNewest(page.upTo(), state);
        sequence = page.upTo();
    }

    // The newest state is always kept; the one before it only where it is far enough from the one before that.
    private void replaceNewest(long upTo, S state) {
        long newest = kept.lastKey();
        Long before = kept.lowerKey(newest);
        if (before != null && newest - before < keepEvery) {
            kept.remove(newest);
        }
        kept.put(upTo, state);
        if (kept.size() > MOST_KEPT) {
            thinOut();
        }
    }

    private void thinOut() {
        keepEvery *= 2;
        List<Long> all = new ArrayList<>(kept.keySet());
        for (int i = 1; i < all.size() - 1; i += 2) {
            kept.remove(all.get(i));
        }
    }

    private S after(S state, List<StoredEvent> stored) {
        List<E> events = new ArrayList<>(stored.size());
        for (StoredEvent event : stored) {
            events.addAll(decoded(event));
        }
        return system.projector().projectAll(state, events);
    }

    private List<E> decoded(StoredEvent event) {
        try {
            return system.codec().decode(event);
        } catch (UndecodableEvent e) {
            // A replay leaves it out, too; the activity shows it by its type and data.
            return List.of();
        }
    }
}
