package dev.recount.reaction;

import dev.recount.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance of a reactor: it reads the log, stores what is to be done, and performs what is due; or it stands by while another
 * instance does, and takes over when that one ends or gives no sign of life.
 *
 * <p>Effects are performed one at a time, in the order of their due times; one that failed waits for its next try and one that was parked
 * waits for a hand, and neither holds up the others. While the store is unavailable it waits and tries again. A reactor that throws
 * ends, before the event that it failed on: start it again when it is mended.
 *
 * <pre>{@code
 * checkpoints.awaitIdle(asked.appended().last(), Duration.ofSeconds(30));
 *
 * List<StoredReaction> parked = checkpoints.parked(100);
 * parked.forEach(reaction -> checkpoints.retry(reaction.id()));
 * }</pre>
 *
 * <p>Thread-safe. It has two threads of its own.
 */
public final class RunningReactor implements AutoCloseable {

    private static final Duration LOOK_FOR_OTHERS = Duration.ofMillis(100);

    private final Instance<?, ?> instance;
    private final Reading<?, ?> reading;
    private final Performing<?, ?, ?> performing;
    private final Thread reader;
    private final Thread performer;

    private RunningReactor(Instance<?, ?> instance, Reading<?, ?> reading, Performing<?, ?, ?> performing) {
        this.instance = instance;
        this.reading = reading;
        this.performing = performing;
        AtomicInteger running = new AtomicInteger(2);
        AtomicBoolean performs = new AtomicBoolean(true);
        Runnable atEnd = () -> {
            if (running.decrementAndGet() == 0) {
                end();
            }
        };
        Runnable readsNoMore = () -> {
            reading.keepLeaseWhile(performs::get);
            atEnd.run();
        };
        Runnable performsNoMore = () -> {
            performs.set(false);
            instance.signals().wake();
            atEnd.run();
        };
        this.reader = thread("recount-reactor-reads", new Loop(instance.signals(), reading, readsNoMore));
        this.performer = thread("recount-reactor-performs", new Loop(instance.signals(), performing, performsNoMore));
    }

    static RunningReactor start(Instance<?, ?> instance, Reading<?, ?> reading, Performing<?, ?, ?> performing) {
        RunningReactor running = new RunningReactor(instance, reading, performing);
        running.reader.start();
        running.performer.start();
        return running;
    }

    /**
     * How far the reactor is, whichever instance runs it.
     *
     * @throws StoreUnavailable where that cannot be read now
     */
    public ReactorStatus status() {
        // Asked for first: what is read later is stored before it counts as read.
        long readUpTo = reading.readUpTo();
        return instance.reactions()
                .status(instance.name())
                .orElseThrow(() -> new IllegalStateException(
                        "Reactor '" + instance.name() + "' is not known to its store any more. Start it again."))
                .readUpTo(readUpTo);
    }

    /** How many events of this run could not be decoded and were passed over. */
    public long undecodable() {
        return reading.undecodable();
    }

    /** The first {@code limit} reactions that failed as often as they may. */
    public List<StoredReaction> parked(int limit) {
        return instance.reactions().list(instance.name(), StoredReaction.State.PARKED, limit);
    }

    /** The first {@code limit} reactions that were done, and whose outcome the rules refused. */
    public List<StoredReaction> rejected(int limit) {
        return instance.reactions().list(instance.name(), StoredReaction.State.REJECTED, limit);
    }

    /**
     * Has a reaction that failed, or was parked or rejected, tried again now, as if for the first time.
     *
     * @return whether there is such a one; false also for one that was never tried, such as a timer that is not due
     */
    public boolean retry(ReactionId id) {
        boolean found = instance.reactions().retry(instance.name(), id, instance.now());
        wake();
        return found;
    }

    /**
     * Gives up a reaction that was parked or rejected.
     *
     * @return whether there was such a one
     */
    public boolean forget(ReactionId id) {
        return instance.reactions().forget(instance.name(), id);
    }

    /** Has it look at its clock now, such as one that a test has moved. By itself it looks every ten seconds, and when a timer is due. */
    public void wake() {
        instance.signals().wake();
    }

    /**
     * Waits until everything up to {@code sequence} has been reacted to and nothing is due: each effect was performed, parked or
     * rejected, or waits for its time or its next try, and this instance's listener has been told of it. An instance that stands by
     * goes by what the other has stored, which may lag behind by a third of a lease where events led to nothing.
     *
     * @return whether it is so; false when the time is over
     * @throws IllegalStateException where this instance ended before, with its {@link #failure} as the cause
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean awaitIdle(long sequence, Duration timeout) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        long start = System.nanoTime();
        wake();
        while (true) {
            long seen = instance.signals().version();
            boolean idle = status().isIdle(sequence, instance.now());
            if (idle && hasTold()) {
                return true;
            } else if (!idle) {
                requireRunning(sequence);
            }
            Duration left = Duration.ofNanos(nanos - (System.nanoTime() - start));
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            instance.signals().await(seen, left.compareTo(LOOK_FOR_OTHERS) < 0 ? left : LOOK_FOR_OTHERS);
        }
    }

    /** What ended it: what the reactor threw, or what a store did; empty while it runs or when it was closed. */
    public Optional<Throwable> failure() {
        return instance.signals().failure();
    }

    /** Whether it still runs, or stands by. */
    public boolean isRunning() {
        return !instance.signals().isStopped();
    }

    /**
     * Ends this instance, so that another one can take over at once. An effect that is being performed is not broken off, and
     * nobody takes over until it is done: this returns then, unless the effect is what closes. Closing again does nothing.
     */
    @Override
    public void close() {
        instance.signals().stop(null);
        // The reader waits for the effect, so an effect that closes waits for neither.
        if (Thread.currentThread() != performer) {
            boolean interrupted = joinUninterruptibly(performer);
            interrupted |= Thread.currentThread() != reader && joinUninterruptibly(reader);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    // Asked after the status, since it is stored first and told then. What the listener itself waits for cannot wait
    // for it.
    private boolean hasTold() {
        return !performing.isTelling() || Thread.currentThread() == performer;
    }

    private void requireRunning(long sequence) {
        if (instance.signals().isStopped()) {
            Throwable cause = failure().orElse(null);
            throw new IllegalStateException(
                    "Reactor '" + instance.name() + "' ended before it was idle at sequence " + sequence
                            + (cause == null ? ": it was closed." : ": " + Reason.of(cause)),
                    cause);
        }
    }

    private void end() {
        reading.end();
        failure().ifPresent(cause -> instance.tell(listener -> listener.stopped(cause)));
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
