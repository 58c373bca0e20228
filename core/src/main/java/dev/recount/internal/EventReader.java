package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.codec.UndecodableEvent;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stretch of a log, oldest first, each decoded once; the one way in which replays and decisions read.
 *
 * <p>It reads page by page, so its memory does not grow with the log. Where the log turns out to be long, a second thread reads
 * ahead while this one folds, and they share the decoding.
 *
 * <p>Not thread-safe: use from one thread at a time.
 *
 * @param <E> the events
 */
public final class EventReader<E> implements Iterator<E>, AutoCloseable {

    // A thread costs about as much as reading one page; a few pages tell that there is more to come.
    private static final int PAGES_BEFORE_READING_AHEAD = 8;

    private final Pages<E> pages;
    private final Watcher watcher;
    private final boolean mayReadAhead;
    private @Nullable ReadAhead<E> ahead;
    private @Nullable DecodablePage<E> page;
    private int index;
    private int pagesRead;
    private Iterator<E> several = Collections.emptyIterator();
    private @Nullable E next;
    private long upTo;
    private long sequence;
    private String type = "";
    private long stored;
    private boolean reading;
    private boolean ended;

    /**
     * Begins before the first event that the options allow.
     *
     * @param mayReadAhead whether a second thread may be used
     */
    public EventReader(
            EventStore store,
            EventCodec<E> codec,
            Query query,
            ReadOptions options,
            boolean mayReadAhead,
            Watcher watcher) {
        this.pages = new Pages<>(store, codec, query, options);
        this.mayReadAhead = mayReadAhead;
        this.watcher = watcher;
        this.upTo = options.after();
        this.sequence = options.after();
    }

    /** Is told what goes on between two events. What it throws ends the reading. */
    public interface Watcher {

        /** All events up to {@code upTo} have been handed out, and a page is to be read. */
        default void beforePage(long upTo) {}

        /** All events up to {@code upTo} have been handed out, {@code stored} of them decoded. */
        default void afterPage(long upTo, long stored) {}

        /** An event cannot be decoded; it is passed over unless this throws. */
        void undecodable(UndecodableEvent problem);
    }

    @Override
    public boolean hasNext() {
        if (next != null) {
            return true;
        }
        reading = true;
        boolean found = find();
        reading = false;
        return found;
    }

    @Override
    public E next() {
        E event = hasNext() ? next : null;
        if (event == null) {
            throw new NoSuchElementException("The log was read up to sequence " + upTo + ".");
        }
        next = null;
        return event;
    }

    /**
     * The sequence up to which the log was read.
     *
     * @throws IllegalStateException where events are left: a projector that does not take all of a batch would lose them
     */
    public long requireEnd() {
        if (hasNext()) {
            throw new IllegalStateException("A projector's projectAll ended before sequence " + sequence
                    + ", which it had been given. It must go over all events, once.");
        }
        return upTo;
    }

    /** The sequence of the stored event that comes next, or was the last one handed out. */
    public long sequence() {
        return sequence;
    }

    /** The type of that stored event. */
    public String type() {
        return type;
    }

    /** How many stored events were decoded. */
    public long stored() {
        return stored;
    }

    /** Whether what was thrown just now came from reading, not from whoever takes the events. */
    public boolean isReading() {
        return reading;
    }

    /** Ends the second thread where there is one; nothing is read afterwards. */
    @Override
    public void close() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
    }

    private boolean find() {
        while (next == null) {
            DecodablePage<E> current = page;
            if (several.hasNext()) {
                next = several.next();
            } else if (current != null && index < current.size()) {
                decode(current, index++);
            } else if (!turnPage(current)) {
                return false;
            }
        }
        return true;
    }

    private void decode(DecodablePage<E> current, int at) {
        sequence = current.sequence(at);
        type = current.type(at);
        E decoded = current.decoded(at);
        if (decoded != null) {
            stored++;
            next = decoded;
            return;
        }
        try {
            several = current.decode(at).iterator();
            stored++;
        } catch (UndecodableEvent e) {
            watcher.undecodable(e);
        }
    }

    private boolean turnPage(@Nullable DecodablePage<E> done) {
        if (ended) {
            return false;
        }
        if (done != null) {
            upTo = done.upTo();
            ended = done.complete();
            watcher.afterPage(upTo, stored);
            if (ended) {
                return false;
            }
        }
        watcher.beforePage(upTo);
        page = read();
        index = 0;
        return true;
    }

    private DecodablePage<E> read() {
        if (ahead == null && mayReadAhead && pagesRead == PAGES_BEFORE_READING_AHEAD) {
            ahead = ReadAhead.start(pages, upTo);
        }
        pagesRead++;
        return ahead == null ? pages.after(upTo) : ahead.next();
    }
}
