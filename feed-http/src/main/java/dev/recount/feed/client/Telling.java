package dev.recount.feed.client;

import dev.recount.event.NewEvent;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an observer what frames say, and keeps the cursor after it. Used by the follower's thread; any thread reads the cursor. */
final class Telling {

    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);

    private final FeedObserver observer;
    private volatile String cursor;
    private boolean told;
    private boolean warned;

    Telling(String cursor, FeedObserver observer) {
        this.cursor = cursor;
        this.observer = observer;
    }

    String cursor() {
        return cursor;
    }

    /**
     * Tells a frame. What is stored has an id; what the feed says of itself has none, so that no stored event can be taken for it.
     *
     * @return whether the cursor moved
     * @throws IOException where the feed has to be read anew
     */
    boolean tell(Frame frame) throws IOException {
        String data = frame.data();
        String id = sendable(frame.id());
        // An empty id would mean to begin at the head again, and lose what lies between: no feed sends one.
        if (id == null || id.isEmpty()) {
            return data != null && word(data);
        }
        return data == null ? reach(id) : event(id, data);
    }

    void connected() {
        call(observer::connected);
    }

    void disconnected(Exception why, Duration pause) {
        told = false;
        observer.disconnected(why, pause);
    }

    void drained() {
        if (told) {
            told = false;
            call(observer::drained);
        }
    }

    void ended(Optional<Throwable> failure) {
        try {
            observer.ended(failure);
        } catch (Throwable e) {
            LOG.warn("The observer of a feed failed at its end.", e);
        }
    }

    private boolean reach(String id) {
        call(() -> observer.reached(id));
        return moved(id);
    }

    private boolean event(String id, String data) {
        call(stored(id, data));
        return moved(id);
    }

    private static @Nullable String sendable(@Nullable String id) {
        if (id != null && !id.isEmpty() && !FeedClient.isSendable(id)) {
            throw UnusableFeed.sent(
                    "UNREADABLE_FRAME",
                    "The feed sent a cursor that no header can carry, so it could not be followed on from there: '" + id
                            + "'. Check that the URL is that of a feed.");
        }
        return id;
    }

    private boolean moved(String id) {
        cursor = id;
        told = true;
        return true;
    }

    private Runnable stored(String id, String data) {
        try {
            FrameJson json = FrameJson.of(data);
            if (json.isWithoutContent()) {
                return withoutContent(json.rig(), json.sequence(), json.type(), id);
            }
            FedEvent event = new FedEvent(json.rig(), json.stored(), id);
            return () -> observer.event(event);
        } catch (IllegalArgumentException e) {
            throw UnusableFeed.sent(
                    "UNREADABLE_FRAME",
                    "The feed sent no event of a feed at cursor " + id + ": " + e.getMessage()
                            + " Check that the URL is that of a feed.");
        }
    }

    private Runnable withoutContent(String rig, long sequence, String type, String id) {
        String message = "Event {} of rig {}, a {}, came without its content. The server's log says why.";
        if (warned) {
            LOG.debug(message, sequence, rig, type);
        } else {
            warned = true;
            LOG.warn(message + " Further ones are logged at level debug.", sequence, rig, type);
        }
        return () -> observer.unreadable(rig, sequence, type, id);
    }

    private boolean word(String data) throws IOException {
        read(data).tell();
        return false;
    }

    private interface Word {
        void tell() throws IOException;
    }

    // Nothing is lost with what has no id, and later feeds, other servers and proxies may say what they like.
    private Word read(String data) {
        try {
            return word(FrameJson.of(data));
        } catch (IllegalArgumentException e) {
            LOG.debug("A frame without id is passed over.", e);
            return () -> {};
        }
    }

    private Word word(FrameJson json) {
        switch (json.control()) {
            case "reset" -> {
                String reason = json.text("reason", "");
                String message = json.text("message", "");
                return () -> reset(reason, message);
            }
            case "broken" -> {
                List<BrokenRig> rigs = json.broken();
                return () -> call(() -> observer.broken(rigs));
            }
            default -> {
                return json.isEphemeral() ? ephemeral(json) : () -> {};
            }
        }
    }

    private Word ephemeral(FrameJson json) {
        String rig = json.rig();
        NewEvent event = json.notStored();
        return () -> call(() -> observer.ephemeral(rig, event));
    }

    private void reset(String reason, String message) throws IOException {
        // From the head this connection goes on, and the next frame names its place. Without that frame the feed resets
        // once more, so that
        // no gap is passed over in silence.
        if (ask(() -> observer.reset(reason, message)) == FollowFrom.START) {
            cursor = FeedClient.cursor(FollowFrom.START);
            throw new IOException("The feed was reset, and is read again from its start. " + message);
        }
    }

    private static void call(Runnable observed) {
        ask(() -> {
            observed.run();
            return true;
        });
    }

    // Not every language checks exceptions, and an observer's IOException is no lost connection.
    private static <T> T ask(Supplier<T> observed) {
        try {
            return observed.get();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable unchecked) {
            throw new UndeclaredThrowableException(unchecked, "The observer of a feed failed: " + unchecked);
        }
    }
}
