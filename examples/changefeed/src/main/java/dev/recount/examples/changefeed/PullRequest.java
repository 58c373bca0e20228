package dev.recount.examples.changefeed;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A change that is proposed to a project. Immutable.
 *
 * @param session the session that works on it; null where none does
 * @param commit the newest commit
 * @param checks the newest of each name
 * @param threads by their ids
 */
public record PullRequest(
        String project,
        String id,
        @Nullable String session,
        String title,
        String commit,
        PrStatus status,
        SortedMap<String, Check> checks,
        SortedMap<String, ReviewThread> threads) {

    static PullRequest created(String project, String id, @Nullable String session, String title, String commit) {
        return new PullRequest(project, id, session, title, commit, PrStatus.OPEN, new TreeMap<>(), new TreeMap<>());
    }

    /** Copies the maps. */
    public PullRequest {
        checks = Collections.unmodifiableSortedMap(new TreeMap<>(checks));
        threads = Collections.unmodifiableSortedMap(new TreeMap<>(threads));
    }

    /** Whether it can change no more. */
    public boolean hasEnded() {
        return status != PrStatus.OPEN;
    }

    PullRequest updated(String newTitle, String newCommit, PrStatus newStatus) {
        return new PullRequest(project, id, session, newTitle, newCommit, newStatus, checks, threads);
    }

    PullRequest inSession(@Nullable String newSession) {
        return new PullRequest(project, id, newSession, title, commit, status, checks, threads);
    }

    PullRequest with(Check check) {
        return new PullRequest(project, id, session, title, commit, status, and(checks, check.name(), check), threads);
    }

    PullRequest with(ReviewThread thread) {
        return new PullRequest(project, id, session, title, commit, status, checks, and(threads, thread.id(), thread));
    }

    private static <V> SortedMap<String, V> and(Map<String, V> map, String key, V value) {
        SortedMap<String, V> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
