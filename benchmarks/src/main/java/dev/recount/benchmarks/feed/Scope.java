package dev.recount.benchmarks.feed;

/**
 * What a client asks for. Immutable.
 *
 * @param query the query of its URL
 * @param numbered whether it counts the events of a project; else it counts those of the log
 */
public record Scope(String query, boolean numbered) {

    /** The events of one project, from now on. */
    public static Scope project(int project) {
        return new Scope("?tag=project:" + project, true);
    }

    /** All events, from now on. */
    public static Scope everything() {
        return new Scope("", false);
    }

    /** All events there ever were. */
    public static Scope fromTheBeginning() {
        return new Scope("?after=0", false);
    }
}
