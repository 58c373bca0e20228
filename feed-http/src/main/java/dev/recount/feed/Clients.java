package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import dev.recount.feed.FeedOptions.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams of a feed: how many there may be, who is woken, who is stuck, and their end. Thread-safe. */
final class Clients {

    private static final long LONGEST_TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Limits limits;
    private final Subject subject;
    private final EventWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Sight, Audience> audiences = new HashMap<>();
    private int places;
    private boolean closed;
    private @Nullable Thread watchdog;
    private @Nullable Thread announcer;

    Clients(Limits limits, Subject subject, EventWriter writer) {
        this.limits = limits;
        this.subject = subject;
        this.writer = writer;
    }

    int count() {
        lock.lock();
        try {
            return places;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place. */
    void reserve() {
        lock.lock();
        try {
            if (places >= limits.clients()) {
                throw FeedRefused.of(
                                503,
                                "TOO_MANY_CLIENTS",
                                "The feed serves " + places
                                        + " streams, which is as many as it may. Try again later, or" + " read pages.")
                        .with("limit", Integer.toString(limits.clients()));
            }
            places++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. */
    void release() {
        lock.lock();
        try {
            places--;
        } finally {
            lock.unlock();
        }
    }

    /** The current thread begins to serve a stream. */
    StreamThread enter(Sight sight) {
        lock.lock();
        try {
            // First, since no thread may be left to start: then nobody has entered.
            startWatchdog();
            startAnnouncer();
            Audience audience = audience(sight);
            StreamThread thread = new StreamThread(audience);
            audience.enter(thread);
            if (closed) {
                thread.close();
            }
            return thread;
        } finally {
            lock.unlock();
        }
    }

    void leave(StreamThread thread) {
        lock.lock();
        try {
            leaveAudience(thread);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The current thread goes on with a stream that shows something else. What it reads after this is what is announced to it after this. */
    void move(StreamThread thread, Sight sight) {
        lock.lock();
        try {
            Audience audience = audience(sight);
            // First, so that there is somebody to announce to all the time.
            audience.enter(thread);
            if (audience != thread.audience()) {
                leaveAudience(thread);
                thread.moveTo(audience);
            }
        } finally {
            lock.unlock();
        }
    }

    private Audience audience(Sight sight) {
        return audiences.computeIfAbsent(sight, unknown -> new Audience(sight, writer));
    }

    private void leaveAudience(StreamThread thread) {
        Audience audience = thread.audience();
        audience.leave(thread);
        if (audience.isEmpty()) {
            audiences.remove(audience.sight());
        }
    }

    /** Wakes those that see something. */
    void wake(Predicate<Sight> whoSees) {
        lock.lock();
        try {
            audiences.forEach((sight, audience) -> {
                if (whoSees.test(sight)) {
                    audience.threads().forEach(StreamThread::wake);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /** Those that see something, to be told to read. What was read before this moment is not read by another of them. */
    List<StreamThread> announce(Predicate<Sight> whoSees) {
        List<StreamThread> streams = new ArrayList<>();
        lock.lock();
        try {
            audiences.forEach((sight, audience) -> {
                if (whoSees.test(sight)) {
                    audience.announce();
                    streams.addAll(audience.threads());
                }
            });
            return streams;
        } finally {
            lock.unlock();
        }
    }

    private Stream<StreamThread> threads() {
        return audiences.values().stream().flatMap(audience -> audience.threads().stream());
    }

    /** Ends all streams: lets them say so, and breaks off those that cannot. */
    void close() {
        lock.lock();
        try {
            closed = true;
            threads().forEach(StreamThread::close);
            if (!awaitNoOthers(limits.close())) {
                threads().forEach(thread -> thread.breakOff(End.FEED_CLOSED));
                awaitNoOthers(limits.close());
            }
        } finally {
            lock.unlock();
        }
    }

    // Who closes may be interrupted: then the streams end all the same, but nobody waits for them.
    private boolean awaitNoOthers(Duration limit) {
        long nanos = limit.toNanos();
        try {
            while (!threads().allMatch(StreamThread::isCurrent) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return threads().allMatch(StreamThread::isCurrent);
    }

    private void startWatchdog() {
        if (watchdog == null) {
            watchdog = start("recount-feed-watchdog", this::watch);
        }
    }

    // Before the stream reads: what is stored after that is announced to it.
    private void startAnnouncer() {
        if (announcer == null) {
            announcer = start("recount-feed-announcer", new Announcer(this, subject.pulse()));
        }
    }

    /** Whether there is somebody to announce to; where there is nobody, the announcer ends. Forgets what is old, too. */
    boolean keepAnnouncer() {
        lock.lock();
        try {
            if (audiences.isEmpty()) {
                announcer = null;
            }
            audiences.values().forEach(Audience::forgetOld);
            return announcer != null;
        } finally {
            lock.unlock();
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void watch() {
        long stallNanos = limits.stall().toNanos();
        lock.lock();
        try {
            while (!audiences.isEmpty()) {
                changed.awaitNanos(Math.min(LONGEST_TICK_NANOS, stallNanos / 4 + 1));
                threads().forEach(thread -> thread.breakOffAfter(stallNanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchdog = null;
            lock.unlock();
        }
    }
}
