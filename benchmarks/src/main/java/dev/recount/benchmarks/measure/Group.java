package dev.recount.benchmarks.measure;

import java.util.List;

/** Measures that belong together. */
public interface Group {

    /** What they are about, in a few words. */
    String title();

    /** What is measured and what the floors are, for the page. */
    String about();

    /** Their names. */
    List<String> measures();

    /** Runs those that are wanted and reports each. */
    void run(Run run) throws Exception;
}
