package dev.recount.codec.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads short texts that come again and again (a status, an agent's name) as the same object. A replay makes less garbage, and a read
 * model of many entities is smaller. Thread-safe: a race loses a text from the table, no more.
 */
final class QuickTexts extends StringDeserializer {

    private static final long serialVersionUID = 1;
    private static final int LONGEST = 16;
    private static final int SLOTS = 1_024;

    private final transient String[] known = new String[SLOTS];

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return super.deserialize(parser, context);
        }
        int length = parser.getTextLength();
        return length == 0 || length > LONGEST
                ? parser.getText()
                : known(parser.getTextCharacters(), parser.getTextOffset(), length);
    }

    private String known(char[] characters, int offset, int length) {
        int slot = slot(characters, offset, length);
        String candidate = known[slot];
        if (candidate != null && isThis(candidate, characters, offset, length)) {
            return candidate;
        }
        String text = new String(characters, offset, length);
        known[slot] = text;
        return text;
    }

    // Short texts differ at their ends, and a wrong slot costs no more than an object.
    private static int slot(char[] characters, int offset, int length) {
        int last = offset + length - 1;
        int hash = length * 31 + characters[offset];
        for (int i = last; i > Math.max(offset, last - 4); i--) {
            hash = hash * 31 + characters[i];
        }
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }

    private static boolean isThis(String candidate, char[] characters, int offset, int length) {
        if (candidate.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (candidate.charAt(i) != characters[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
