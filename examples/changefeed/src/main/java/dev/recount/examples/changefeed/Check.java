package dev.recount.examples.changefeed;

/**
 * What a check said of a pull request. Immutable.
 *
 * @param name such as {@code build}
 * @param commit what it looked at
 * @param result what it found
 */
public record Check(String name, String commit, Result result) {

    /** What a check found. */
    public enum Result {
        /** It is not done. */
        RUNNING,
        /** All is well. */
        PASSED,
        /** Something is wrong. */
        FAILED
    }
}
