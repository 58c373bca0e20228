package dev.recount.store.sqlite;

import dev.recount.event.StoredEvent;
import dev.recount.store.Page;
import dev.recount.store.ReadOptions;
import dev.recount.town.RigEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.function.Function;

/** One rig's events in order, read a few at a time. Not thread-safe: use from one thread at a time. */
final class RigSource {

    /** The oldest next event first; of equal times the rig whose name comes first. */
    static final Comparator<RigSource> OLDEST_FIRST =
            Comparator.comparing((RigSource source) -> source.time).thenComparing(source -> source.rig);

    /** The newest next event first. */
    static final Comparator<RigSource> NEWEST_FIRST = Comparator.comparing(
                    (RigSource source) -> source.time, Comparator.<Instant>reverseOrder())
            .thenComparing(source -> source.rig);

    private static final int MOST_AT_ONCE = 500;

    private final String rig;
    private final Function<ReadOptions, Page> reader;
    private final Deque<StoredEvent> buffer = new ArrayDeque<>();
    private ReadOptions next;
    private Instant time;
    private boolean complete;
    private long upTo;

    /**
     * Nothing is read yet.
     *
     * @param window what to read, with as many events at once as to begin with
     * @param time no event comes before it in the order
     */
    RigSource(String rig, Function<ReadOptions, Page> reader, ReadOptions window, Instant time) {
        this.rig = rig;
        this.reader = reader;
        this.next = window;
        this.time = time;
        this.upTo = window.after();
    }

    String rig() {
        return rig;
    }

    /** Whether the next event is known, and with it its time. */
    boolean isReady() {
        return !buffer.isEmpty();
    }

    /** Reads on where the next event is not known; false where there is none. */
    boolean makeReady() {
        if (buffer.isEmpty() && !complete) {
            readOn();
        }
        StoredEvent first = buffer.peekFirst();
        if (first != null) {
            time = first.storedAt();
        }
        return first != null;
    }

    private void readOn() {
        Page page = reader.apply(next);
        buffer.addAll(page.events());
        complete = page.complete();
        upTo = page.upTo();
        if (!complete) {
            long last = page.events().get(page.events().size() - 1).sequence();
            ReadOptions more = next.withLimit(Math.min(MOST_AT_ONCE, 2 * next.limit()));
            next = next.isNewestFirst() ? more.until(last - 1) : more.after(last);
        }
    }

    /** The next event, which is ready. */
    RigEvent take() {
        return new RigEvent(rig, buffer.removeFirst());
    }

    /** Oldest first: the sequence up to which everything was taken. */
    long position() {
        StoredEvent first = buffer.peekFirst();
        return first == null ? upTo : first.sequence() - 1;
    }
}
