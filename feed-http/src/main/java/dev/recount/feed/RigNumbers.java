package dev.recount.feed;

import java.util.Collection;

/**
 * Numbers in place of names: from 1 on, within a range that grows with the number of rigs, and with a salt under which those rigs all
 * have different ones. Immutable.
 *
 * @param count how many rigs it was made for
 * @param salt 0 to 255
 */
record RigNumbers(int count, int salt) {

    /** Their numbers are below {@link MarkSums#PRIME}; and a cursor of so many fits into no header. */
    static final int MOST_RIGS = 1 << 16;

    private static final int SALTS = 256;
    private static final int LEAST_WIDTH = 8;

    /** With the first salt that tells these rigs apart. */
    static RigNumbers of(Collection<String> rigs) {
        for (int salt = 0; salt < SALTS; salt++) {
            RigNumbers numbers = new RigNumbers(rigs.size(), salt);
            long different = rigs.stream().mapToLong(numbers::of).distinct().count();
            if (different == rigs.size()) {
                return numbers;
            }
        }
        throw new IllegalStateException("No salt tells " + rigs.size() + " rigs apart.");
    }

    /** The number of a rig, also of one that it was not made for. */
    long of(String rig) {
        // FNV-1a and the last step of SplitMix64: the same on every machine and in every release.
        long hash = 0xcbf29ce484222325L ^ (salt * 0x9e3779b97f4a7c15L);
        for (int i = 0; i < rig.length(); i++) {
            hash = (hash ^ rig.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return 1 + Long.remainderUnsigned(hash, range());
    }

    /** What no number is above: so much that a few salts are enough to find one. */
    long range() {
        int width = LEAST_WIDTH;
        while (count / 4 > (1 << width)) {
            width++;
        }
        return Math.max(1L, count) << width;
    }
}
