package dev.recount.store.postgres;

import dev.recount.internal.log.EventChecker;
import dev.recount.internal.log.Problems;
import dev.recount.store.LogCheck;
import dev.recount.store.LogCorrupt;
import java.util.function.LongConsumer;

/**
 * Looks through all that is stored of a rig, by pages that are each a statement of its own: no snapshot is held open, which would keep the server from
 * tidying up. Not thread-safe: made for one check.
 */
final class LogChecker {

    private static final int PAGE = 1_000;

    private final PostgresEventStore store;
    private final Rig rig;
    private final RigModels models;
    private final LongConsumer progress;
    private final Problems problems = new Problems();

    LogChecker(PostgresEventStore store, Rig rig, RigModels models, LongConsumer progress) {
        this.store = store;
        this.rig = rig;
        this.models = models;
        this.progress = progress;
    }

    LogCheck check() {
        CheckedLog log = store.look(session -> CheckedLog.load(session, rig));
        EventChecker events = new EventChecker(log.floor(), log.floorChain(), problems);
        TagChecker tags = new TagChecker(store, rig, problems);
        readAll(log, events, tags);
        events.finish(log.head(), log.headChain());
        tags.finish(log);
        new RowChecker(store, rig, problems).check();
        models.check(problems);
        return new LogCheck(
                events.count(),
                log.head(),
                log.floor(),
                log.logId(),
                log.format(),
                events.isChainWhole() ? "ok" : "broken",
                problems.listed(),
                problems.count());
    }

    private void readAll(CheckedLog log, EventChecker events, TagChecker tags) {
        long after = log.floor();
        int limit = PAGE;
        while (after < log.head()) {
            try {
                CheckedPage page = page(after, log.head(), limit);
                take(page, after, events);
                tags.take(page.rows());
                after = page.last(log.head());
                limit = PAGE;
                progress.accept(after);
            } catch (LogCorrupt damaged) {
                // Smaller pages find whose row it is.
                if (limit == 1) {
                    after = skip(after, damaged);
                }
                limit = Math.max(1, limit / 10);
            }
        }
    }

    private CheckedPage page(long after, long head, int limit) {
        return store.look(session -> CheckedPage.read(session, rig, after, head, limit));
    }

    // Retention may have passed since the page before: what it removed is not missing.
    private static void take(CheckedPage page, long after, EventChecker events) {
        if (page.floor() > after) {
            events.goOnFrom(page.floor(), page.floorChain());
        }
        for (int i = 0; i < page.rows().size(); i++) {
            events.take(page.rows().get(i), page.chains().get(i));
        }
    }

    private long skip(long after, LogCorrupt damaged) {
        problems.add(after + 1, "integrity", String.valueOf(damaged.getMessage()));
        return after + 1;
    }
}
