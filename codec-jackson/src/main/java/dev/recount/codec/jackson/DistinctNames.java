package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an object in which a name comes twice: one of the two values would be lost.
 *
 * <p>Jackson can do it too, but makes a set for each object; here the few names of an object are compared one by one, and what
 * remembers them is used again for the next object.
 */
final class DistinctNames extends JsonParserDelegate {

    private static final int FEW = 16;

    private final Names outermost = new Names();
    private final List<Names> byDepth = new ArrayList<>(List.of(outermost));
    private Names current = outermost;
    private int depth = -1;

    DistinctNames(JsonParser parser) {
        super(parser);
    }

    // One bit for each hash tells nearly always that a name is new; only where it does not, names are compared.
    private static final class Names {
        private final String[] few = new String[FEW];
        private int count;
        private long hashes;
        private @Nullable Set<String> many;

        void clear() {
            count = 0;
            hashes = 0;
            many = null;
        }

        boolean add(String name) {
            int hash = name.hashCode();
            long bit = 1L << (hash ^ (hash >>> 6));
            boolean maybeKnown = (hashes & bit) != 0;
            hashes |= bit;
            return count < FEW ? addToFew(name, maybeKnown) : addToMany(name);
        }

        private boolean addToFew(String name, boolean maybeKnown) {
            if (maybeKnown && isAmongFew(name)) {
                return false;
            }
            few[count++] = name;
            return true;
        }

        private boolean addToMany(String name) {
            Set<String> more = many;
            if (more == null) {
                more = new HashSet<>(Arrays.asList(few));
                many = more;
            }
            return more.add(name);
        }

        private boolean isAmongFew(String name) {
            for (int i = 0; i < count; i++) {
                if (few[i].equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = delegate.nextToken();
        check(token);
        return token;
    }

    @Override
    public JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    @Override
    public @Nullable String nextFieldName() throws IOException {
        String name = delegate.nextFieldName();
        check(delegate.currentToken());
        return name;
    }

    @Override
    public boolean nextFieldName(SerializableString expected) throws IOException {
        boolean isExpected = delegate.nextFieldName(expected);
        check(delegate.currentToken());
        return isExpected;
    }

    @Override
    public @Nullable String nextTextValue() throws IOException {
        String text = delegate.nextTextValue();
        check(delegate.currentToken());
        return text;
    }

    @Override
    public int nextIntValue(int otherwise) throws IOException {
        int value = delegate.nextIntValue(otherwise);
        check(delegate.currentToken());
        return value;
    }

    @Override
    public long nextLongValue(long otherwise) throws IOException {
        long value = delegate.nextLongValue(otherwise);
        check(delegate.currentToken());
        return value;
    }

    @Override
    public @Nullable Boolean nextBooleanValue() throws IOException {
        Boolean value = delegate.nextBooleanValue();
        check(delegate.currentToken());
        return value;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken token = delegate.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            int open = 1;
            while (open > 0) {
                JsonToken next = nextToken();
                if (next == null) {
                    break;
                }
                open += next.isStructStart() ? 1 : next.isStructEnd() ? -1 : 0;
            }
        }
        return this;
    }

    private void check(@Nullable JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            checkName();
        } else if (token == JsonToken.START_OBJECT) {
            begin();
        } else if (token == JsonToken.END_OBJECT) {
            depth--;
            current = depth < 0 ? outermost : byDepth.get(depth);
        }
    }

    private void checkName() throws IOException {
        String name = delegate.currentName();
        if (!current.add(name)) {
            throw new JsonParseException(this, "Duplicate field '" + name + "'");
        }
    }

    private void begin() {
        depth++;
        if (depth == byDepth.size()) {
            byDepth.add(new Names());
        }
        current = byDepth.get(depth);
        current.clear();
    }
}
