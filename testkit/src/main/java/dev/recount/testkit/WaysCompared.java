package dev.recount.testkit;

import dev.recount.EventLog;
import dev.recount.decider.Projector;
import dev.recount.replay.Replay;
import dev.recount.replay.StateRows;
import dev.recount.replay.Verification;
import dev.recount.snapshot.Snapshots;
import dev.recount.snapshot.StateCodec;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** The state at the head of a log, computed on several ways, each compared with a replay from zero. */
final class WaysCompared<S, E> {

    private static final List<Integer> PAGE_SIZES = List.of(1, 500, 1_000, 1_001);

    private final EventLog<E> log;
    private final Projector<S, E> model;
    private final StateRows<S> rows;
    private final String when;
    private final long head;

    WaysCompared(EventLog<E> log, Projector<S, E> model, StateRows<S> rows, String when) {
        this.log = log;
        this.model = model;
        this.rows = rows;
        this.when = when;
        this.head = log.store().info().head();
    }

    void requirePages() {
        for (int size : PAGE_SIZES) {
            require(
                    "replayed in pages of " + size,
                    replay().withPageSize(size).run().state());
        }
    }

    void requireSnapshotAndTail(StateCodec<S> codec) {
        KeptSnapshot kept = new KeptSnapshot();
        Snapshots<S> snapshots = Snapshots.of(kept, "proof", 1, codec)
                .withInterval(1)
                .reportingTo(problem -> kept.fail(problem.toString()));
        replay().until(head / 2).withSnapshots(snapshots).run();
        S state = replay().withSnapshots(snapshots).run().state();
        kept.problem().ifPresent(problem -> {
            throw new AssertionFailedError("The model has no snapshot " + when + ": " + problem);
        });
        require("read on from a snapshot at " + head / 2, state);
    }

    void require(String way, S state) {
        Verification found = log.history(model, rows).named("the model").verify(state, head);
        if (!found.isEqual()) {
            throw new AssertionFailedError("The model " + way + ", " + when
                    + ", is not what a replay from zero gives. Live is what was " + way + ":\n" + found.report());
        }
    }

    private Replay<S, E> replay() {
        return log.replay(model).until(head);
    }
}
