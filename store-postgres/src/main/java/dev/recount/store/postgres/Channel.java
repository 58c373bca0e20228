package dev.recount.store.postgres;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** On what the processes of a town tell each other that rigs have grown. Each message names rigs by their keys, and nothing more. */
final class Channel {

    /** The channel of a schema, as {@code LISTEN} takes it. */
    static final String NAME = "recount_{s}";

    private static final long IDLE_SECONDS = 2;

    private Channel() {}

    static String message(Set<Integer> rigs) {
        return rigs.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Whether a message names one of the rigs. What cannot be read names none. */
    static boolean names(String message, Set<Integer> rigs) {
        return Stream.of(message.split(",", -1))
                .anyMatch(
                        key -> rigs.stream().anyMatch(rig -> String.valueOf(rig).equals(key)));
    }

    /** One daemon thread, which ends when nothing is left to do. */
    static ExecutorService thread(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Starts a task, unless its town is closed. */
    static boolean start(ExecutorService thread, Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }
}
