package dev.recount.examples.cli;

import dev.recount.event.StoredEvent;
import dev.recount.examples.cli.output.OutputLost;
import dev.recount.examples.cli.output.Terminal;
import dev.recount.store.EventStore;
import dev.recount.store.EventStoreException;
import dev.recount.store.LogInfo;
import dev.recount.store.Query;
import dev.recount.subscription.Checkpoint;
import dev.recount.subscription.Subscription;
import dev.recount.subscription.SubscriptionOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Prints events as they are stored, until there are enough of them or the process is told to end. */
final class Follower {

    private static final long LOOK_AFTER_MILLIS = 200;
    private static final long LONGEST_LAST_LINE_MILLIS = 1_000;

    private final Terminal terminal;
    private final EventStore store;
    private final Consumer<StoredEvent> printer;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final ReentrantLock printing = new ReentrantLock();
    private long left;

    Follower(Terminal terminal, EventStore store, Consumer<StoredEvent> printer) {
        this.terminal = terminal;
        this.store = store;
        this.printer = printer;
    }

    int follow(Query query, long after, long limit) {
        left = limit;
        if (left == 0) {
            return ExitStatus.DONE;
        }
        SubscriptionOptions options =
                SubscriptionOptions.defaults().matching(query).from(start(after));
        Thread end = new Thread(this::endProcess, "recount-end");
        Runtime.getRuntime().addShutdownHook(end);
        try (Subscription subscription = Subscription.start(store, options, this::print)) {
            awaitEnd(subscription);
            subscription.failure().ifPresent(Follower::rethrow);
        } finally {
            forget(end);
        }
        return ExitStatus.DONE;
    }

    private Checkpoint start(long after) {
        LogInfo log = store.info();
        if (after > log.head()) {
            throw Failure.badInput(
                    "bad_sequence",
                    "--after " + after + " is beyond the head " + log.head() + " of the log. Give a sequence it has.");
        }
        return new Checkpoint(log.logId(), Math.max(after, log.floor()));
    }

    private void print(StoredEvent event) {
        printing.lock();
        try {
            if (left > 0) {
                printer.accept(event);
                terminal.flush();
                left--;
            }
            if (left == 0) {
                enough.countDown();
            }
        } finally {
            printing.unlock();
        }
    }

    private void awaitEnd(Subscription subscription) {
        try {
            boolean ended = false;
            while (!ended && subscription.isRunning()) {
                ended = enough.await(LOOK_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Ctrl-C is how following ends, so it is no failure: without the halt the status would be that of the signal.
    private void endProcess() {
        try {
            if (printing.tryLock(LONGEST_LAST_LINE_MILLIS, TimeUnit.MILLISECONDS)) {
                terminal.flush();
            }
        } catch (InterruptedException | OutputLost e) {
            // The process ends either way.
        }
        Runtime.getRuntime().halt(ExitStatus.DONE);
    }

    private static void forget(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof OutputLost || failure instanceof EventStoreException) {
            throw (RuntimeException) failure;
        }
        throw new IllegalStateException("Following ended: " + failure, failure);
    }
}
