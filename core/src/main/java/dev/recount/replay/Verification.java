package dev.recount.replay;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether a live read model is what a replay from the start of the log gives, and if not, exactly where not. Immutable where the
 * values are.
 *
 * @param model the name of the read model
 * @param sequence the sequence at which both were compared
 * @param compared how many rows there are, on both sides or on one
 * @param agreeing how many of these both sides have, with equal values
 * @param skipped how many events could not be decoded and were left out of the replay
 * @param differences the rows that differ, in the order of the keys; whoever verifies says whether all are listed
 */
public record Verification(
        String model, long sequence, long compared, long agreeing, long skipped, List<RowDifference> differences) {

    /** Copies the differences. */
    public Verification {
        differences = List.copyOf(differences);
    }

    /** Whether nothing differs. */
    public boolean isEqual() {
        return differences.isEmpty();
    }

    /** What was found, in lines for people: each difference, then the sum. */
    public String report() {
        String sum = String.format(
                Locale.ROOT,
                "%s: %,d of %,d rows of %s agree with the replay up to sequence %d.",
                isEqual() ? "equal" : "different",
                agreeing,
                compared,
                model,
                sequence);
        String left = skipped == 0 ? "" : " " + skipped + " events could not be decoded and were left out.";
        return differences.stream().map(difference -> difference + "\n").collect(Collectors.joining()) + sum + left;
    }
}
