package dev.recount.examples.workspaces;

import dev.recount.EventLog;
import dev.recount.store.EventStore;
import java.time.Instant;

/**
 * What the organisation was: after any event, and at any time.
 *
 * <pre>{@code
 * OrganisationHistory history = OrganisationHistory.of(store);
 * System.out.println(Tree.of(history.at(lastTuesday)));
 * System.out.println(TreeDiff.between(history.at(lastTuesday), history.now()));
 * }</pre>
 *
 * <p>A time is that of the store, which never runs backwards, so each is one place of the log. Thread-safe. It does not close the store.
 */
public final class OrganisationHistory {

    private final EventLog<StructuralEvent> log;

    private OrganisationHistory(EventLog<StructuralEvent> log) {
        this.log = log;
    }

    /** The history in a store. */
    public static OrganisationHistory of(EventStore store) {
        return new OrganisationHistory(WorkspaceLog.in(store));
    }

    /** As it is. */
    public Organisation now() {
        return log.replay(new OrganisationProjector()).run().state();
    }

    /** As it was after an event. */
    public Organisation at(long sequence) {
        return log.replay(new OrganisationProjector()).until(sequence).run().state();
    }

    /** As it was at a time. */
    public Organisation at(Instant time) {
        return log.replay(new OrganisationProjector()).until(time).run().state();
    }
}
