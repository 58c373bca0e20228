package dev.recount.internal;

import dev.recount.codec.EventCodec;
import dev.recount.store.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of whole events, decoded one by one. */
record WholePage<E>(Page page, EventCodec<E> codec) implements DecodablePage<E> {

    @Override
    public void decodeAhead() {
        // Its events are decoded one by one.
    }

    @Override
    public int size() {
        return page.events().size();
    }

    @Override
    public long sequence(int index) {
        return page.events().get(index).sequence();
    }

    @Override
    public String type(int index) {
        return page.events().get(index).type();
    }

    @Override
    public @Nullable E decoded(int index) {
        return null;
    }

    @Override
    public List<E> decode(int index) {
        return codec.decode(page.events().get(index));
    }

    @Override
    public long upTo() {
        return page.upTo();
    }

    @Override
    public boolean complete() {
        return page.complete();
    }
}
