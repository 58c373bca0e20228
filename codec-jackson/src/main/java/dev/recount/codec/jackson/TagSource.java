package dev.recount.codec.jackson;

import dev.recount.event.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the values of one tag key from an event. */
record TagSource<T>(String key, Function<? super T, ? extends @Nullable Object> value) {

    static <T> TagSource<T> of(String key, Function<? super T, ? extends @Nullable Object> value) {
        Tags.of(key, "a value, to have the key checked now");
        return new TagSource<>(key, value);
    }

    void addTo(List<String> tags, T event) {
        add(tags, value.apply(event));
    }

    private void add(List<String> tags, @Nullable Object found) {
        if (found instanceof Collection<?> several) {
            several.forEach(one -> add(tags, one));
        } else if (found instanceof Optional<?> optional) {
            optional.ifPresent(one -> add(tags, one));
        } else if (found instanceof OptionalInt optional) {
            optional.ifPresent(one -> add(tags, one));
        } else if (found instanceof OptionalLong optional) {
            optional.ifPresent(one -> add(tags, one));
        } else if (found != null) {
            tags.add(key + ':' + text(found));
        }
    }

    // A constant's name is what JSON holds; its toString may be made for people and change.
    private static String text(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }
}
