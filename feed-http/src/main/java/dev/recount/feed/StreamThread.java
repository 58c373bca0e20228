package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that serves one stream, as others see it: they wake it while it waits, and break it off while it is stuck in a write, and
 * touch it nowhere else. Thread-safe.
 */
final class StreamThread {

    private enum State {
        AT_WORK,
        WAITING,
        WRITING
    }

    private final Thread thread = Thread.currentThread();
    private final Sight sight;
    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.AT_WORK;
    private long writingSince;
    private boolean woken;
    private volatile @Nullable End brokenOff;
    private volatile boolean closing;

    /** The current thread. */
    StreamThread(Sight sight) {
        this.sight = sight;
    }

    /** Something that lasts. */
    interface Wait {
        boolean run() throws InterruptedException;
    }

    /** Something that writes to a client. */
    interface Write {
        void run() throws IOException;
    }

    /** What the stream shows. */
    Sight sight() {
        return sight;
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
            if (state == State.WAITING) {
                thread.interrupt();
            }
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
        if (state == State.WRITING) {
            thread.interrupt();
        }
    }

    /** Breaks it off where it is in one write for longer than that. */
    void breakOffAfter(long stallNanos) {
        lock.lock();
        try {
            if (state == State.WRITING && System.nanoTime() - writingSince > stallNanos) {
                breakOff(End.STALLED);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits.
     *
     * @return what the wait gave; false where this thread was woken instead
     * @throws InterruptedException where somebody else interrupted the thread
     */
    boolean await(Wait wait) throws InterruptedException {
        if (!beginWait()) {
            return false;
        }
        try {
            return wait.run();
        } catch (InterruptedException e) {
            if (!wasWoken()) {
                throw e;
            }
            return false;
        } finally {
            endWait();
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

    private boolean beginWait() {
        lock.lock();
        try {
            boolean free = !woken && !closing;
            woken = false;
            state = free ? State.WAITING : State.AT_WORK;
            return free;
        } finally {
            lock.unlock();
        }
    }

    private boolean wasWoken() {
        lock.lock();
        try {
            return woken;
        } finally {
            lock.unlock();
        }
    }

    // Clears the interrupt that wake() may have sent after the wait was over.
    private void endWait() {
        lock.lock();
        try {
            state = State.AT_WORK;
            if (woken) {
                Thread.interrupted();
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    private void beginWrite() throws IOException {
        lock.lock();
        try {
            requireWhole();
            state = State.WRITING;
            writingSince = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void endWrite() {
        lock.lock();
        try {
            state = State.AT_WORK;
            if (brokenOff != null) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
