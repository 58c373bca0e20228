package dev.recount.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an event: a set of {@code key:value} texts, by which queries find it. A stream is nothing but a tag.
 *
 * <p>A key may have several values. A key holds no colon; a value may. Both are 1 to 500 characters without control
 * characters. Iteration is in the natural order of the texts.
 *
 * <pre>{@code
 * Tags tags = Tags.of("bead", "gt-1a2b").and("agent", "toast");
 * tags.value("bead");         // Optional[gt-1a2b]
 * tags.asList();              // [agent:toast, bead:gt-1a2b]
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Tags implements Iterable<String> {

    private static final Tags NONE = new Tags(List.of(), "[]");

    // One of the two is given, the other is made on first use: most events are read without a look at their tags.
    private volatile @Nullable List<String> list;
    private volatile @Nullable String json;

    private Tags(@Nullable List<String> list, @Nullable String json) {
        this.list = list;
        this.json = json;
    }

    /** No tags. */
    public static Tags none() {
        return NONE;
    }

    /**
     * One tag.
     *
     * @throws IllegalArgumentException where the key or the value is not one
     */
    public static Tags of(String key, String value) {
        return new Tags(List.of(tag(key, value)), null);
    }

    /**
     * Tags from their {@code key:value} texts.
     *
     * @throws IllegalArgumentException where a text is not {@code key:value}
     */
    public static Tags parse(Collection<String> texts) {
        if (texts.isEmpty()) {
            return NONE;
        }
        SortedSet<String> sorted = new TreeSet<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("Tag '" + text + "' has no colon. Write it as key:value.");
            }
            requireTag(text.substring(0, colon), text.substring(colon + 1));
            sorted.add(text);
        }
        return new Tags(List.copyOf(sorted), null);
    }

    /** Tags from the text that {@link #toJson} gives. It is read on first use, so that is when a malformed text is refused. */
    public static Tags ofJson(String json) {
        return json.equals("[]") ? NONE : new Tags(null, json);
    }

    /** These tags and one more. */
    public Tags and(String key, String value) {
        return and(of(key, value));
    }

    /** These tags and those. */
    public Tags and(Tags others) {
        SortedSet<String> all = new TreeSet<>(asList());
        all.addAll(others.asList());
        return all.isEmpty() ? NONE : new Tags(List.copyOf(all), null);
    }

    /** Whether all of {@code others} are among these. */
    public boolean containsAll(Tags others) {
        List<String> mine = asList();
        for (String other : others.asList()) {
            if (!mine.contains(other)) {
                return false;
            }
        }
        return true;
    }

    /** The value of {@code key}; the first in order where it has several. */
    public Optional<String> value(String key) {
        return values(key).stream().findFirst();
    }

    /** All values of {@code key}, in order. */
    public List<String> values(String key) {
        String prefix = key + ':';
        List<String> values = new ArrayList<>(1);
        for (String tag : asList()) {
            if (tag.startsWith(prefix)) {
                values.add(tag.substring(prefix.length()));
            }
        }
        return List.copyOf(values);
    }

    /** The {@code key:value} texts in their natural order. */
    public List<String> asList() {
        List<String> known = list;
        if (known == null) {
            known = parse(FlatJson.readArray(String.valueOf(json))).asList();
            list = known;
        }
        return known;
    }

    /** The tags as a JSON array of {@code key:value} texts in their natural order. */
    public String toJson() {
        String known = json;
        if (known == null) {
            known = FlatJson.write(asList());
            json = known;
        }
        return known;
    }

    /** The same tags, read now, with a text of our own: what a store keeps and a receipt covers depends on the tags alone. */
    Tags inOwnWords() {
        if (json == null) {
            return this;
        }
        List<String> read = asList();
        return read.isEmpty() ? NONE : new Tags(read, null);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return asList().isEmpty();
    }

    /** How many there are. */
    public int size() {
        return asList().size();
    }

    @Override
    public Iterator<String> iterator() {
        return asList().iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tags that && asList().equals(that.asList());
    }

    @Override
    public int hashCode() {
        return asList().hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", asList());
    }

    private static String tag(String key, String value) {
        requireTag(key, value);
        return key + ':' + value;
    }

    private static void requireTag(String key, String value) {
        Text.requireShort("Tag key", key);
        if (!Text.isPlainAndShort(value)) {
            Text.requireShort("Value of tag '" + key + "'", value);
        }
        if (key.indexOf(':') >= 0) {
            throw new IllegalArgumentException("Tag key '" + key + "' holds a colon. Only the value may hold one.");
        }
    }
}
