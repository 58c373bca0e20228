package dev.recount.store;

import dev.recount.event.StoredEvent;
import dev.recount.event.Tags;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read: items joined by OR; within an item the types are joined by OR and the tags by AND.
 *
 * <pre>{@code
 * Query either = Query.tagged("bead", "gt-1a2b").or(Query.tagged("agent", "toast"));      // either tag
 * Query closings = Query.tagged("bead", "gt-1a2b").and(Query.ofTypes("bead.closed"));     // the tag and the type
 * }</pre>
 *
 * <p>The semantics are those of the <a href="https://dcb.events/specification/">DCB specification</a>. Immutable.
 */
public final class Query {

    private static final Query ALL = new Query(Set.of(new Item(Set.of(), Tags.none())));
    private static final Query NONE = new Query(Set.of());

    private final Set<Item> items;

    private Query(Set<Item> items) {
        this.items = items;
    }

    /**
     * One alternative of a query: any of the types, and all of the tags. Immutable.
     *
     * @param types the types, of which one must fit; empty for any type
     * @param tags the tags, which must all be there; none for any tags
     */
    public record Item(Set<String> types, Tags tags) {

        /** Copies the types, in their natural order. */
        public Item {
            types = Collections.unmodifiableSet(new TreeSet<>(types));
        }

        private boolean matches(String type, Tags eventTags) {
            return (types.isEmpty() || types.contains(type)) && (tags.isEmpty() || eventTags.containsAll(tags));
        }

        private boolean isEverything() {
            return types.isEmpty() && tags.isEmpty();
        }

        @Override
        public String toString() {
            if (isEverything()) {
                return "any event";
            }
            String typeText = types.isEmpty() ? "any type" : String.join(" or ", types);
            return tags.isEmpty() ? typeText : typeText + " tagged " + String.join(" and ", tags.asList());
        }
    }

    /** Every event. */
    public static Query all() {
        return ALL;
    }

    /** No event. */
    public static Query none() {
        return NONE;
    }

    /** Events with this tag. */
    public static Query tagged(String key, String value) {
        return taggedWithAll(Tags.of(key, value));
    }

    /** Events with all of these tags; every event where there are none. */
    public static Query taggedWithAll(Tags tags) {
        return tags.isEmpty() ? ALL : new Query(Set.of(new Item(Set.of(), tags)));
    }

    /** Events of any of these types. */
    public static Query ofTypes(String type, String... more) {
        Set<String> types = new TreeSet<>(List.of(more));
        types.add(type);
        return ofTypes(types);
    }

    /** Events of any of these types; no event where there are none. */
    public static Query ofTypes(Collection<String> types) {
        return types.isEmpty() ? NONE : new Query(Set.of(new Item(Set.copyOf(types), Tags.none())));
    }

    /** Events that this query or the other finds. */
    public Query or(Query other) {
        Set<Item> all = new LinkedHashSet<>(items);
        all.addAll(other.items);
        return of(all);
    }

    /** Events that this query and the other find. */
    public Query and(Query other) {
        Set<Item> all = new LinkedHashSet<>();
        for (Item mine : items) {
            for (Item theirs : other.items) {
                intersect(mine, theirs, all);
            }
        }
        return of(all);
    }

    /** Whether this query finds an event of that type with those tags. */
    public boolean matches(String type, Tags tags) {
        for (Item item : items) {
            if (item.matches(type, tags)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this query finds that event. */
    public boolean matches(StoredEvent event) {
        return isAll() || matches(event.type(), event.tags());
    }

    /** Whether it finds every event. */
    public boolean isAll() {
        return items.size() == 1 && items.iterator().next().isEverything();
    }

    /** The alternatives, in the order in which they were given. Empty where no event can be found. */
    public List<Item> items() {
        return List.copyOf(items);
    }

    private static Query of(Set<Item> items) {
        if (items.isEmpty()) {
            return NONE;
        }
        return items.stream().anyMatch(Item::isEverything) ? ALL : new Query(new LinkedHashSet<>(items));
    }

    private static void intersect(Item mine, Item theirs, Collection<Item> into) {
        Set<String> types = new TreeSet<>(mine.types().isEmpty() ? theirs.types() : mine.types());
        if (!mine.types().isEmpty() && !theirs.types().isEmpty()) {
            types.retainAll(theirs.types());
            if (types.isEmpty()) {
                return;
            }
        }
        into.add(new Item(types, mine.tags().and(theirs.tags())));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Query that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        if (items.isEmpty()) {
            return "no event";
        }
        return items.stream().map(Item::toString).collect(Collectors.joining(", or "));
    }
}
