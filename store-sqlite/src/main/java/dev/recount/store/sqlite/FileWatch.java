package dev.recount.store.sqlite;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once which logs were written, where the file system does: on Linux. One thread serves all folders, and only while
 * somebody is waiting or was a moment ago. Thread-safe.
 */
final class FileWatch {

    /** Stands for any file: which ones changed is not known. */
    static final String ANY = "";

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEventStore.class);
    // A subscription waits again as soon as it has handled what woke it.
    private static final Duration LINGER = Duration.ofSeconds(2);
    // A log that is written without pause is told of so often and no more.
    private static final long PAUSE_NANOS = 2_000_000;
    private static final FileWatch OF_THIS_PROCESS = new FileWatch(isTold(), LINGER);

    private final boolean told;
    private final Duration linger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, WatchedFolder> folders = new HashMap<>();
    private @Nullable WatchService service;
    private long expiredAt;

    /**
     * A watch of its own.
     *
     * @param told whether this system tells of changes at once; where it does not, nobody is ever told
     * @param linger how long it goes on after the last one has left
     */
    FileWatch(boolean told, Duration linger) {
        this.told = told;
        this.linger = linger;
    }

    static FileWatch ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    // Elsewhere the JDK polls every few seconds, or is told only when a writer closes its file.
    static boolean isTold() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }

    /** Whom a change is told. It must not block. */
    interface Listener {
        /** A log was written, by its file's name; {@link #ANY} where any may have been. */
        void changed(String log);
    }

    /** A listener's place, to be given back. Thread-safe. */
    interface Ticket extends AutoCloseable {

        Ticket UNTOLD = new Ticket() {
            @Override
            public boolean isTold() {
                return false;
            }

            @Override
            public void close() {}
        };

        /** Whether changes are told of now; where they are not, look. */
        boolean isTold();

        @Override
        void close();
    }

    /** Tells of one log. */
    Ticket join(Path log, Listener listener) {
        Path folder = log.getParent();
        Path name = log.getFileName();
        return folder == null || name == null ? Ticket.UNTOLD : join(folder, name.toString(), listener);
    }

    /** Tells of all logs in a folder. */
    Ticket joinAll(Path folder, Listener listener) {
        return join(folder, ANY, listener);
    }

    // Who is new is told that anything may have changed before.
    private Ticket join(Path folder, String log, Listener listener) {
        if (!told) {
            return Ticket.UNTOLD;
        }
        WatchedFolder.Interest interest;
        boolean isNew;
        lock.lock();
        try {
            interest = watched(folder).join(log, listener);
            isNew = interest.isNew();
        } catch (IOException e) {
            LOG.debug("Folder {} cannot be watched, so its logs are looked at: {}", folder, e.toString());
            return Ticket.UNTOLD;
        } finally {
            lock.unlock();
        }
        if (isNew) {
            listener.changed(ANY);
        }
        return new Joined(interest);
    }

    private final class Joined implements Ticket {
        private final WatchedFolder.Interest interest;

        Joined(WatchedFolder.Interest interest) {
            this.interest = interest;
        }

        @Override
        public boolean isTold() {
            return interest.isTold();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                interest.leave(System.nanoTime());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether its thread runs. */
    boolean isRunning() {
        lock.lock();
        try {
            return service != null;
        } finally {
            lock.unlock();
        }
    }

    /** How many folders are watched. */
    int folders() {
        lock.lock();
        try {
            return folders.size();
        } finally {
            lock.unlock();
        }
    }

    private WatchedFolder watched(Path folder) throws IOException {
        WatchedFolder known = folders.get(folder);
        if (known != null) {
            return known;
        }
        WatchService running = service;
        WatchService open = running != null ? running : FileSystems.getDefault().newWatchService();
        try {
            WatchKey key =
                    folder.register(open, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            WatchedFolder watched = sameFolder(key);
            folders.put(folder, watched);
            if (running == null) {
                start(open);
            }
            return watched;
        } finally {
            if (service != open) {
                open.close();
            }
        }
    }

    // A folder that is reached by two paths has one key.
    private WatchedFolder sameFolder(WatchKey key) {
        return folders.values().stream()
                .filter(folder -> folder.hasKey(key))
                .findFirst()
                .orElseGet(() -> new WatchedFolder(key));
    }

    private void start(WatchService open) {
        Thread thread = new Thread(() -> tellAll(open), "recount-file-watch");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        service = open;
        expiredAt = System.nanoTime();
        thread.start();
    }

    private void tellAll(WatchService open) {
        try {
            boolean needed = true;
            while (needed) {
                WatchKey first = open.poll(linger.toNanos(), TimeUnit.NANOSECONDS);
                for (WatchKey key = first; key != null; key = open.poll()) {
                    tell(key);
                }
                if (first != null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                needed = isNeeded();
            }
        } catch (InterruptedException | ClosedWatchServiceException end) {
            LOG.debug("The watch of files ends: {}", end.toString());
        } finally {
            end(open);
        }
    }

    private void tell(WatchKey key) {
        List<Runnable> news = new ArrayList<>();
        lock.lock();
        try {
            folders.values().stream()
                    .filter(folder -> folder.hasKey(key))
                    .findFirst()
                    .ifPresent(folder -> folder.collect(news));
            folders.values().removeIf(folder -> !folder.isTold());
        } finally {
            lock.unlock();
        }
        news.forEach(Runnable::run);
    }

    // Whoever joins meanwhile finds no service, and starts another.
    private boolean isNeeded() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - expiredAt >= linger.toNanos()) {
                expiredAt = now;
                folders.values().removeIf(folder -> folder.isForgotten(now - linger.toNanos()));
            }
            if (folders.isEmpty()) {
                service = null;
            }
            return service != null;
        } finally {
            lock.unlock();
        }
    }

    private void end(WatchService open) {
        lock.lock();
        try {
            if (service == open) {
                folders.values().forEach(WatchedFolder::endTelling);
                folders.clear();
                service = null;
            }
        } finally {
            lock.unlock();
        }
        try {
            open.close();
        } catch (IOException nothingIsLost) {
            LOG.debug("A watch of files could not be closed: {}", nothingIsLost.toString());
        }
    }
}
