package dev.recount.store.postgres;

import dev.recount.event.StoredEvent;
import dev.recount.store.EventsRemoved;
import dev.recount.town.RigEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How far a page of a town has got in one rig, and what was read ahead of it. Not thread-safe: use from one thread at a time. */
final class RigCourse {

    /** The oldest next event first; of equal times the rig whose name comes first. */
    static final Comparator<RigCourse> OLDEST_FIRST =
            Comparator.comparing(RigCourse::time).thenComparing(RigCourse::name);

    /** The newest next event first. */
    static final Comparator<RigCourse> NEWEST_FIRST =
            Comparator.comparing(RigCourse::time, Comparator.reverseOrder()).thenComparing(RigCourse::name);

    private final RigHead head;
    private final boolean newestFirst;
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private long after;
    private long until;
    private Instant time;
    private int read;
    private boolean cutOff;
    private boolean exhausted;
    private boolean broken;

    private RigCourse(RigHead head, long after, boolean newestFirst, Instant time) {
        this.head = head;
        this.newestFirst = newestFirst;
        this.after = after;
        this.until = head.head();
        this.time = time;
    }

    private record Ahead(StoredEvent event, long size) {}

    /** Backwards from the head. */
    static RigCourse newestFirst(RigHead head) {
        return new RigCourse(head, 0, true, Instant.MAX);
    }

    /** From a sequence on. */
    static RigCourse oldestFirst(RigHead head, long after) {
        return new RigCourse(head, after, false, Instant.MIN);
    }

    RigHead head() {
        return head;
    }

    String name() {
        return head.name();
    }

    /** After which sequence nothing was read yet. */
    long after() {
        return after;
    }

    /** Up to which sequence nothing was read yet. */
    long until() {
        return until;
    }

    /** What no event comes before that is to be taken next. */
    private Instant time() {
        return time;
    }

    /** Its next events are to be read. */
    void begin() {
        read = 0;
        cutOff = false;
    }

    /**
     * Refuses to read on where retention came meanwhile.
     *
     * @throws EventsRemoved where events are gone that were to be read next
     */
    void requireLeft(long floor) {
        if (!newestFirst) {
            EventsRemoved.check(after, floor);
        }
    }

    /** The event after all that were read; without one where all together were too large. */
    void add(@Nullable StoredEvent event, long size, Instant storedAt) {
        if (cutOff || broken) {
            return;
        }
        if (ahead.isEmpty()) {
            time = storedAt;
        }
        if (event == null) {
            cutOff = true;
            return;
        }
        ahead.addLast(new Ahead(event, size));
        read++;
        if (newestFirst) {
            until = event.sequence() - 1;
        } else {
            after = event.sequence();
        }
    }

    /** They were read, as many as there were up to {@code most}. */
    void end(int most) {
        exhausted = !cutOff && read < most;
    }

    /** Nothing more of it can be read. */
    void breakOff() {
        broken = true;
    }

    /** Whether the next event is known. */
    boolean isReady() {
        return !ahead.isEmpty();
    }

    /** Whether nothing more comes. */
    boolean isOver() {
        return ahead.isEmpty() && (exhausted || broken);
    }

    /** Whether little is left of what was read ahead, so that it can be read on together with others. */
    boolean runsLow(int each) {
        return !exhausted && !broken && ahead.size() <= each / 4;
    }

    /** The next event, which is ready. */
    RigEvent take() {
        StoredEvent event = ahead.removeFirst().event();
        Ahead next = ahead.peekFirst();
        time = next == null ? event.storedAt() : next.event().storedAt();
        return new RigEvent(name(), event);
    }

    /** How many bytes the texts of the next event have. */
    long size() {
        Ahead next = ahead.peekFirst();
        return next == null ? 0 : next.size();
    }

    /** Oldest first: the sequence up to which everything was taken. */
    long position() {
        Ahead next = ahead.peekFirst();
        if (next != null) {
            return next.event().sequence() - 1;
        }
        return exhausted && !broken ? head.head() : after;
    }
}
