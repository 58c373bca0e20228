package dev.recount.store.sqlite;

import dev.recount.internal.log.Deadline;
import dev.recount.store.LogCorrupt;
import dev.recount.store.StoreClosed;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.TownCursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the rigs of a town are, as far as is known, and who waits for any of them to get on.
 *
 * <p>One signal serves all rigs; what it counts is how often any of them was found to have got on. Rigs that the file system says
 * were written are asked, and of the others a few each time, to be sure. Thread-safe.
 */
final class RigHeads implements FileWatch.Listener {

    private static final int RIGS_EACH_TURN = 10;
    private static final int RIGS_EACH_TURN_UNTOLD = 50;
    private static final long TURN_EVERY_NANOS = 90_000_000;
    private static final long LIST_EVERY_NANOS = 5_000_000_000L;
    private static final long LIST_EVERY_NANOS_UNTOLD = 2_000_000_000L;

    private final RigFolder rigs;
    private final OpenRigs open;
    private final Tuning tuning;
    private final BooleanSupplier closed;
    private final CommitSignal signal = new CommitSignal();
    private final AtomicLong changes = new AtomicLong();
    private final Map<String, RigHead> known = new ConcurrentHashMap<>();
    private final Doubts doubts = new Doubts();
    private final ReentrantLock looking = new ReentrantLock();
    private final Deque<String> inTurn = new ArrayDeque<>();
    private volatile boolean allInDoubt = true;
    private volatile boolean told;
    private long listedAt = System.nanoTime();
    private long turnAt = listedAt;

    RigHeads(RigFolder rigs, OpenRigs open, Tuning tuning, BooleanSupplier closed) {
        this.rigs = rigs;
        this.open = open;
        this.tuning = tuning;
        this.closed = closed;
    }

    Tuning tuning() {
        return tuning;
    }

    /**
     * How far a rig is now.
     *
     * @throws LogCorrupt where it is no log, or damaged
     * @throws StoreUnavailable where it cannot be read now
     */
    RigHead ask(String rig) {
        RigHead before = known.get(rig);
        FileStamp stamp = FileStamp.NEVER;
        if (!open.has(rig)) {
            stamp = FileStamp.of(rigs.fileOf(rig));
            if (stamp.equals(FileStamp.NEVER)) {
                throw rigs.isGone(rig);
            }
            if (before != null && before.stamp().equals(stamp)) {
                return before;
            }
        }
        return stamp.isEmpty() ? RigHead.NONE : ask(rig, before, stamp.orNever());
    }

    private RigHead ask(String rig, @Nullable RigHead before, FileStamp stamp) {
        try {
            RigHead now = open.with(rig, store -> {
                LogRow log = store.look(session -> LogRow.load(session, rigs.fileOf(rig)));
                return new RigHead(log.logId(), log.head(), log.headChain(), log.floor(), log.lastStoredAt(), stamp);
            });
            known.compute(
                    rig, (name, current) -> current == null || current.equals(before) ? now : now.orLater(current));
            if (before == null ? now.head() > 0 : now.isAfter(before)) {
                changes.incrementAndGet();
            }
            return now;
        } catch (LogCorrupt | StoreUnavailable e) {
            known.remove(rig);
            throw e;
        }
    }

    /** The hash at a rig's head, where nothing else is asked for and it was known at the last look; else empty. */
    Map<Long, String> knownChain(String rig, Collection<Long> sequences) {
        RigHead head = known.get(rig);
        if (head == null || head.chain().isEmpty() || !Set.copyOf(sequences).equals(Set.of(head.head()))) {
            return Map.of();
        }
        return Map.of(head.head(), head.chain());
    }

    /** A rig of this process has got on. */
    void appended(String rig, long head) {
        if (known.computeIfPresent(rig, (name, before) -> before.at(head)) == null) {
            doubts.putIfNone(rig);
        }
        signal.publish(changes.incrementAndGet());
    }

