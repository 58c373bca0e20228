package dev.recount.feed;

import dev.recount.store.Query;

/** What one page is made of. Not thread-safe: made for one answer. */
interface PageSource {

    /** At most so many events in the page. */
    int limit();

    /** Reads on, at most so many events; they belong to the page. */
    Part read(Query query, int most);

    /** The cursor with which a client reads on behind the page. */
    String next();

    /** Adds what the page says besides, each field after a comma. */
    void describe(StringBuilder json);
}
