package dev.recount.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of types by their bytes: there are few of them, and a reader of many events makes a string of each but once. Of two
 * names that share a place the later one takes it. Not thread-safe.
 */
final class TypeNames {

    private static final int PLACES = 256;
    private static final int LONGEST = 100;

    private final @Nullable Name[] names = new Name[PLACES];

    @SuppressWarnings("ArrayRecordComponent") // It is copied and stays in here.
    private record Name(byte[] utf8, String text) {}

    /** The name that these bytes stand for. */
    String of(byte[] utf8, int from, int to) {
        if (to - from > LONGEST) {
            return new String(utf8, from, to - from, UTF_8);
        }
        int place = place(utf8, from, to);
        Name known = names[place];
        if (known == null || !Arrays.equals(known.utf8, 0, known.utf8.length, utf8, from, to)) {
            byte[] copy = Arrays.copyOfRange(utf8, from, to);
            known = new Name(copy, new String(copy, UTF_8));
            names[place] = known;
        }
        return known.text;
    }

    private static int place(byte[] utf8, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
