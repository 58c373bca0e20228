package dev.recount.store;

import dev.recount.event.StoredEvent;

/** Something that the decision had not read was stored before its events. Read again and decide again. */
public final class AppendConditionFailed extends EventStoreException {

    private final transient AppendCondition condition;
    private final transient StoredEvent conflicting;

    /**
     * A failed condition.
     *
     * @param condition what was asked for
     * @param conflicting the first event that it excludes
     */
    public AppendConditionFailed(AppendCondition condition, StoredEvent conflicting) {
        super(message(condition, conflicting), null);
        this.condition = condition;
        this.conflicting = conflicting;
    }

    /** What was asked for. */
    public AppendCondition condition() {
        return condition;
    }

    /** The first event that the condition excludes. */
    public StoredEvent conflicting() {
        return conflicting;
    }

    private static String message(AppendCondition condition, StoredEvent event) {
        String tags = event.tags().isEmpty() ? "" : " tagged " + event.tags();
        return "Append rejected: " + event.type() + tags + " was stored at sequence " + event.sequence() + ", after "
                + condition.after() + " which this decision read. Read again and decide again.";
    }
}
