package dev.recount.feed;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The places of rigs by the numbers of these, ready to be written, so that a step in one rig costs little. Not thread-safe: use from one
 * thread at a time.
 */
final class NumberedPlaces {

    private final RigNumbers rigs;
    private final long[] numbers;
    private final long[] sequences;
    private final long[] marks;
    private final MarkSums sums = MarkSums.empty(TownText.MOST_SUMS);
    private final Map<String, Integer> indexes = new HashMap<>();

    private NumberedPlaces(Collection<String> names) {
        this.rigs = RigNumbers.of(names);
        this.numbers = names.stream().mapToLong(rigs::of).sorted().toArray();
        this.sequences = new long[numbers.length];
        this.marks = new long[numbers.length];
        names.forEach(rig -> indexes.put(rig, Arrays.binarySearch(numbers, rigs.of(rig))));
    }

    /** Also numbers the rigs in which a client has read nothing: none of theirs is taken for one in which it has. */
    static NumberedPlaces of(Map<String, RigPlace> places, Collection<String> all) {
        Set<String> names = new HashSet<>(all);
        names.addAll(places.keySet());
        NumberedPlaces numbered = new NumberedPlaces(names);
        places.forEach(numbered::put);
        return numbered;
    }

    /** A rig got on; false where it has no number yet. */
    boolean put(String rig, RigPlace place) {
        Integer index = indexes.get(rig);
        if (index == null) {
            return false;
        }
        // Before its first event a rig is like one that the cursor does not know.
        long mark = place.sequence() == 0 ? 0 : place.mark();
        sums.remove(numbers[index], marks[index]);
        sums.add(numbers[index], mark);
        marks[index] = mark;
        sequences[index] = place.sequence();
        return true;
    }

    String text() {
        int count = 0;
        long[] begun = new long[numbers.length];
        long[] reached = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            if (sequences[i] > 0) {
                begun[count] = numbers[i];
                reached[count++] = sequences[i];
            }
        }
        return new TownText(rigs, Arrays.copyOf(begun, count), Arrays.copyOf(reached, count), sums).toString();
    }
}
