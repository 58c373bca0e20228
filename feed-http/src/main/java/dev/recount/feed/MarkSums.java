package dev.recount.feed;

import java.util.Arrays;

/**
 * Sums over the marks of many rigs, from which a few marks that are not known can be told: the syndromes of a Reed-Solomon code.
 *
 * <p>Sum {@code j} is that of {@code mark * place^j} over all rigs, in the field of integers modulo a prime. Where the marks of some places
 * are not known, what is left without the others must be a sum of that many powers, so that as many sums more than these prove the rest.
 * Not thread-safe: use from one thread at a time.
 */
final class MarkSums {

    /** What sums are below. Marks are below it, too, and places are between 0 and it. */
    static final long PRIME = (1L << 31) - 1;

    private final long[] sums;

    private MarkSums(long[] sums) {
        this.sums = sums;
    }

    /** Of no rigs. */
    static MarkSums empty(int count) {
        return new MarkSums(new long[count]);
    }

    static MarkSums of(long[] sums) {
        return new MarkSums(sums.clone());
    }

    MarkSums copy() {
        return of(sums);
    }

    int count() {
        return sums.length;
    }

    long get(int index) {
        return sums[index];
    }

    void add(long place, long mark) {
        long term = mark;
        for (int j = 0; j < sums.length; j++) {
            sums[j] = (sums[j] + term) % PRIME;
            term = term * place % PRIME;
        }
    }

    void remove(long place, long mark) {
        add(place, PRIME - mark);
    }

    /** Whether these can be the sums of marks at these places; false also where there are too many places to tell. */
    boolean fit(long[] places) {
        long[] polynomial = zeroAt(places);
        for (int j = 0; j + places.length < sums.length; j++) {
            if (applied(polynomial, j) != 0) {
                return false;
            }
        }
        return places.length < sums.length;
    }

    /** The mark at one of these places, where the sums fit them. */
    long markAt(long[] places, int index) {
        long[] others = new long[places.length - 1];
        System.arraycopy(places, 0, others, 0, index);
        System.arraycopy(places, index + 1, others, index, others.length - index);
        long factor = 1;
        for (long other : others) {
            factor = factor * (places[index] - other + PRIME) % PRIME;
        }
        return applied(zeroAt(others), 0) * inverse(factor) % PRIME;
    }

    // It takes every term of its zeros out of the sums, so that what is left is that of the other places.
    private long applied(long[] polynomial, int from) {
        long result = 0;
        for (int k = 0; k < polynomial.length; k++) {
            result = (result + polynomial[k] * sums[from + k]) % PRIME;
        }
        return result;
    }

    /** The coefficients of the polynomial that is zero at these places. */
    private static long[] zeroAt(long[] places) {
        long[] polynomial = {1};
        for (long place : places) {
            long[] product = new long[polynomial.length + 1];
            for (int k = 0; k < polynomial.length; k++) {
                product[k + 1] = (product[k + 1] + polynomial[k]) % PRIME;
                product[k] = (product[k] + polynomial[k] * (PRIME - place)) % PRIME;
            }
            polynomial = product;
        }
        return polynomial;
    }

    private static long inverse(long number) {
        long result = 1;
        long power = number;
        for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = result * power % PRIME;
            }
            power = power * power % PRIME;
        }
        return result;
    }

    @Override
    public String toString() {
        return Arrays.toString(sums);
    }
}
