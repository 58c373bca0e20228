package dev.recount.internal;

import dev.recount.codec.UndecodableEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of stored events on the way to whoever folds them. Not thread-safe: use from one thread at a time. */
interface DecodablePage<E> {

    /** Decodes what can be decoded at once, on whatever thread has the time, before the page is handed on. */
    void decodeAhead();

    int size();

    long sequence(int index);

    String type(int index);

    /** The one event that the stored one stands for, where the whole page was decoded at once; else null. */
    @Nullable
    E decoded(int index);

    /**
     * The events that the stored one stands for.
     *
     * @throws UndecodableEvent where it cannot be decoded
     */
    List<E> decode(int index);

    long upTo();

    boolean complete();
}
