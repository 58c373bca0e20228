package dev.recount.replay;

import java.util.List;

/**
 * What other rules would have decided. Immutable where the commands are.
 *
 * @param sequence the sequence up to which the log was looked through
 * @param decisions how many recorded decisions were compared
 * @param same how many of them would have been the same
 * @param differing those that would not; the first 1,000
 * @param withoutCommand how many events have no recorded command, so that nothing can be said of them
 * @param incomparable how many recorded decisions could not be compared, since something they rest on cannot be read
 * @param problems why, for the first 100 of these
 */
public record WhatIfResult<C>(
        long sequence,
        long decisions,
        long same,
        List<DifferentDecision<C>> differing,
        long withoutCommand,
        long incomparable,
        List<Problem> problems) {

    /** Copies the lists. */
    public WhatIfResult {
        differing = List.copyOf(differing);
        problems = List.copyOf(problems);
    }

    /** Whether every recorded decision could be compared, and would have been the same. */
    public boolean isSame() {
        return same == decisions && incomparable == 0;
    }

    /**
     * A recorded decision that could not be compared. Immutable.
     *
     * @param sequence the sequence of its first event
     * @param reason what cannot be read
     */
    public record Problem(long sequence, String reason) {}
}
