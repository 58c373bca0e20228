package dev.recount.feed;

import dev.recount.feed.FeedListener.End;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that was granted and holds a place among the clients, until it was served or given up. */
record StreamPlan(
        StreamSource source,
        Sighting sighting,
        Clients clients,
        Broadcasts broadcasts,
        Duration heartbeat,
        Told told,
        AtomicBoolean over) {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** Serves the stream on the current thread, until the client leaves or the feed is closed. */
    void serve(OutputStream body) throws IOException {
        StreamThread thread = clients.enter(sighting.sight());
        End end = End.FAILED;
        try {
            told.opened();
            End done = new EventStream(this, thread, body).run();
            // Who closed the feed stops the server next: by then the client has the end of the body, too.
            thread.write(body::close);
            end = done;
        } catch (IOException e) {
            end = thread.brokenOff().orElse(isInterrupted(e) ? End.FAILED : End.CLIENT_LEFT);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The client reads that the stream is over, and resumes.
            LOG.warn(
                    "Stream {} of {} ended early.",
                    told.requestId(),
                    sighting.sight().rig().orElse("a town"),
                    e);
        } finally {
            clients.leave(thread);
            giveUp();
            told.closed(end);
        }
    }

    // By somebody outside: the feed's own interrupts are cleared, or have a reason.
    private static boolean isInterrupted(IOException e) {
        return e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted();
    }

    /** Gives its place back, once. */
    void giveUp() {
        if (over.compareAndSet(false, true)) {
            clients.release();
        }
    }
}
