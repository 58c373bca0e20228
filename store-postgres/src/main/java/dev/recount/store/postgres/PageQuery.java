package dev.recount.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recount.store.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as one statement, which sees one state of the rig. Its text depends on nothing but whether everything is asked for and the
 * direction, so few are prepared; however many alternatives there are, they are bound as arrays. Immutable.
 *
 * <p>Each alternative is walked along one index: types without tags by type, tags along the one whose 256th event from here is farthest away.
 */
final class PageQuery {

    private static final int DENSE = 256;

    private static final String LOG = "WITH log AS (SELECT rig, head, floor, greatest(?::bigint, floor) AS low,"
            + " least(?::bigint, head) AS high FROM {s}.rigs WHERE rig = ?)";

    // What the texts of a page may have together is cut off in the server; lead tells that something was.
    private static final String PAGE =
            " SELECT log.head, log.floor, p.following, p.sequence, p.type, p.version, p.data%s"
                    + " FROM log LEFT JOIN LATERAL ("
                    + "SELECT f.*, sum(f.size) OVER w AS total, lead(f.sequence) OVER w AS following FROM (%s) f"
                    + " WINDOW w AS (ORDER BY f.sequence DIR)) p ON p.total - p.size <= ? ORDER BY p.sequence DIR";

    private static final String EVENT =
            "SELECT e.sequence, e.type, e.version, e.tags, e.data, e.metadata, e.occurred_at,"
                    + " e.stored_at, octet_length(e.type) + octet_length(e.tags) + octet_length(e.data)"
                    + " + octet_length(e.metadata) AS size FROM ";

    private static final String IN_ORDER = " ORDER BY e.sequence DIR LIMIT ?";

    static final String EVERYTHING = EVENT + "{s}.events e WHERE e.rig = log.rig AND e.sequence > log.low"
            + " AND e.sequence <= log.high" + IN_ORDER;

    private static final String BY_TYPE = "SELECT m.sequence FROM unnest(?::text[]) AS q(type) CROSS JOIN LATERAL ("
            + "SELECT e.sequence FROM {s}.events e WHERE e.rig = log.rig AND e.type = q.type"
            + " AND e.sequence > log.low AND e.sequence <= log.high" + IN_ORDER + ") m";

    private static final String TAGGED =
            "FROM {s}.event_tags t WHERE t.rig = log.rig AND t.tag = %s AND t.sequence > log.low AND t.sequence <= log.high";

    private static final String REACH =
            "CASE WHEN cardinality(i.tags) = 1 THEN NULL ELSE (SELECT t.sequence " + String.format(TAGGED, "u.tag")
                    + " ORDER BY t.sequence DIR OFFSET " + DENSE + " LIMIT 1) END OPP NULLS FIRST";

    private static final String HAS_OTHER_TAGS =
            "(cardinality(i.tags) = 1 OR NOT EXISTS (SELECT FROM unnest(i.tags) AS o(tag)"
                    + " WHERE o.tag <> r.tag AND NOT EXISTS (SELECT FROM {s}.event_tags x"
                    + " WHERE x.rig = log.rig AND x.tag = o.tag AND x.sequence = t.sequence)))";

    private static final String HAS_TYPE = "(i.types IS NULL OR (SELECT y.type FROM {s}.events y"
            + " WHERE y.rig = log.rig AND y.sequence = t.sequence) = ANY (i.types))";

    private static final String BY_TAGS = "SELECT m.sequence FROM unnest(?::text[], ?::text[]) AS q(tags, types)"
            + " CROSS JOIN LATERAL (SELECT q.tags::text[] AS tags, q.types::text[] AS types) i"
            + " CROSS JOIN LATERAL (SELECT u.tag FROM unnest(i.tags) AS u(tag) ORDER BY " + REACH + " LIMIT 1) r"
            + " CROSS JOIN LATERAL (SELECT t.sequence " + String.format(TAGGED, "r.tag")
            + " AND " + HAS_OTHER_TAGS + " AND " + HAS_TYPE + " ORDER BY t.sequence DIR LIMIT ?) m";

