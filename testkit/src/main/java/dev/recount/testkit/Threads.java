package dev.recount.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks on threads of their own, and hands back what they give or throw. */
final class Threads {

    private static final long PATIENCE_SECONDS = 60;

    private Threads() {}

    /** A task that runs on a thread. */
    record Running<T>(Thread thread, FutureTask<T> task) {

        /** What it gives, within the time; a task that takes longer is interrupted, and that is a failure. */
        T result(long seconds) throws Exception {
            try {
                return task.get(seconds, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (TimeoutException e) {
                thread.interrupt();
                throw new AssertionError("A thread did not end within " + seconds + " s", e);
            }
        }

        /** Gives it the chance to block: returns when it waits, has ended, or has run for a while. */
        Running<T> untilItWaits() {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            while (!isIdle(thread.getState()) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            return this;
        }

        private static boolean isIdle(Thread.State state) {
            return state == Thread.State.WAITING
                    || state == Thread.State.TIMED_WAITING
                    || state == Thread.State.TERMINATED;
        }
    }

    static <T> Running<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future, "contract");
        thread.setDaemon(true);
        thread.start();
        return new Running<>(thread, future);
    }

    /** Starts all at the same moment and waits for all. */
    static <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Running<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(start(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Running<T> each : running) {
            results.add(each.result(PATIENCE_SECONDS));
        }
        return results;
    }
}
