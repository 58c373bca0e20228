package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import dev.recount.event.PackedEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes packed events: those in plain form at once, and runs of others with one parser, as long as each ends where it should. One
 * that does not, or that needs more than its data, is left open, and the parser begins anew after it. So no odd event can shift the
 * next. Made for one page.
 */
final class PackedDecoding<E> {

    private final Deserializers deserializers;
    private final PackedEvents events;
    private final PlainJson plain;
    private @Nullable Reading reading;

    PackedDecoding(Deserializers deserializers, PackedEvents events) {
        this.deserializers = deserializers;
        this.events = events;
        this.plain = new PlainJson(events.utf8());
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
        if (binding == null || beginsWithMark(index)) {
            forgetParser();
            return null;
        }
        E event = binding.readPlain(plain, events.start(index), events.end(index));
        if (event == null) {
            return parse(index, binding);
        }
        // The parser would have to read it, too, to get to the next.
        forgetParser();
        return event;
    }

    private @Nullable E parse(int index, TypeBinding<? extends E> binding) {
        try {
            Reading open = openAt(index);
            E event = read(binding, open);
            if (open.position() == events.end(index)) {
                return event;
            }
        } catch (IOException | RuntimeException | StackOverflowError unreadable) {
            // Read alone and whole, it gets an error that names it.
        }
        forgetParser();
        return null;
    }

    private @Nullable E read(TypeBinding<? extends E> binding, Reading open) throws IOException {
        if (deserializers.sharing()) {
            return binding.readNext(open.parser, open.context);
        }
        DefaultDeserializationContext own = deserializers.context(open.parser);
        E event = binding.readNext(open.parser, own);
        own.checkUnresolvedObjectId();
        return event;
    }

    // At its own beginning a parser of bytes skips a byte order mark, which is no JSON.
    private boolean beginsWithMark(int index) {
        int start = events.start(index);
        return start < events.end(index) && events.utf8()[start] == (byte) 0xef;
    }

    private Reading openAt(int index) throws IOException {
        Reading open = reading;
        if (open == null) {
            int start = events.start(index);
            byte[] utf8 = events.utf8();
            JsonParser bytes = deserializers.mapper().createParser(utf8, start, utf8.length - start);
            JsonParser parser = new DistinctNames(bytes);
            open = new Reading(start, bytes, parser, deserializers.context(parser));
            reading = open;
        }
        return open;
    }

    /** A parser that has begun somewhere. The bare one below it tells where it is, which is asked after each event. */
    private record Reading(int start, JsonParser bytes, JsonParser parser, DeserializationContext context) {

        long position() {
            return start + bytes.currentLocation().getByteOffset();
        }
    }

    private void forgetParser() {
        if (reading != null) {
            try {
                reading.parser.close();
            } catch (IOException ofAnArray) {
                throw new IllegalStateException("Reading an array in memory cannot fail", ofAnArray);
            }
            reading = null;
        }
    }
}
