package dev.recount.reaction;

import java.time.Duration;

/** How long a setting may be. Beyond, the arithmetic of clocks overflows, long after the setting was made. */
final class LongestTime {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private LongestTime() {}

    static Duration require(String what, Duration time) {
        if (time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " of " + time + " is too long. Give at most " + LONGEST.toDays() + " days.");
        }
        return time;
    }
}
