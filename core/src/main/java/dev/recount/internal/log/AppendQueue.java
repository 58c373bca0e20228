package dev.recount.internal.log;

import dev.recount.event.NewEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The appends of one store that wait, first come, first served, and whether somebody leads. Who leads writes a group and then
 * hands leadership to the first who waits. Thread-safe.
 */
public final class AppendQueue {

    // A group holds the write lock, and its pages fill the write-ahead log: neither may grow with the number of
    // callers.
    private static final int MAX_REQUESTS = 1_000;
    private static final int MAX_EVENTS = 5_000;
    private static final long MAX_CHARACTERS = 4_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<AppendRequest> waiting = new ArrayDeque<>();
    private boolean led;
    private boolean closed;

    /** Queues up; true where nobody leads, so that the caller does, at once. */
    public boolean enter(AppendRequest request, Supplier<? extends RuntimeException> whenClosed) {
        lock.lock();
        try {
            if (closed) {
                throw whenClosed.get();
            }
            if (led) {
                waiting.add(request);
                return false;
            }
            led = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what still waits; false where a leader has it, or it leads by now. */
    public boolean withdraw(AppendRequest request) {
        lock.lock();
        try {
            return waiting.remove(request);
        } finally {
            lock.unlock();
        }
    }

    /** Those who came meanwhile, behind the leader itself, as many as make a group. */
    public List<AppendRequest> groupBehind(AppendRequest leader) {
        List<AppendRequest> group = new ArrayList<>();
        group.add(leader);
        lock.lock();
        try {
            int events = leader.append().events().size();
            long characters = charactersOf(leader);
            AppendRequest next = waiting.peek();
            while (next != null && group.size() < MAX_REQUESTS) {
                events += next.append().events().size();
                characters += charactersOf(next);
                if (events > MAX_EVENTS || characters > MAX_CHARACTERS) {
                    return group;
                }
                group.add(waiting.remove());
                next = waiting.peek();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private static long charactersOf(AppendRequest request) {
        long characters = 0;
        for (NewEvent event : request.append().events()) {
            characters += event.data().length();
        }
        return characters;
    }

    /** Lets the first who waits lead; where nobody waits, the next to come. */
    public void handOn() {
        lock.lock();
        try {
            AppendRequest next = waiting.poll();
            led = next != null;
            if (next != null) {
                next.lead();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and gives those who wait the exception. */
    public void close(Supplier<? extends RuntimeException> whenClosed) {
        lock.lock();
        try {
            closed = true;
            for (AppendRequest request = waiting.poll(); request != null; request = waiting.poll()) {
                request.fail(whenClosed.get());
                request.settle();
                request.wake();
            }
        } finally {
            lock.unlock();
        }
    }
}
