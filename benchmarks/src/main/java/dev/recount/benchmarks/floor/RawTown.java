package dev.recount.benchmarks.floor;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The newest events of many open files, by hand: ask each for its newest, then only those for more that have more of the newest. Not
 * thread-safe: use from one thread at a time.
 */
public final class RawTown implements AutoCloseable {

    private static final int AT_ONCE = 10;
    private static final Comparator<Head> NEWEST_FIRST =
            Comparator.comparing((Head head) -> head.row().storedAt()).reversed();

    private final List<RawQueries> rigs = new ArrayList<>();

    /** Opens all files. */
    public static RawTown open(List<Path> files) throws SQLException {
        RawTown town = new RawTown();
        for (Path file : files) {
            town.rigs.add(RawQueries.open(file));
        }
        return town;
    }

    private record Head(RawQueries rig, List<RawQueries.Row> rows, int index) {
        RawQueries.Row row() {
            return rows.get(index);
        }
    }

    /** The newest of all, newest first. */
    public List<RawQueries.Row> newest(int limit) throws SQLException {
        PriorityQueue<Head> heads = new PriorityQueue<>(NEWEST_FIRST);
        for (RawQueries rig : rigs) {
            List<RawQueries.Row> newest = rig.newest(1);
            if (!newest.isEmpty()) {
                heads.add(new Head(rig, newest, 0));
            }
        }
        List<RawQueries.Row> all = new ArrayList<>(limit);
        while (all.size() < limit && !heads.isEmpty()) {
            Head head = heads.remove();
            all.add(head.row());
            addNext(heads, head);
        }
        return all;
    }

    private static void addNext(PriorityQueue<Head> heads, Head head) throws SQLException {
        int next = head.index() + 1;
        List<RawQueries.Row> rows = head.rows();
        if (next == rows.size()) {
            rows = head.rig().newest(rows.size() == 1 ? AT_ONCE : rows.size() * 2);
        }
        if (next < rows.size()) {
            heads.add(new Head(head.rig(), rows, next));
        }
    }

    @Override
    public void close() throws SQLException {
        for (RawQueries rig : rigs) {
            rig.close();
        }
    }
}
