package dev.recount.store.sqlite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells whether bytes are UTF-8 that every decoder reads alike. */
final class Utf8 {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isWellFormed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (at <= bytes.length - Long.BYTES && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
            } else {
                int length = bytes[at] >= 0 ? 1 : lengthOfMany(bytes, at);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    // Two to four, or 0. The second byte is what overlong forms, surrogates and too large numbers show in.
    private static int lengthOfMany(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = byteAt(bytes, at + 1);
        if (first < 0xe0) {
            return first >= 0xc2 && isBetween(second, 0x80, 0xbf) ? 2 : 0;
        }
        if (first < 0xf0) {
            boolean fits = isBetween(second, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf);
            return fits && isBetween(byteAt(bytes, at + 2), 0x80, 0xbf) ? 3 : 0;
        }
        boolean fits = first <= 0xf4 && isBetween(second, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf);
        return fits && isBetween(byteAt(bytes, at + 2), 0x80, 0xbf) && isBetween(byteAt(bytes, at + 3), 0x80, 0xbf)
                ? 4
                : 0;
    }

    private static int byteAt(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xff : 0;
    }

    private static boolean isBetween(int value, int lowest, int highest) {
        return value >= lowest && value <= highest;
    }
}
