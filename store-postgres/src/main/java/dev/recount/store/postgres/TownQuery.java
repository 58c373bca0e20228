package dev.recount.store.postgres;

import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query over many rigs as one statement, in one direction. Its text does not depend on how many rigs there are. Each rig is known by its
 * number in the list that is asked, which is in the order of their names. Immutable.
 */
final class TownQuery {

    private static final String LOG =
            "WITH log AS (SELECT w.rig, w.place, r.floor, greatest(w.low, r.floor) AS low, least(w.high, r.head) AS high"
                    + " FROM unnest(?::integer[], ?::bigint[], ?::bigint[]) WITH ORDINALITY AS w(rig, low, high, place)"
                    + " JOIN {s}.rigs r ON r.rig = w.rig)";

    private static final String FIRST =
            LOG + " SELECT log.place, log.floor, f.stored_at" + " FROM log LEFT JOIN LATERAL (%s) f ON true";

    // What would come last is left out where all together would be too large; a row without its texts tells so.
    private static final String NEXT = LOG + ", found AS (SELECT log.place, log.floor, f.*,"
            + " sum(f.size) OVER (ORDER BY f.stored_at DIR, log.place, f.sequence DIR) - f.size <= ? AS fits"
            + " FROM log LEFT JOIN LATERAL (%s) f ON true)"
            + " SELECT place, floor, fits, sequence, type, version, CASE WHEN fits THEN data END,"
            + " CASE WHEN fits THEN tags END, CASE WHEN fits THEN metadata END, occurred_at, stored_at, size"
            + " FROM found ORDER BY place, sequence DIR";

    private static final String FIRST_OF_ALL = String.format(FIRST, PageQuery.EVERYTHING);
    private static final String FIRST_OF_SOME = String.format(FIRST, PageQuery.ITEMS);
    private static final String NEXT_OF_ALL = String.format(NEXT, PageQuery.EVERYTHING);
    private static final String NEXT_OF_SOME = String.format(NEXT, PageQuery.ITEMS);

    private final Query query;
    private final PageQuery page;
    private final boolean newestFirst;

    TownQuery(Query query, boolean newestFirst) {
        this.query = query;
        this.page = new PageQuery(query);
        this.newestFirst = newestFirst;
    }

    boolean isNewestFirst() {
        return newestFirst;
    }

    /** A row for each rig: its number, its floor, and when the first event of it was stored, where there is one. */
    String firstText() {
        return PageQuery.inDirection(query.isAll() ? FIRST_OF_ALL : FIRST_OF_SOME, newestFirst);
    }

    @Nullable
    Object[] firstArguments(List<RigCourse> rigs) {
        List<@Nullable Object> all = rigs(rigs);
        page.addQuery(all, 1);
        return all.toArray();
    }

    /**
     * The next events of each rig in order, rig by rig: number and floor of the rig, whether its texts are given, then the columns that
     * {@link EventColumns} reads, and the size. Of a rig without any a row without a sequence.
     */
    String nextText() {
        return PageQuery.inDirection(query.isAll() ? NEXT_OF_ALL : NEXT_OF_SOME, newestFirst);
    }

    @Nullable
    Object[] nextArguments(List<RigCourse> rigs, int each, long maxBytes) {
        List<@Nullable Object> all = rigs(rigs);
        all.add(maxBytes);
        page.addQuery(all, each);
        return all.toArray();
    }

    private static List<@Nullable Object> rigs(List<RigCourse> rigs) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(rigs.stream().map(rig -> rig.head().rig().key()).toArray(Integer[]::new));
        all.add(rigs.stream().map(RigCourse::after).toArray(Long[]::new));
        all.add(rigs.stream().map(RigCourse::until).toArray(Long[]::new));
        return all;
    }
}
