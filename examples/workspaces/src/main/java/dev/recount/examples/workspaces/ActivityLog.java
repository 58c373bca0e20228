package dev.recount.examples.workspaces;

import dev.recount.EventLog;
import dev.recount.codec.RecordedEvent;
import dev.recount.codec.jackson.JacksonCodec;
import dev.recount.store.AppendCondition;
import dev.recount.store.Query;
import dev.recount.store.Retained;
import dev.recount.store.Retention;
import dev.recount.store.sqlite.SqliteEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What agents said that they did, for seven days. It has a store of its own: sweeping it touches no event of the organisation. Thread-safe.
 * It does not close the store.
 */
public final class ActivityLog {

    /** For how long an activity is kept. */
    public static final Duration KEPT = Duration.ofDays(7);

    private final EventLog<Activity> log;
    private final SqliteEventStore store;
    private final InstantSource clock;

    private ActivityLog(SqliteEventStore store, InstantSource clock) {
        this.log = EventLog.of(store, JacksonCodec.of(Activity.class));
        this.store = store;
        this.clock = clock;
    }

    /** In a store that holds nothing else. */
    public static ActivityLog in(SqliteEventStore store, InstantSource clock) {
        return new ActivityLog(store, clock);
    }

    /** Keeps an activity. */
    public void add(Activity activity) {
        log.append(List.of(activity), AppendCondition.none());
    }

    /** The activities of a workspace that are kept, oldest first. */
    public List<Activity> of(String workspaceId) {
        List<Activity> found = new ArrayList<>();
        for (RecordedEvent<Activity> recorded : log.read(Query.tagged("workspace_id", workspaceId))) {
            found.add(recorded.event());
        }
        return found;
    }

    /** Removes what is older than seven days. */
    public Retained sweep() {
        return store.retain(Retention.from(clock.instant().minus(KEPT)));
    }
}
