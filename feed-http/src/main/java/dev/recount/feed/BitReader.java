package dev.recount.feed;

/** Reads what a {@link BitWriter} wrote. Not thread-safe: use from one thread at a time. */
final class BitReader {

    private final byte[] bytes;
    private long next;

    BitReader(byte[] bytes) {
        this.bytes = bytes;
    }

    long bits(int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = (number << 1) | bit();
        }
        return number;
    }

    long rice(int width) {
        long high = 0;
        while (bit() == 1) {
            high++;
        }
        if (high > (Long.MAX_VALUE >>> width)) {
            throw new IllegalArgumentException("A number is too large.");
        }
        return (high << width) | bits(width);
    }

    long varint() {
        long number = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            long seven = bits(Byte.SIZE);
            number |= (seven & 127) << shift;
            if (seven < 128) {
                return number;
            }
        }
        throw new IllegalArgumentException("A number is too large.");
    }

    /** Refuses more than the zeros up to a whole byte. */
    void requireEnd() {
        long left = 8L * bytes.length - next;
        if (left >= Byte.SIZE || bits((int) left) != 0) {
            throw new IllegalArgumentException("There is more than there should be.");
        }
    }

    private int bit() {
        int index = (int) (next >>> 3);
        if (index >= bytes.length) {
            throw new IllegalArgumentException("It ends too early.");
        }
        return (bytes[index] >>> (int) (7 - (next++ & 7))) & 1;
    }
}
