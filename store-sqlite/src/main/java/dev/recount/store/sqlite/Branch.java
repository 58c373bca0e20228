package dev.recount.store.sqlite;

import dev.recount.event.Tags;
import dev.recount.store.Query;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a query that one walk along one index answers, in the order of the sequences: by a tag, by a type, or along the log.
 *
 * <p>The texts of statements depend on the shape alone, so few are prepared however many values are asked for. Immutable.
 *
 * @param tags all of which must be there; the walk is along the first
 * @param types of which one must fit; exactly one where there are no tags, none for any type
 */
record Branch(List<String> tags, List<String> types) {

    // Few placeholders keep the shapes few; what does not fit becomes a branch of its own.
    private static final int MAX_TYPES = 16;
    // Beyond, an expression could grow past SQLite's depth of 1,000.
    private static final int MAX_TAGS_BY_NAME = 16;

    static List<Branch> of(Query query) {
        List<Branch> branches = new ArrayList<>();
        for (Query.Item item : query.items()) {
            addBranches(item.tags().asList(), List.copyOf(item.types()), branches);
        }
        return branches;
    }

    private static void addBranches(List<String> tags, List<String> types, List<Branch> into) {
        int step = tags.isEmpty() ? 1 : MAX_TYPES;
        for (int from = 0; from == 0 || from < types.size(); from += step) {
            into.add(new Branch(tags, types.subList(from, Math.min(types.size(), from + step))));
        }
    }

    /** The same with another tag to walk along. */
    Branch along(String tag) {
        List<String> others = new ArrayList<>(tags);
        others.remove(tag);
        others.add(0, tag);
        return new Branch(others, types);
    }

    /** The statement that gives what it finds in that form. */
    String select(EventForm form, boolean newestFirst) {
        return form.select(walked(), from() + where() + order(newestFirst));
    }

    /** Binds the values of such a statement. */
    void bind(PreparedStatement statement, Window window) throws SQLException {
        int index = 1;
        for (String value : values()) {
            statement.setString(index++, value);
        }
        statement.setLong(index++, window.after());
        statement.setLong(index++, window.until());
        statement.setInt(index, window.limit());
    }

    private String walked() {
        return tags.isEmpty() ? "e" : "t";
    }

    // CROSS JOIN keeps SQLite from turning the join round. Sequences alone need it, too: a tag without an event counts
    // for none.
    private String from() {
        return tags.isEmpty()
                ? " FROM recount_events e"
                : " FROM recount_event_tags t CROSS JOIN recount_events e ON e.sequence = t.sequence";
    }

    private String where() {
        StringBuilder where = new StringBuilder(" WHERE ");
        if (!tags.isEmpty()) {
            where.append("t.tag = ? AND ");
            otherTags(where);
        }
        if (!types.isEmpty()) {
            // The plus keeps SQLite on the tag's index.
            where.append(tags.isEmpty() ? "e.type" : "+e.type").append(" IN (");
            where.append("?, ".repeat(types.size() - 1)).append("?) AND ");
        }
        return where.append(walked())
                .append(".sequence > ? AND ")
                .append(walked())
                .append(".sequence <= ?")
                .toString();
    }

    private void otherTags(StringBuilder where) {
        String other = "EXISTS (SELECT 1 FROM recount_event_tags o WHERE o.sequence = t.sequence AND o.tag = ";
        if (areTagsInJson()) {
            where.append("NOT EXISTS (SELECT 1 FROM json_each(?) j WHERE NOT ")
                    .append(other)
                    .append("j.value)) AND ");
        } else {
            where.append((other + "?) AND ").repeat(tags.size() - 1));
        }
    }

    private boolean areTagsInJson() {
        return tags.size() > MAX_TAGS_BY_NAME;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        if (areTagsInJson()) {
            values.add(tags.get(0));
            values.add(Tags.parse(tags).toJson());
        } else {
            values.addAll(tags);
        }
        values.addAll(types);
        return values;
    }

    private String order(boolean newestFirst) {
        return " ORDER BY " + walked() + ".sequence" + (newestFirst ? " DESC" : "") + " LIMIT ?";
    }
}
