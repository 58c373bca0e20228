package dev.recount.store.sqlite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the separators of packed events, eight bytes at a time. Not thread-safe. */
final class Separators {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    // The two separators differ in the lowest bit only.
    private static final long BOTH = EventForm.PART * ONES;

    private final byte[] bytes;
    private int read;
    private long found;
    private long all;

    Separators(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the next one is; -1 where there is none, and all bytes were looked at. */
    int next() {
        while (found == 0) {
            if (read >= bytes.length) {
                return -1;
            }
            found = marks(eight());
            read += Long.BYTES;
        }
        int at = read - Long.BYTES + (Long.numberOfTrailingZeros(found) >>> 3);
        found &= found - 1;
        return at;
    }

    /** Whether no byte so far has its highest bit set. */
    boolean sawAsciiOnly() {
        return (all & ~LOW_BITS) == 0;
    }

    private long eight() {
        long eight = 0;
        if (read <= bytes.length - Long.BYTES) {
            eight = (long) EIGHT.get(bytes, read);
        } else {
            for (int i = bytes.length - 1; i >= read; i--) {
                eight = eight << Byte.SIZE | (bytes[i] & 0xff);
            }
        }
        all |= eight;
        return eight;
    }

    // The highest bit of each byte that is a separator.
    private static long marks(long eight) {
        long zeroWhereFound = (eight | ONES) ^ BOTH;
        return ~(((zeroWhereFound & LOW_BITS) + LOW_BITS) | zeroWhereFound | LOW_BITS);
    }
}
