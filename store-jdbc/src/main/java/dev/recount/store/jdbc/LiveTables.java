package dev.recount.store.jdbc;

import dev.recount.event.StoredEvent;
import dev.recount.internal.log.Deadline;
import dev.recount.store.Page;
import dev.recount.store.StoreUnavailable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The live tables of a read model, as one store writes them. Not thread-safe: use in transactions that hold the write lock. */
final class LiveTables {

    private static final int PAGE = 500;

    private final KeptModel kept;
    private final SqlNames names;
    private final ModelLog log;

    LiveTables(KeptModel kept, ModelLog log) {
        this.kept = kept;
        this.names = SqlNames.live(kept.own());
        this.log = log;
    }

    /** Takes in what is appended in this transaction, and before that what others appended without the model. */
    void apply(ModelSession writer, long before, List<StoredEvent> events) throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(writer, kept.name());
        if (live.isEmpty() || live.get().version() != kept.version()) {
            requireBuilding(writer, live);
            return;
        }
        if (live.get().isStopped() || !takeGap(writer, live.get().checkpoint(), before)) {
            return;
        }
        long done = taker(writer).takeAppended(events);
        ModelRows.save(writer, kept.name(), ModelRows.LIVE, done);
    }

    // Until the swap the tables of another version stay as they are; that is no business of an append.
    private void requireBuilding(ModelSession writer, Optional<ModelRows.Tables> live) throws SQLException {
        Optional<ModelRows.Tables> build = ModelRows.build(writer, kept.name());
        if (build.isEmpty() || build.get().version() != kept.version()) {
            throw otherVersion(live.map(ModelRows.Tables::version).orElse(0));
        }
    }

    private StoreUnavailable otherVersion(int version) {
        String what = version == 0 ? " is not there any more" : " has version " + version + " by now";
        return new StoreUnavailable(
                "Read model '" + kept.name() + "' of " + log.name() + what + ", and this program has version "
                        + kept.version() + ". Nothing was stored. Restart with one version everywhere.",
                null);
    }

    private boolean takeGap(ModelSession writer, long checkpoint, long head) throws SQLException {
        long done = checkpoint;
        boolean goesOn = checkpoint >= head || !hasLostEvents(writer, checkpoint);
        while (goesOn && done < head) {
            Taken taken = take(writer, taker(writer), new Window(done, head, PAGE), Deadline.NEVER);
            goesOn = taken.isWhole();
            done = taken.upTo();
        }
        if (done > checkpoint) {
            ModelRows.save(writer, kept.name(), ModelRows.LIVE, done);
        }
        return goesOn;
    }

    // Retention where the log was meanwhile knew nothing of these tables, which would go on behind it as if nothing was
    // missing.
    private boolean hasLostEvents(ModelSession writer, long checkpoint) throws SQLException {
        long floor = writer.position().floor();
        boolean lost = checkpoint > 0 && checkpoint < floor;
        if (lost) {
            ModelFailures.of(writer, kept.model(), ModelRows.LIVE, log.clock())
                    .stop(
                            checkpoint + 1,
                            "Retention has removed the events up to " + floor + " before they were applied."
                                    + " Give the read model another version to have it built from what is left.");
        }
        return lost;
    }

    private EventTaker taker(ModelSession writer) throws SQLException {
        return EventTaker.of(kept.model(), writer, names, ModelRows.LIVE, log);
    }

    /**
     * Takes a page in; a part of the work in a transaction of its own.
     *
     * @param events how many at most
     */
    StepResult step(ModelSession writer, int events, Deadline deadline) throws SQLException {
        Optional<ModelRows.Tables> live = ModelRows.live(writer, kept.name());
        long head = writer.position().head();
        if (live.isEmpty() || live.get().version() != kept.version()) {
            return new StepResult(StepResult.Kind.OTHER_VERSION, 0, head);
        }
        long checkpoint = live.get().checkpoint();
        if (live.get().isStopped() || checkpoint >= head) {
            return new StepResult(
                    live.get().isStopped() ? StepResult.Kind.STOPPED : StepResult.Kind.DONE, checkpoint, head);
        }
        if (hasLostEvents(writer, checkpoint)) {
            return new StepResult(StepResult.Kind.STOPPED, checkpoint, head);
        }
        Taken taken = take(writer, taker(writer), new Window(checkpoint, head, events), deadline);
        ModelRows.save(writer, kept.name(), ModelRows.LIVE, taken.upTo());
        return StepResult.of(taken.upTo(), head);
    }

    /** What is to be taken in. Immutable. */
    record Window(long after, long until, int events) {}

    /** How far a page was taken in. Immutable. */
    record Taken(long upTo, boolean isWhole) {}

    /** Reads a page and applies it. */
    static Taken take(ModelSession writer, EventTaker taker, Window window, Deadline deadline) throws SQLException {
        Page page = writer.page(window.after(), window.until(), window.events());
        List<StoredEvent> events = page.events();
        long done = taker.take(events, deadline);
        boolean whole =
                events.isEmpty() || done == events.get(events.size() - 1).sequence();
        return new Taken(whole ? page.upTo() : done, whole);
    }
}
