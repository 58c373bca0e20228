package dev.recount.feed;

import java.util.Base64;

/**
 * A town's cursor as it stands in a header: where a client is in rigs that are known by their numbers. Not changed once it is made.
 *
 * <p>docs/decisions/0023 says what is in it, bit by bit.
 *
 * @param rigs how rigs are numbered
 * @param numbers theirs, ascending
 * @param sequences where the client is, in the same order
 * @param sums over the marks there
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand numbers, made for one use
record TownText(RigNumbers rigs, long[] numbers, long[] sequences, MarkSums sums) {

    private static final int VERSION = 1;
    static final int MOST_SUMS = 8;

    private static final int SUM_BITS = 31;
    private static final int WIDTH_BITS = 6;
    private static final int LONGEST = 1 << 20;

    /** As many sums as prove a cursor of so many rigs while some of them cannot be read. */
    static int sumsFor(int count) {
        return Math.min(MOST_SUMS, count + 1);
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException where it is none
     */
    static TownText parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("It has " + text.length() + " characters.");
        }
        BitReader bits = new BitReader(Base64.getUrlDecoder().decode(text));
        requireVersion(bits.bits(Byte.SIZE));
        RigNumbers rigs = new RigNumbers(requireCount(bits.varint()), (int) bits.bits(Byte.SIZE));
        int count = requireCount(bits.varint());
        long[] sums = new long[sumsFor(count)];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = bits.bits(SUM_BITS) % MarkSums.PRIME;
        }
        long[] numbers = numbers(bits, rigs, count);
        long[] sequences = sequences(bits, count);
        bits.requireEnd();
        return new TownText(rigs, numbers, sequences, MarkSums.of(sums));
    }

    private static void requireVersion(long version) {
        if (version != VERSION) {
            throw new IllegalArgumentException("It is of form " + version + ".");
        }
    }

    private static int requireCount(long count) {
        if (count > RigNumbers.MOST_RIGS) {
            throw new IllegalArgumentException("It is of " + count + " rigs.");
        }
        return (int) count;
    }

    private static long[] numbers(BitReader bits, RigNumbers rigs, int count) {
        int width = distanceWidth(rigs, count);
        long[] numbers = new long[count];
        long last = 0;
        for (int i = 0; i < count; i++) {
            last += 1 + bits.rice(width);
            numbers[i] = requireNumber(last);
        }
        return numbers;
    }

    // As many bits as the distance from one number to the next has on average.
    private static int distanceWidth(RigNumbers rigs, int count) {
        return Math.getExponent((double) rigs.range() / Math.max(1, count));
    }

    private static long requireNumber(long number) {
        if (number <= 0 || number >= MarkSums.PRIME) {
            throw new IllegalArgumentException("A rig's number is " + number + ".");
        }
        return number;
    }

    private static long[] sequences(BitReader bits, int count) {
        int width = (int) bits.bits(WIDTH_BITS);
        long[] sequences = new long[count];
        for (int i = 0; i < count; i++) {
            sequences[i] = 1 + bits.rice(width);
            if (sequences[i] <= 0) {
                throw new IllegalArgumentException("A sequence is " + sequences[i] + ".");
            }
        }
        return sequences;
    }

    /** The cursor. */
    @Override
    public String toString() {
        BitWriter bits = new BitWriter();
        bits.bits(VERSION, Byte.SIZE);
        bits.varint(rigs.count());
        bits.bits(rigs.salt(), Byte.SIZE);
        bits.varint(numbers.length);
        for (int i = 0; i < sumsFor(numbers.length); i++) {
            bits.bits(sums.get(i), SUM_BITS);
        }
        writeNumbers(bits);
        writeSequences(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits.toBytes());
    }

    private void writeNumbers(BitWriter bits) {
        int width = distanceWidth(rigs, numbers.length);
        long last = 0;
        for (long number : numbers) {
            bits.rice(number - last - 1, width);
            last = number;
        }
    }

    private void writeSequences(BitWriter bits) {
        int width = width();
        bits.bits(width, WIDTH_BITS);
        for (long sequence : sequences) {
            bits.rice(sequence - 1, width);
        }
    }

    // Half of all numbers of that mean, or more, need no further bit.
    private int width() {
        double sum = 0;
        for (long sequence : sequences) {
            sum += sequence;
        }
        double mean = sum / Math.max(1, sequences.length);
        return mean < 2 ? 0 : Math.getExponent(mean);
    }
}
