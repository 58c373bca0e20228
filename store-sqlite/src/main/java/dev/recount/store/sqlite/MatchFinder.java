package dev.recount.store.sqlite;

import dev.recount.store.Query;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Decides how to walk to what a query finds: along one index, or along several whose sequences are merged. Not thread-safe. */
final class MatchFinder {

    private static final int DENSE = 256;

    private final Session session;
    private final Window window;

    private MatchFinder(Session session, Window window) {
        this.session = session;
        this.window = window;
    }

    static Matches find(Session session, Query query, Window window) throws SQLException {
        MatchFinder finder = new MatchFinder(session, window);
        List<Branch> branches = Branch.of(query);
        if (branches.size() == 1) {
            Branch branch = finder.alongRarest(branches.get(0));
            return (form, part) -> finder.select(branch, form, part);
        }
        return new ListedMatches(session, finder.sequences(branches));
    }

    private PreparedStatement select(Branch branch, EventForm form, Window part) throws SQLException {
        PreparedStatement statement = session.prepare(branch.select(form, part.newestFirst()));
        branch.bind(statement, part);
        return statement;
    }

    // Several alternatives are merged here and not in SQL, where their number would have a limit. One sequence more
    // than
    // the page may hold tells whether it is complete.
    private long[] sequences(List<Branch> branches) throws SQLException {
        Window part = window.withLimit(window.limit() + 1);
        LongStream.Builder found = LongStream.builder();
        for (Branch branch : branches) {
            addSequences(select(alongRarest(branch), EventForm.SEQUENCES, part), found);
        }
        long[] ascending = found.build().sorted().distinct().toArray();
        int wanted = Math.min(ascending.length, part.limit());
        return window.newestFirst()
                ? Arrays.copyOfRange(ascending, ascending.length - wanted, ascending.length)
                : Arrays.copyOf(ascending, wanted);
    }

    private static void addSequences(PreparedStatement statement, LongStream.Builder found) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            int count = row.getInt(1);
            // As a string, since the file's own encoding may have more than one byte for a digit.
            String listed = row.getString(2);
            for (int at = 0; count > 0; count--) {
                long sequence = 0;
                for (; at < listed.length() && listed.charAt(at) != ','; at++) {
                    sequence = sequence * 10 + listed.charAt(at) - '0';
                }
                found.add(sequence);
                at++;
            }
        }
    }

    // The tag whose 256th event from here is farthest away, or that has no such event, is the one to walk along.
    private Branch alongRarest(Branch branch) throws SQLException {
        if (branch.tags().size() < 2) {
            return branch;
        }
        String rarest = branch.tags().get(0);
        long farthest = 0;
        for (String tag : branch.tags()) {
            long reach = reach(tag);
            if (reach > farthest) {
                farthest = reach;
                rarest = tag;
            }
        }
        return branch.along(rarest);
    }

    private long reach(String tag) throws SQLException {
        String order = window.newestFirst() ? "DESC" : "ASC";
        long sequence = session.number(
                "SELECT sequence FROM recount_event_tags WHERE tag = ? AND sequence > ? AND sequence <= ?"
                        + " ORDER BY sequence " + order + " LIMIT 1 OFFSET " + DENSE,
                tag,
                window.after(),
                window.until());
        if (sequence == 0) {
            return Long.MAX_VALUE;
        }
        return window.newestFirst() ? window.until() - sequence + 1 : sequence - window.after();
    }
}
