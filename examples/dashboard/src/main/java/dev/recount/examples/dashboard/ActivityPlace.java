package dev.recount.examples.dashboard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the activity, which runs from the newest moment to the oldest, in one moment by the names of the rigs, and in a rig from the
 * newest event to the oldest. Immutable.
 */
record ActivityPlace(long moment, long sequence, String rig) {

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,16})_(\\d{1,18})_(.{1,64})");

    static ActivityPlace parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw Asked.invalid("older", text, "is not a place of the activity. Give what a page before said.");
        }
        return new ActivityPlace(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    /** The newest sequence of a rig that comes after this place. */
    long lastBefore(String otherRig, Moments moments) {
        int order = otherRig.compareTo(rig);
        if (order == 0) {
            return sequence - 1;
        }
        return moments.sequenceAt(order > 0 ? moment : moment - 1);
    }

    @Override
    public String toString() {
        return moment + "_" + sequence + "_" + rig;
    }
}
