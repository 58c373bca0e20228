package dev.recount.command;

import dev.recount.store.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The states of the most recently used boundaries, each with the sequence up to which it was read. */
final class StateCache<S> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Query, KnownState<S>> states;

    StateCache(int capacity) {
        this.states = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Query, KnownState<S>> eldest) {
                return size() > capacity;
            }
        };
    }

    @Nullable
    KnownState<S> get(Query boundary) {
        lock.lock();
        try {
            return states.get(boundary);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps {@code state}, unless another caller has read further meanwhile. */
    void put(Query boundary, KnownState<S> state) {
        lock.lock();
        try {
            KnownState<S> known = states.get(boundary);
            if (known == null || known.upTo() < state.upTo()) {
                states.put(boundary, state);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the state of a boundary. */
    void forget(Query boundary) {
        lock.lock();
        try {
            states.remove(boundary);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a snapshot holds so many events of a boundary. */
    void keptUpTo(Query boundary, long events) {
        lock.lock();
        try {
            states.computeIfPresent(boundary, (same, known) -> known.withKept(events));
        } finally {
            lock.unlock();
        }
    }
}
