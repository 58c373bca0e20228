package dev.recount.testkit;

import dev.recount.codec.EventCodec;
import dev.recount.event.NewEvent;
import dev.recount.event.StoredEvent;
import java.util.List;
import java.util.Set;

/** Events that are nothing but the names of their types; it reads whatever is stored. */
final class TypesOnly implements EventCodec<String> {

    @Override
    public NewEvent encode(String type) {
        return NewEvent.of(type, "{}");
    }

    @Override
    public List<String> decode(StoredEvent stored) {
        return List.of(stored.type());
    }

    @Override
    public Set<String> types(Class<? extends String> eventClass) {
        throw new IllegalArgumentException("Every type is one of " + eventClass.getSimpleName() + '.');
    }
}
