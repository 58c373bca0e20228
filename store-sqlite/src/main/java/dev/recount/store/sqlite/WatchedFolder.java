package dev.recount.store.sqlite;

import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who wants to know of which logs of one folder. Not thread-safe: use under the lock of its {@link FileWatch}. */
final class WatchedFolder {

    private static final String WAL = "-wal";

    private final WatchKey key;
    private final Map<String, Map<FileWatch.Listener, Interest>> byLog = new HashMap<>();
    private volatile boolean told = true;

    WatchedFolder(WatchKey key) {
        this.key = key;
    }

    /** One listener's interest in one log, or in all. */
    final class Interest {
        private int users;
        private long leftAt;
        private boolean fresh = true;

        /** Whether nothing was told of before; asked once by each who joins. */
        boolean isNew() {
            boolean first = fresh;
            fresh = false;
            return first;
        }

        boolean isTold() {
            return told;
        }

        void leave(long now) {
            users--;
            leftAt = now;
        }

        private boolean isForgotten(long before) {
            return users == 0 && leftAt - before < 0;
        }
    }

    Interest join(String log, FileWatch.Listener listener) {
        Interest interest =
                byLog.computeIfAbsent(log, any -> new HashMap<>()).computeIfAbsent(listener, any -> new Interest());
        interest.users++;
        return interest;
    }

    boolean hasKey(WatchKey other) {
        return key.equals(other);
    }

    boolean isTold() {
        return told;
    }

    void endTelling() {
        told = false;
    }

    /** Drops those who left before that time; whether nobody is left. */
    boolean isForgotten(long before) {
        byLog.values().removeIf(interests -> {
            interests.values().removeIf(interest -> interest.isForgotten(before));
            return interests.isEmpty();
        });
        if (byLog.isEmpty()) {
            key.cancel();
            told = false;
        }
        return byLog.isEmpty();
    }

    /** What has to be told of what happened since. */
    void collect(Collection<Runnable> news) {
        Set<String> changed = new HashSet<>();
        for (WatchEvent<?> event : key.pollEvents()) {
            changed.add(logOf(event));
        }
        told = key.reset();
        if (!told) {
            // The folder itself is gone.
            changed.add(FileWatch.ANY);
        }
        for (String log : changed) {
            collect(log, news);
        }
    }

    private void collect(String log, Collection<Runnable> news) {
        if (log.equals(FileWatch.ANY)) {
            byLog.values().forEach(interests -> add(interests, log, news));
            return;
        }
        add(byLog.getOrDefault(log, Map.of()), log, news);
        add(byLog.getOrDefault(FileWatch.ANY, Map.of()), log, news);
    }

    private static void add(Map<FileWatch.Listener, Interest> interests, String log, Collection<Runnable> news) {
        interests.keySet().forEach(listener -> news.add(() -> listener.changed(log)));
    }

    private static String logOf(WatchEvent<?> event) {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW || event.context() == null) {
            return FileWatch.ANY;
        }
        String name = event.context().toString();
        return name.endsWith(WAL) ? name.substring(0, name.length() - WAL.length()) : name;
    }
}