    static final String ITEMS = EVENT + "(" + BY_TYPE + " UNION " + BY_TAGS
            + " ORDER BY sequence DIR LIMIT ?) s JOIN {s}.events e ON e.rig = log.rig AND e.sequence = s.sequence"
            + IN_ORDER;

    private static final String FIRST = inDirection(EVERYTHING, false);
    private static final String FIRST_OF_ITEMS = inDirection(ITEMS, false);

    private static final String REST = ", p.tags, p.metadata, p.occurred_at, p.stored_at";

    private static final Texts WHOLE = new Texts(REST);
    private static final Texts PACKED = new Texts("");

    private final Query query;

    PageQuery(Query query) {
        this.query = query;
    }

    /** The same for all events and for some, in both directions. */
    private record Texts(String all, String allNewestFirst, String some, String someNewestFirst) {

        Texts(String columns) {
            this(
                    oldestFirst(String.format(PAGE, columns, EVERYTHING)),
                    newestFirst(String.format(PAGE, columns, EVERYTHING)),
                    oldestFirst(String.format(PAGE, columns, ITEMS)),
                    newestFirst(String.format(PAGE, columns, ITEMS)));
        }

        private static String oldestFirst(String template) {
            return LOG + inDirection(template, false);
        }

        private static String newestFirst(String template) {
            return LOG + inDirection(template, true);
        }

        String of(Query query, boolean newest) {
            if (query.isAll()) {
                return newest ? allNewestFirst : all;
            }
            return newest ? someNewestFirst : some;
        }
    }

    static String inDirection(String template, boolean newestFirst) {
        return newestFirst
                ? template.replace("DIR", "DESC").replace("OPP", "ASC")
                : template.replace("DIR", "ASC").replace("OPP", "DESC");
    }

    /** The statement; its columns are those that {@link PageReader} reads. */
    String text(boolean newestFirst) {
        return WHOLE.of(query, newestFirst);
    }

    /** The same, oldest first, with the columns that {@link PackedPageReader} reads: no more than a codec needs. */
    String packedText() {
        return PACKED.of(query, false);
    }

    /** The values of that statement. */
    @Nullable
    Object[] arguments(Rig rig, long after, long until, int limit, long maxBytes) {
        List<@Nullable Object> all = new ArrayList<>(List.of(after, until, rig.key()));
        addQuery(all, limit);
        all.add(maxBytes);
        return all.toArray();
    }

    /** What finds the events after {@code log.low} up to {@code log.high}, oldest first. */
    String eventsText() {
        return query.isAll() ? FIRST : FIRST_OF_ITEMS;
    }

    /** The values of what finds the events: of {@link #EVERYTHING}, or of {@link #ITEMS}. */
    void addQuery(List<@Nullable Object> all, int limit) {
        if (!query.isAll()) {
            all.add(typesWithoutTags());
            all.add(limit);
            addTagged(all);
            all.add(limit);
            all.add(limit);
        }
        all.add(limit);
    }

    private String[] typesWithoutTags() {
        return query.items().stream()
                .filter(item -> item.tags().isEmpty())
                .flatMap(item -> item.types().stream())
                .filter(PageQuery::isStorable)
                .distinct()
                .toArray(String[]::new);
    }

    private void addTagged(List<@Nullable Object> into) {
        List<String> tags = new ArrayList<>();
        List<@Nullable String> types = new ArrayList<>();
        for (Query.Item item : query.items()) {
            if (!item.tags().isEmpty() && item.tags().asList().stream().allMatch(PageQuery::isStorable)) {
                tags.add(array(
                        item.tags().asList().stream().map(PendingRows::indexed).toList()));
                types.add(item.types().isEmpty() ? null : array(item.types()));
            }
        }
        into.add(tags.toArray(String[]::new));
        into.add(types.toArray(String[]::new));
    }

    // PostgreSQL's way to write an array, since arrays of arrays must be rectangular.
    private static String array(Collection<String> texts) {
        StringBuilder array = new StringBuilder("{");
        for (String text : texts) {
            if (isStorable(text)) {
                array.append(array.length() == 1 ? "\"" : ",\"");
                array.append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
            }
        }
        return array.append('}').toString();
    }

    // No event has a type or tag that is not, so it finds nothing; the server would refuse to look.
    static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
    }
}
