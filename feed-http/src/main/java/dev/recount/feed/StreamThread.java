package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves one stream, as others see it: they wake it while it waits, and break it off while it is stuck in a write, and
 * touch it nowhere else. Thread-safe.
 */
final class StreamThread {

    private final Thread thread = Thread.currentThread();
    // Changed by its own thread only, under the lock of the clients.
    private volatile Audience audience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean writing;
    private long writingSince;
    private boolean woken;
    private boolean news;
    private volatile @Nullable End brokenOff;
    private volatile boolean closing;

    /** The current thread. */
    StreamThread(Audience audience) {
        this.audience = audience;
    }

    /** Something that writes to a client. */
    interface Write {
        void run() throws IOException;
    }

    /** The streams that show the same, and this one among them. */
    Audience audience() {
        return audience;
    }

    /** From now on it shows what others do. */
    void moveTo(Audience other) {
        audience = other;
    }

    boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** Whether the stream shall end. */
    boolean isClosing() {
        return closing;
    }

    /** Why it was broken off; empty where it was not. */
    Optional<End> brokenOff() {
        return Optional.ofNullable(brokenOff);
    }

    /** Ends a wait, or the next one where there is none. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait, or the next one where there is none, since there may be something to read. */
    void announce() {
        lock.lock();
        try {
            news = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the stream end by itself. */
    void close() {
        closing = true;
        wake();
    }

    /** Ends the stream at its next write, also where it is stuck in one. */
    void breakOff(End end) {
        lock.lock();
        try {
            if (brokenOff == null) {
                brokenOff = end;
                interruptWrite();
            }
        } finally {
            lock.unlock();
        }
    }

    // An interrupt frees a thread that is stuck in a socket's write; closing the exchange does not.
    private void interruptWrite() {
        if (writing) {
            thread.interrupt();
        }
    }

    /** Breaks it off where it is in one write for longer than that. */
    void breakOffAfter(long stallNanos) {
        lock.lock();
        try {
            if (writing && System.nanoTime() - writingSince > stallNanos) {
                breakOff(End.STALLED);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it is woken, there may be something to read, or the time is over.
     *
     * @return whether there may be something to read that was announced after the last wait
     * @throws InterruptedException where somebody else interrupted the thread
     */
    boolean await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            for (long left = nanos; left > 0 && !news && !woken && !closing; ) {
                left = changed.awaitNanos(left);
            }
            boolean announced = news;
            // Before what is read next, so that nothing announced from now on is lost.
            news = false;
            woken = false;
            return announced;
        } finally {
            lock.unlock();
        }
    }

    /** Writes, unless or until it is broken off. */
    void write(Write write) throws IOException {
        beginWrite();
        try {
            write.run();
        } finally {
            endWrite();
        }
        requireWhole();
    }

    private void requireWhole() throws IOException {
        if (brokenOff != null) {
            throw new IOException("The stream was broken off: " + brokenOff + ".");
        }
    }

    private void beginWrite() throws IOException {
        lock.lock();
        try {
            requireWhole();
            writing = true;
            writingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void endWrite() {
        lock.lock();
        try {
            writing = false;
            if (brokenOff != null) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
