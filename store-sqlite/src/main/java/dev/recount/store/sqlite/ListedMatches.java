package dev.recount.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The events of sequences that were found before. */
final class ListedMatches implements Matches {

    private final Session session;
    private final long[] ascending;

    ListedMatches(Session session, long[] ascending) {
        this.session = session;
        this.ascending = ascending;
    }

    @Override
    public PreparedStatement select(EventForm form, Window part) throws SQLException {
        int from = countUpTo(part.after());
        int to = countUpTo(part.until());
        int size = Math.min(part.limit(), to - from);
        int first = part.newestFirst() ? to - size : from;
        String wanted = Arrays.stream(ascending, first, first + size)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "[", "]"));
        return session.prepare(text(form, part.newestFirst()), wanted, part.limit());
    }

    static String text(EventForm form, boolean newestFirst) {
        String rest = " FROM recount_events e WHERE e.sequence IN (SELECT value FROM json_each(?)) ORDER BY e.sequence"
                + (newestFirst ? " DESC" : "") + " LIMIT ?";
        return form.select("e", rest);
    }

    private int countUpTo(long sequence) {
        int found = Arrays.binarySearch(ascending, sequence);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
