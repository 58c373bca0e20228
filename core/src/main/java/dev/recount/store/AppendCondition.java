package dev.recount.store;

import org.jspecify.annotations.Nullable;

/**
 * "Fail if anything that matches this query was stored after that sequence": the one consistency mechanism.
 *
 * <p>A decision rests on what was read. Its events are appended under the condition that nothing it would have read has been
 * stored since; {@link Page#unchanged()} says just that.
 *
 * <pre>{@code
 * AppendCondition neverTaken = AppendCondition.noneMatching(Query.tagged("seat", "12A"));              // never mentioned
 * AppendCondition notSince = AppendCondition.noneMatching(Query.tagged("seat", "12A")).after(412);     // not since 412
 * }</pre>
 *
 * <p>The semantics are those of the <a href="https://dcb.events/specification/">DCB specification</a>. Immutable.
 */
public final class AppendCondition {

    private static final AppendCondition NONE = new AppendCondition(Query.none(), 0);

    private final Query query;
    private final long after;

    private AppendCondition(Query query, long after) {
        this.query = query;
        this.after = after;
    }

    /** No condition: the append never conflicts. */
    public static AppendCondition none() {
        return NONE;
    }

    /** Fails if anything that matches {@code query} is stored. */
    public static AppendCondition noneMatching(Query query) {
        return new AppendCondition(query, 0);
    }

    /**
     * The same query, but only what was stored after {@code sequence} counts.
     *
     * @throws IllegalArgumentException below 0
     */
    public AppendCondition after(long sequence) {
        return new AppendCondition(query, ReadOptions.requireSequence("after", sequence));
    }

    /** What must not have been stored. */
    public Query query() {
        return query;
    }

    /** The sequence after which it counts. */
    public long after() {
        return after;
    }

    /** Whether it can never fail. */
    public boolean isNone() {
        return query.items().isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AppendCondition that && query.equals(that.query) && after == that.after;
    }

    @Override
    public int hashCode() {
        return 31 * query.hashCode() + Long.hashCode(after);
    }

    @Override
    public String toString() {
        return isNone() ? "no condition" : "no " + query + " after sequence " + after;
    }
}