    @Override
    public void changed(String log) {
        if (log.equals(FileWatch.ANY)) {
            allInDoubt = true;
        } else if (RigName.isFileName(log)) {
            doubts.put(RigName.ofFile(log));
        } else {
            return;
        }
        signal.changed(log);
    }

    /** Lets all waiters look whether the town was closed. */
    void wakeAll() {
        signal.wakeAll();
    }

    /** Waits until any rig has something after the cursor; false when the time is over. */
    boolean awaitAfter(TownCursor cursor, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.after(timeout);
        try (FileWatch.Ticket ticket = tuning.watch().joinAll(rigs.directory(), this)) {
            told = ticket.isTold();
            if (!told) {
                allInDoubt = true;
            }
            CommitSignal.Watch watch = new CommitSignal.Watch(
                    rigs.directory().toString(), this::look, closed, tuning.townLooks(), any -> shared(ticket));
            while (true) {
                long seen = changes.get();
                if (closed.getAsBoolean()) {
                    throw new StoreClosed(rigs.directory().toString());
                }
                if (isAnyAfter(cursor)) {
                    return true;
                }
                if (!signal.awaitAfter(seen, Duration.ofNanos(deadline.remainingNanos()), watch)) {
                    return false;
                }
            }
        }
    }

    private static FileWatch.Ticket shared(FileWatch.Ticket ticket) {
        return new FileWatch.Ticket() {
            @Override
            public boolean isTold() {
                return ticket.isTold();
            }

            @Override
            public void close() {}
        };
    }

    private boolean isAnyAfter(TownCursor cursor) {
        return known.entrySet().stream()
                .anyMatch(rig -> rig.getValue().isAfter(cursor.rigs().get(rig.getKey())));
    }

    private long look() {
        looking.lock();
        try {
            if (!closed.getAsBoolean()) {
                lookWhereNeeded(System.nanoTime());
            }
            return changes.get();
        } finally {
            looking.unlock();
        }
    }

    private void lookWhereNeeded(long now) {
        boolean all = allInDoubt;
        if (all) {
            allInDoubt = false;
        }
        if (all || now - listedAt >= (told ? LIST_EVERY_NANOS : LIST_EVERY_NANOS_UNTOLD)) {
            listedAt = now;
            list(all);
        }
        doubts.forEachDue(now, this::tryToAsk);
        if (now - turnAt >= TURN_EVERY_NANOS) {
            turnAt = now;
            lookAtSome(told ? RIGS_EACH_TURN : RIGS_EACH_TURN_UNTOLD);
        }
    }

    private void list(boolean all) {
        Set<String> names = new LinkedHashSet<>(rigs.names());
        known.keySet().retainAll(names);
        if (!names.equals(Set.copyOf(inTurn))) {
            inTurn.clear();
            inTurn.addAll(names);
        }
        for (String rig : names) {
            if (all || !known.containsKey(rig)) {
                // What was written a moment ago may become visible a moment later.
                if (!FileStamp.of(rigs.fileOf(rig)).isSettled()) {
                    doubts.putIfNone(rig);
                }
                tryToAsk(rig);
            }
        }
    }

    private void lookAtSome(int count) {
        for (int i = Math.min(count, inTurn.size()); i > 0; i--) {
            String rig = inTurn.removeFirst();
            inTurn.addLast(rig);
            // One of them is opened whatever its file looks like: a commit that was slow to become visible changed
            // nothing of that.
            if (i == 1) {
                known.computeIfPresent(rig, (name, head) -> head.inDoubt());
            }
            tryToAsk(rig);
        }
    }

    // A broken rig keeps nobody from waiting for the others; whoever reads is told of it.
    private void tryToAsk(String rig) {
        try {
            ask(rig);
        } catch (LogCorrupt | StoreUnavailable broken) {
            known.remove(rig);
        }
    }
}
