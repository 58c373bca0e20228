package dev.recount.examples.changefeed;

import dev.recount.command.CommandHandler;
import dev.recount.examples.changefeed.WorkCommand.RestatePr;
import dev.recount.examples.changefeed.WorkCommand.RestateProject;
import dev.recount.examples.changefeed.WorkCommand.RestateSession;
import dev.recount.store.LogConsumer;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the oldest events, as far as every registered consumer has read, and no more than what nothing rests on: what still lives and
 * was told in them is told once more first. So who begins at the floor, a decision as much as a client, has all that is alive.
 *
 * <p>What is over (sessions that ended, pull requests that were merged or closed) leaves with its last event.
 */
public final class Housekeeping {

    private final SqliteEventStore store;
    private final CommandHandler<WorkCommand, WorkEvent> handler;
    private final InstantSource clock;

    /** Keeps this log in order. */
    public Housekeeping(SqliteEventStore store, InstantSource clock) {
        this.store = store;
        this.handler = WorkLog.commands(store);
        this.clock = clock;
    }

    /**
     * Removes what {@code retention} does not keep, as far as it may.
     *
     * @param retention such as the newest 100,000
     */
    public Retained run(Retention retention) {
        LogInfo log = store.info();
        long floor = Math.min(retention.floorIn(store), slowestConsumer(log.head()));
        if (floor <= log.floor()) {
            return new Retained(log.floor(), log.floor(), 0);
        }
        tellAgain(floor);
        return store.retain(Retention.from(floor + 1)
                .by("housekeeping")
                .reportingTo(retention.progress())
                .stoppingWhen(retention::isCancelled));
    }

    private long slowestConsumer(long otherwise) {
        return store.consumers().list().stream()
                .mapToLong(LogConsumer::checkpoint)
                .min()
                .orElse(otherwise);
    }

    private void tellAgain(long floor) {
        WorkState work = WorkLog.in(store).replay(new WorkProjector()).run().state();
        for (Project project : work.projects()) {
            for (Living living : living(work, project, clock.instant())) {
                if (isTold(living, floor)) {
                    tellAgain(living.command());
                }
            }
        }
    }

    /** Something that lives. Immutable. */
    private record Living(WorkCommand command, Query told) {}

    private static List<Living> living(WorkState work, Project project, Instant now) {
        String id = project.id();
        List<Living> all = new ArrayList<>();
        all.add(new Living(new RestateProject(id, now), Boundaries.registration(id)));
        for (Session session : work.sessions(id)) {
            all.add(new Living(new RestateSession(id, session.id(), now), Boundaries.session(id, session.id())));
        }
        for (PullRequest pr : work.prs(id)) {
            all.add(new Living(new RestatePr(id, pr.id(), now), Boundaries.pr(id, pr.id())));
        }
        return all;
    }

    private boolean isTold(Living living, long floor) {
        return !store.read(living.told(), ReadOptions.defaults().until(floor).withLimit(1))
                .events()
                .isEmpty();
    }

    private void tellAgain(WorkCommand command) {
        try {
            handler.handle(command);
        } catch (WorkRejected.Over over) {
            // Nothing of it needs to stay.
        }
    }
}
