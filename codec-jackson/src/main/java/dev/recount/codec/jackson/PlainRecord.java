package dev.recount.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.introspect.AnnotatedWithParams;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records whose components stand in their order, as this codec writes them; those that may be absent may be left out. So no
 * name can come twice, and none is unknown. Immutable.
 */
final class PlainRecord implements PlainValue {

    private final AnnotatedWithParams constructor;
    private final PlainValue[] values;
    // A comma, the name in quotes, a colon.
    private final byte[][] names;
    private final boolean[] needed;
    private final @Nullable Object[] absent;

    /** With Jackson's way to the constructor, which a module may have opened to Jackson alone. */
    PlainRecord(AnnotatedWithParams constructor, RecordComponent[] components, PlainValue[] values) {
        this.constructor = constructor;
        this.values = values;
        this.names = new byte[components.length][];
        this.needed = new boolean[components.length];
        this.absent = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Class<?> type = components[i].getType();
            names[i] = (",\"" + components[i].getName() + "\":").getBytes(UTF_8);
            needed[i] = type.isPrimitive();
            absent[i] = type == Optional.class ? Optional.empty() : null;
        }
    }

    @Override
    public @Nullable Object read(PlainJson json) {
        if (!json.skip('{')) {
            return null;
        }
        @Nullable Object[] arguments = absent.clone();
        int comma = 1;
        for (int i = 0; i < names.length; i++) {
            if (json.skip(names[i], comma)) {
                Object value = values[i].read(json);
                if (value == null) {
                    return null;
                }
                arguments[i] = value;
                comma = 0;
            } else if (needed[i]) {
                return null;
            }
        }
        return json.skip('}') ? construct(arguments) : null;
    }

    private @Nullable Object construct(@Nullable Object[] arguments) {
        try {
            return constructor.call(arguments);
        } catch (Exception refused) {
            // Jackson gets the same refusal, and says where it comes from.
            return null;
        }
    }
}
