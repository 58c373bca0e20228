package dev.recount.store.sqlite;

import java.time.Duration;

/**
 * What is the same for every user of this library. Immutable.
 *
 * @param watch tells of changed files
 * @param storeLooks how often a store that is waited for is looked at
 * @param rigLooks how often a single rig of a town that is waited for is looked at
 * @param townLooks how often the rigs of a town that is waited for are looked at, some of them each time
 * @param cachePages how many pages of 4 KiB a connection that reads may keep
 */
record Tuning(FileWatch watch, Looks storeLooks, Looks rigLooks, Looks townLooks, int cachePages) {

    private static final int SQLITES_OWN_PAGES = 500;
    private static final int FEWEST_PAGES = 8;
    private static final int PAGES_OF_A_TOWN = 8_192;

    static final Tuning DEFAULT = new Tuning(
            FileWatch.ofThisProcess(),
            new Looks(Duration.ofMillis(250), Duration.ofMillis(20)),
            new Looks(Duration.ofSeconds(5), Duration.ofMillis(100)),
            new Looks(Duration.ofMillis(400), Duration.ofMillis(100)),
            SQLITES_OWN_PAGES);

    /** The same with looks as rare as that, whoever waits. */
    Tuning with(FileWatch other, Looks looks) {
        return new Tuning(other, looks, looks, looks, cachePages);
    }

    /**
     * How often a file is looked at that somebody waits for. Immutable.
     *
     * @param watched where the file system tells of changes, to be sure
     * @param unwatched where it does not
     */
    record Looks(Duration watched, Duration unwatched) {}

    /** The same for one of many rigs, which share their memory. */
    Tuning forRigs(int openAtOnce) {
        int share = Math.max(FEWEST_PAGES, Math.min(cachePages, PAGES_OF_A_TOWN / openAtOnce));
        return new Tuning(watch, rigLooks, rigLooks, townLooks, share);
    }

    boolean keepsFewPages() {
        return cachePages < SQLITES_OWN_PAGES;
    }
}
