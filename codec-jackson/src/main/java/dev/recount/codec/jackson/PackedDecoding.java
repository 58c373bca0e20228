package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.recount.event.PackedEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes packed events with one parser, as long as each event ends where it should. One that does not, or that needs more than
 * its data, is left open, and the parser begins anew after it. So no odd event can shift the next. Made for one page.
 */
final class PackedDecoding<E> {

    private final JsonFactory factory;
    private final PackedEvents events;
    private @Nullable JsonParser parser;
    private int parserStart;

    PackedDecoding(JsonFactory factory, PackedEvents events) {
        this.factory = factory;
        this.events = events;
    }

    /** What is to be decoded how. */
    interface Bindings<E> {
        /** How events of that type and version are read; null where their data alone do not tell. */
        @Nullable
        TypeBinding<? extends E> plain(String type, int version);
    }

    List<@Nullable E> decode(Bindings<E> bindings) {
        List<@Nullable E> decoded = new ArrayList<>(events.size());
        try {
            for (int i = 0; i < events.size(); i++) {
                decoded.add(decode(i, bindings.plain(events.type(i), events.version(i))));
            }
        } finally {
            forgetParser();
        }
        return decoded;
    }

    private @Nullable E decode(int index, @Nullable TypeBinding<? extends E> binding) {
        if (binding == null) {
            forgetParser();
            return null;
        }
        try {
            JsonParser open = parserAt(index);
            E event = binding.readNext(open);
            if (parserStart + open.currentLocation().getByteOffset() == events.end(index)) {
                return event;
            }
        } catch (IOException | RuntimeException unreadable) {
            // Read alone and whole, it gets an error that names it.
        }
        forgetParser();
        return null;
    }

    private JsonParser parserAt(int index) throws IOException {
        JsonParser open = parser;
        if (open == null) {
            parserStart = events.start(index);
            int length = events.utf8().length - parserStart;
            open = new DistinctNames(factory.createParser(events.utf8(), parserStart, length));
            parser = open;
        }
        return open;
    }

    private void forgetParser() {
        if (parser != null) {
            try {
                parser.close();
            } catch (IOException ofAnArray) {
                throw new IllegalStateException("Reading an array in memory cannot fail", ofAnArray);
            }
            parser = null;
        }
    }
}
