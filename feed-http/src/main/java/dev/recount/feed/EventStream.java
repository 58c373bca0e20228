package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import dev.recount.store.StoreUnavailable;
import dev.recount.town.RigEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Serves one client: reads what comes after the place of its source, sends it, waits where there is no more. History and live are one
 * loop. Not thread-safe: use from the stream's thread.
 */
final class EventStream {

    private static final int PART = 256;
    private static final long RETRY_MILLIS = 2_000;
    private static final long STORE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final StreamSource source;
    private final View view;
    private final Broadcasts broadcasts;
    private final long heartbeatNanos;
    private final StreamThread thread;
    private final Wire wire;
    private final Told told;
    private long namedAt;
    private long lookedAt;
    private long broadcast;
    private boolean caughtUp;

    EventStream(StreamPlan plan, StreamThread thread, OutputStream body) {
        this.source = plan.source();
        this.view = new View(plan.sighting(), plan.clients(), thread);
        this.broadcasts = plan.broadcasts();
        this.heartbeatNanos = plan.heartbeat().toNanos();
        this.thread = thread;
        this.wire = new Wire(body, thread);
        this.told = plan.told();
        this.broadcast = broadcasts.end();
    }

    /** Runs until the feed is closed, or the client may see nothing any more; tells which. */
    End run() throws IOException, InterruptedException {
        wire.frames().append("retry: ").append(RETRY_MILLIS).append("\n\n").append(source.opening());
        name();
        flush();
        boolean more = true;
        while (!thread.isClosing()) {
            try {
                more = more ? readOn() : live();
            } catch (StoreUnavailable e) {
                pause();
                more = true;
            } catch (FeedRefused e) {
                // Who connects again is told what any other is told.
                return end("what this client may see has changed", End.REFUSED);
            }
        }
        return end("the feed was closed", End.FEED_CLOSED);
    }

    private End end(String why, End end) throws IOException {
        Frames.comment(wire.frames(), why);
        flush();
        return end;
    }

    /** Sends what comes next; tells whether there is more. */
    private boolean readOn() throws IOException {
        lookedAt = System.nanoTime();
        view.refresh();
        Part part = source.read(view, PART);
        if (!part.control().isEmpty()) {
            wire.frames().append(part.control());
            checkpoint();
            flush();
        }
        send(part);
        if (part.complete()) {
            checkpointOnceCaughtUp();
        } else if (!caughtUp) {
            // Who reads history is no live listener yet.
            broadcast = broadcasts.end();
        }
        return !part.complete();
    }

    private void send(Part part) throws IOException {
        for (RigEvent found : part.events()) {
            if (thread.isClosing()) {
                return;
            }
            source.pass(found, view.audience().writer(), wire.frames());
            namedAt = System.nanoTime();
            if (wire.isFull()) {
                flush();
            }
        }
        source.passAll();
    }

    private void checkpointOnceCaughtUp() throws IOException {
        if (!caughtUp) {
            caughtUp = true;
            checkpoint();
        }
        flush();
    }

    /** Sends what is not stored and keeps the connection alive; then waits, and tells whether it is time to read. */
    private boolean live() throws IOException, InterruptedException {
        if (broadcasts.end() != broadcast && view.refreshUpToHead()) {
            return true;
        }
        sendBroadcasts();
        if (wire.isEmpty() && wire.idleNanos() >= heartbeatNanos) {
            Frames.comment(wire.frames(), "still here");
        }
        // Also under a stream of broadcasts, which leaves no time for a heartbeat.
        if (System.nanoTime() - namedAt >= heartbeatNanos) {
            checkpoint();
        }
        flush();
        long patience = Math.min(heartbeatNanos, source.patience().toNanos());
        long untilRead = patience - (System.nanoTime() - lookedAt);
        boolean announced = thread.await(Math.min(untilRead, heartbeatNanos - wire.idleNanos()));
        return announced || System.nanoTime() - lookedAt >= patience;
    }

    private void sendBroadcasts() throws IOException {
        Broadcasts.Batch batch = broadcasts.after(broadcast);
        broadcast = batch.end();
        if (batch.missed() > 0) {
            told.dropped(batch.missed());
        }
        for (Broadcasts.Broadcast one : batch.broadcasts()) {
            if (one.isFor(view.audience().sight())) {
                wire.frames().append(one.frame());
            }
            if (wire.isFull()) {
                flush();
            }
        }
    }

    /** Moves the client's cursor past what it does not see, so that it resumes near the head. */
    private void checkpoint() {
        if (source.hasMoved()) {
            name();
        }
    }

    private void name() {
        Frames.id(wire.frames(), source.cursor());
        namedAt = System.nanoTime();
    }

    private void pause() throws IOException, InterruptedException {
        if (wire.idleNanos() >= heartbeatNanos) {
            Frames.comment(wire.frames(), "the log cannot be read now");
        }
        flush();
        thread.await(STORE_PAUSE_NANOS);
    }

    private void flush() throws IOException {
        if (!wire.isEmpty()) {
            told.sent(wire.flush(), source.behind());
        }
    }
}
