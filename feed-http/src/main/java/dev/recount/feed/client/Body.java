package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it comes, for one thread that reads it with a limit to its patience. At most one piece waits for the reader: the rest
 * stays in the socket. Any thread may cancel it.
 */
final class Body implements HttpResponse.BodySubscriber<Body> {

    private static final int LONGEST_TEXT = 64 * 1024;

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Flow.@Nullable Subscription subscription;
    private boolean cancelled;

    /**
     * What came.
     *
     * @param end why nothing comes after it; null where more may come
     */
    private record Piece(List<ByteBuffer> bytes, @Nullable IOException end) {}

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        lock.lock();
        try {
            if (cancelled) {
                newSubscription.cancel();
            } else {
                subscription = newSubscription;
                newSubscription.request(1);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        end("The connection was lost: " + failure, failure);
    }

    @Override
    public void onComplete() {
        end("The server ended the stream.", null);
    }

    /** Wants no more, and wakes the reader. Cancelling again does nothing. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            if (subscription != null) {
                subscription.cancel();
            }
        } finally {
            lock.unlock();
        }
        end("The connection was closed.", null);
    }

    /**
     * The next bytes; waits for them.
     *
     * @throws IOException at the end, whatever it is, and where nothing comes within the limit
     */
    List<ByteBuffer> next(Duration limit) throws IOException, InterruptedException {
        Piece piece = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (piece == null) {
            throw new IOException("The server was silent for " + limit + ".");
        }
        if (piece.end != null) {
            throw piece.end;
        }
        requestMore();
        return piece.bytes;
    }

    /** The rest as text, or as much of it as comes. */
    String text(Duration limit) throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            while (text.size() < LONGEST_TEXT) {
                for (ByteBuffer bytes : next(limit)) {
                    byte[] some = new byte[bytes.remaining()];
                    bytes.get(some);
                    text.writeBytes(some);
                }
            }
        } catch (IOException end) {
            // Half an explanation is better than none.
        }
        return text.toString(UTF_8);
    }

    private void requestMore() {
        lock.lock();
        try {
            if (subscription != null) {
                subscription.request(1);
            }
        } finally {
            lock.unlock();
        }
    }

    private void end(String why, @Nullable Throwable cause) {
        pieces.add(new Piece(List.of(), new IOException(why, cause)));
    }
}
