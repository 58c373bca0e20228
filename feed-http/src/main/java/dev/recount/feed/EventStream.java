package dev.recount.feed;

import dev.recount.event.StoredEvent;
import dev.recount.store.LogInfo;
import dev.recount.store.Page;
import dev.recount.store.Query;
import dev.recount.store.ReadOptions;
import dev.recount.store.StoreUnavailable;
import dev.recount.subscription.UnusableCheckpoint.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Serves one client: reads a page after its position, sends it, waits where there is no more. The position is all that is kept, so
 * history and live are one loop. Not thread-safe: use from the stream's thread.
 */
final class EventStream {

    private static final int PAGE = 256;
    private static final long RETRY_MILLIS = 2_000;
    private static final Duration STORE_PAUSE = Duration.ofMillis(250);

    private final RigLog log;
    private final Query query;
    private final Broadcasts broadcasts;
    private final long heartbeatNanos;
    private final StreamThread thread;
    private final Wire wire;
    private final Told told;
    private long position;
    private long named;
    private long namedAt;
    private long broadcast;
    private long head;
    private boolean caughtUp;

    EventStream(StreamPlan plan, StreamThread thread, OutputStream body) {
        this.log = plan.log();
        this.query = plan.query();
        this.broadcasts = plan.broadcasts();
        this.heartbeatNanos = plan.heartbeat().toNanos();
        this.thread = thread;
        this.wire = new Wire(body, thread);
        this.told = plan.told();
        this.position = plan.start().after();
        this.head = position;
        this.broadcast = broadcasts.end();
    }

    /** Runs until the feed is closed. */
    void run(String reset) throws IOException, InterruptedException {
        wire.frames().append("retry: ").append(RETRY_MILLIS).append("\n\n").append(reset);
        name(position);
        flush();
        boolean more = true;
        while (!thread.isClosing()) {
            try {
                more = more ? readOn() : live();
            } catch (StoreUnavailable e) {
                pause();
            }
        }
        Frames.comment(wire.frames(), "the feed was closed");
        flush();
    }

    /** Sends a page; tells whether there is more. */
    private boolean readOn() throws IOException {
        Page page =
                log.store().read(query, ReadOptions.defaults().after(position).withLimit(PAGE));
        LogInfo info = log.store().info();
        head = info.head();
        if (info.floor() > position) {
            reset(info);
            return true;
        }
        send(page);
        if (page.complete()) {
            checkpointOnceCaughtUp();
        } else {
            // Who is behind is no live listener.
            broadcast = broadcasts.end();
        }
        return !page.complete();
    }

    private void send(Page page) throws IOException {
        for (StoredEvent event : page.events()) {
            if (thread.isClosing()) {
                return;
            }
            Frames.event(wire.frames(), log.cursors().at(event.sequence()), log.rig(), event);
            position = event.sequence();
            named(position);
            if (wire.isFull()) {
                flush();
            }
        }
        position = page.upTo();
    }

    // Retention overtook this client.
    private void reset(LogInfo info) throws IOException {
        Cursor given = new Cursor(position, "");
        StreamStart start = StreamStart.atHead(Reason.BELOW_FLOOR, given, log, info);
        wire.frames().append(start.reset());
        position = start.after();
        name(position);
        flush();
    }

    private void checkpointOnceCaughtUp() throws IOException {
        if (!caughtUp) {
            caughtUp = true;
            checkpoint();
        }
        flush();
    }

    /** Sends what is not stored and keeps the connection alive; then waits, and tells whether something was stored. */
    private boolean live() throws IOException, InterruptedException {
        sendBroadcasts();
        if (wire.isEmpty() && wire.idleNanos() >= heartbeatNanos) {
            Frames.comment(wire.frames(), "still here");
        }
        // Also under a stream of broadcasts, which leaves no time for a heartbeat.
        if (System.nanoTime() - namedAt >= heartbeatNanos) {
            checkpoint();
        }
        flush();
        long nanos = Math.max(1, heartbeatNanos - wire.idleNanos());
        return thread.await(() -> log.store().awaitAfter(position, Duration.ofNanos(nanos)));
    }

    private void sendBroadcasts() throws IOException {
        Broadcasts.Batch batch = broadcasts.after(broadcast);
        broadcast = batch.end();
        if (batch.missed() > 0) {
            told.dropped(batch.missed());
        }
        for (Broadcasts.Broadcast one : batch.broadcasts()) {
            if (query.matches(one.type(), one.tags())) {
                wire.frames().append(one.frame());
            }
            if (wire.isFull()) {
                flush();
            }
        }
    }

    /** Moves the client's cursor past what it does not see, so that it resumes near the head. */
    private void checkpoint() {
        if (position > named) {
            name(position);
        }
    }

    private void name(long sequence) {
        Frames.id(wire.frames(), log.cursors().at(sequence));
        named(sequence);
    }

    private void named(long sequence) {
        named = sequence;
        namedAt = System.nanoTime();
    }

    private void pause() throws IOException, InterruptedException {
        if (wire.idleNanos() >= heartbeatNanos) {
            Frames.comment(wire.frames(), "the log cannot be read now");
        }
        flush();
        thread.await(() -> {
            Thread.sleep(STORE_PAUSE.toMillis());
            return true;
        });
    }

    private void flush() throws IOException {
        if (!wire.isEmpty()) {
            told.sent(wire.flush(), Math.max(0, head - position));
        }
    }
}
