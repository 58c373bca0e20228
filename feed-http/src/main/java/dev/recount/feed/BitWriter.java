package dev.recount.feed;

import java.util.Arrays;

/** Writes numbers bit by bit. Not thread-safe: use from one thread at a time. */
final class BitWriter {

    private static final int MOST_AT_ONCE = 32;

    private byte[] bytes = new byte[512];
    private int count;
    private long waiting;
    private int waitingBits;

    /** The lowest bits of a number, the highest of them first. */
    void bits(long number, int width) {
        if (width > MOST_AT_ONCE) {
            bits(number >>> MOST_AT_ONCE, width - MOST_AT_ONCE);
            bits(number, MOST_AT_ONCE);
            return;
        }
        waiting = (waiting << width) | (number & ((1L << width) - 1));
        waitingBits += width;
        while (waitingBits >= Byte.SIZE) {
            waitingBits -= Byte.SIZE;
            add((byte) (waiting >>> waitingBits));
        }
    }

    /** A number from 0 on, in {@code width + 1} bits where it is below {@code 2^width}, and one more for each further {@code 2^width}. */
    void rice(long number, int width) {
        long high = number >>> width;
        for (; high >= MOST_AT_ONCE; high--) {
            bits(1, 1);
        }
        bits(((1L << high) - 1) << 1, (int) high + 1);
        bits(number, width);
    }

    /** A number from 0 on, seven bits in eight. */
    void varint(long number) {
        long rest = number;
        while (rest > 127) {
            bits((rest & 127) | 128, Byte.SIZE);
            rest >>>= 7;
        }
        bits(rest, Byte.SIZE);
    }

    private void add(byte one) {
        if (count == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * count);
        }
        bytes[count++] = one;
    }

    /** All that was written, and zeros up to a whole byte. */
    byte[] toBytes() {
        if (waitingBits > 0) {
            bits(0, Byte.SIZE - waitingBits);
        }
        return Arrays.copyOf(bytes, count);
    }
}
