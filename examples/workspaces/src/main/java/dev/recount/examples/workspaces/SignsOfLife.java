package dev.recount.examples.workspaces;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * When each workspace was last heard of, and what it said. In memory only: it can be told again, and after a restart every workspace gets
 * the time that it has. Thread-safe.
 */
final class SignsOfLife {

    private final ConcurrentMap<String, Sign> last = new ConcurrentHashMap<>();
    private final Instant since;

    /** Nothing was heard before that time, of anybody. */
    SignsOfLife(Instant since) {
        this.since = since;
    }

    /** A sign of life. Immutable. */
    record Sign(Instant at, double errorRate, @Nullable String task) {}

    /** What a sign says that the one before did not. Immutable. */
    record News(boolean isTask, boolean isErrorRate) {}

    /** Takes note of a sign; the first one is compared with a workspace that is idle and well. */
    News heard(String workspaceId, Sign sign) {
        Optional<Sign> before = Optional.ofNullable(last.put(workspaceId, sign));
        String task = before.map(Sign::task).orElse(null);
        double errorRate = before.map(Sign::errorRate).orElse(0.0);
        return new News(!Objects.equals(task, sign.task()), errorRate != sign.errorRate());
    }

    /** When a workspace was last heard of, or when listening began. */
    Instant lastOf(String workspaceId) {
        return Optional.ofNullable(last.get(workspaceId)).map(Sign::at).orElse(since);
    }

    void forget(String workspaceId) {
        last.remove(workspaceId);
    }
}
