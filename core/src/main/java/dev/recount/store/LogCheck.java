package dev.recount.store;

import java.util.List;

/**
 * The outcome of a check. Immutable.
 *
 * @param events how many events there are
 * @param head the sequence of the newest event ever stored
 * @param floor the sequence up to which events were removed by retention
 * @param logId the identity of the log
 * @param format the version of the format that the log is stored in
 * @param chain {@code ok} or {@code broken}: whether every event's hash follows from the one before, up to the head
 * @param problems the first hundred problems, in the order in which they were found
 * @param problemCount how many problems there are, also those that are not listed; of what a database's own integrity check finds, at
 *     most a hundred
 */
public record LogCheck(
        long events,
        long head,
        long floor,
        String logId,
        int format,
        String chain,
        List<LogProblem> problems,
        long problemCount) {

    /** Copies the problems. */
    public LogCheck {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean ok() {
        return problemCount == 0;
    }
}
