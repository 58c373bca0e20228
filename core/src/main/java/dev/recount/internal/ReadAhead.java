package dev.recount.internal;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages on a thread of its own, a few ahead of whoever folds them, and decodes them, too, while there is time. The thread ends
 * with the last page, or when this is closed. One thread takes and closes.
 */
final class ReadAhead<E> implements AutoCloseable {

    private static final int PAGES = 3;

    private final Pages<E> pages;
    private final Semaphore room = new Semaphore(PAGES);
    private final BlockingQueue<Read<E>> read = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    private ReadAhead(Pages<E> pages, long after) {
        this.pages = pages;
        this.thread = new Thread(() -> readOn(after), "recount-read-ahead");
        thread.setDaemon(true);
    }

    static <E> ReadAhead<E> start(Pages<E> pages, long after) {
        ReadAhead<E> ahead = new ReadAhead<>(pages, after);
        ahead.thread.start();
        return ahead;
    }

    /** A page, or what went wrong instead. */
    private record Read<E>(
            @Nullable DecodablePage<E> page, @Nullable Throwable failure) {}

    private void readOn(long after) {
        try {
            boolean complete = false;
            for (long sequence = after; !complete; ) {
                room.acquireUninterruptibly();
                if (closed) {
                    return;
                }
                DecodablePage<E> page = pages.after(sequence);
                // Whoever folds has enough to do: this thread takes over some of the decoding.
                if (!read.isEmpty()) {
                    page.decodeAhead();
                }
                read.add(new Read<>(page, null));
                sequence = page.upTo();
                complete = page.complete();
            }
        } catch (RuntimeException | Error e) {
            read.add(new Read<>(null, e));
        }
    }

    /** The next page. Waits for it whatever interrupts come: they are kept for whoever looks at them. */
    DecodablePage<E> next() {
        Read<E> next = take();
        room.release();
        if (next.page() == null) {
            // There will be nothing else, whoever asks again.
            read.add(next);
            throw failure(next);
        }
        return next.page();
    }

    private static RuntimeException failure(Read<?> next) {
        if (next.failure() instanceof Error error) {
            throw error;
        }
        return (RuntimeException) Objects.requireNonNull(next.failure());
    }

    private Read<E> take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return read.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the page that is being read, so that nothing is read afterwards. */
    @Override
    public void close() {
        closed = true;
        room.release();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
