package dev.recount;

import dev.recount.codec.EventCodec;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.UndecodableEvent;
import dev.recount.decider.Projector;
import dev.recount.store.AppendCondition;
import dev.recount.store.EventStore;
import dev.recount.store.Query;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a query finds in a log, up to the head that the log had when it was read.
 *
 * <p>Events are read page by page while they are iterated over, so a history may be as long as the log. Since a log only grows,
 * iterating again gives the same events. Events of types unknown to the codec belong to others and are passed over.
 *
 * <pre>{@code
 * History<SeatEvent> history = log.read(Query.tagged("seat", "12A"));
 * if (history.stream().noneMatch(recorded -> recorded.event() instanceof SeatTaken)) {
 *     log.append(List.of(new SeatTaken("12A", "Ada")), history.unchanged());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class History<E> implements Iterable<RecordedEvent<E>> {

    private final EventStore store;
    private final EventCodec<E> codec;
    private final Query query;
    private final long upTo;

    History(EventStore store, EventCodec<E> codec, Query query, long upTo) {
        this.store = store;
        this.codec = codec;
        this.query = query;
        this.upTo = upTo;
    }

    /** The sequence up to which the log was read. */
    public long upTo() {
        return upTo;
    }

    /** The condition that nothing this query finds was stored since. */
    public AppendCondition unchanged() {
        return AppendCondition.noneMatching(query).after(upTo);
    }

    /** The state that a projector computes from these events. */
    public <S> S fold(Projector<S, ? super E> projector) {
        S state = projector.initialState();
        for (RecordedEvent<E> recorded : this) {
            state = projector.project(state, recorded.event());
        }
        return state;
    }

    /** The events in order. */
    public Stream<RecordedEvent<E>> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * The events in order.
     *
     * @throws UndecodableEvent (from its {@code next} and {@code hasNext}) where an event of a known type cannot be read
     */
    @Override
    public Iterator<RecordedEvent<E>> iterator() {
        return new HistoryIterator<>(store, codec, query, upTo);
    }

    /** The events in order, as {@link #iterator} gives them. */
    @Override
    public Spliterator<RecordedEvent<E>> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
    }
}
