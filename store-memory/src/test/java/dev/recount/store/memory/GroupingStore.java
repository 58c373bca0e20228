package dev.recount.store.memory;

import dev.recount.store.Append;
import dev.recount.store.Appended;
import dev.recount.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Gathers the appends of a moment and runs them as a group, in whatever wrong way it is given. */
final class GroupingStore extends FaultyStore {

    private static final int ENOUGH = 8;
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Groups groups;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Member> gathered = new ArrayList<>();

    private GroupingStore(EventStore store, Groups groups) {
        super(store);
        this.groups = groups;
    }

    /** Runs every member of a group. */
    interface Groups {
        void run(EventStore store, List<Member> group);
    }

    static EventStore on(EventStore store, Groups groups) {
        return new GroupingStore(store, groups);
    }

    /** An append of a group, and what its caller is told. */
    static final class Member {
        private final Append append;
        private Appended outcome;
        private RuntimeException refusal;
        private boolean done;

        private Member(Append append) {
            this.append = append;
        }

        /** Appends in some way; gives the refusal, or null. */
        RuntimeException run(Function<Append, Appended> way) {
            try {
                outcome = way.apply(append);
            } catch (RuntimeException e) {
                refusal = e;
            }
            return refusal;
        }

        boolean isAcknowledged() {
            return outcome != null;
        }

        Appended outcome() {
            return outcome;
        }

        void tell(Appended other) {
            outcome = other;
        }
    }

    @Override
    public Appended append(Append append) {
        Member member = new Member(append);
        lock.lock();
        try {
            gathered.add(member);
            changed.signalAll();
            if (gathered.size() == 1) {
                awaitOthers();
                List<Member> group = List.copyOf(gathered);
                gathered.clear();
                groups.run(store, group);
                group.forEach(each -> each.done = true);
                changed.signalAll();
            }
            while (!member.done) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (member.refusal != null) {
            throw member.refusal;
        }
        return member.outcome;
    }

    private void awaitOthers() {
        long left = MOMENT_NANOS;
        try {
            while (gathered.size() < ENOUGH && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
