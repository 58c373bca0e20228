package dev.recount.feed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream of server-sent events apart, by the rules of the HTML standard (section 9.2.6): lines end at LF, CR or CRLF, a byte
 * order mark is passed over, and a frame that was cut off is none. The type of a frame is not kept, since a feed's data tells it. Not
 * thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
final class FrameReader {

    /** Beyond that it is no feed, or one that would fill the memory. */
    private static final int LONGEST = 256 * 1024 * 1024;

    private static final int ROOM = 16 * 1024;

    private final int longest;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterReturn;
    private boolean begun;
    private @Nullable String id;
    private @Nullable StringBuilder data;
    private OptionalLong retryMillis = OptionalLong.empty();

    FrameReader() {
        this(LONGEST);
    }

    FrameReader(int longest) {
        this.longest = longest;
    }

    /** Takes frames. */
    interface Taker {
        void take(Frame frame) throws IOException;
    }

    /** Reads on, and gives each frame that ends in these bytes. */
    void read(ByteBuffer bytes, Taker taker) throws IOException {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            boolean secondOfTwo = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (secondOfTwo) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                endLine(taker);
            } else {
                add(b);
            }
        }
    }

    /** How long the server wants a client to wait before it connects again; empty where it did not say. */
    OptionalLong retryMillis() {
        return retryMillis;
    }

    private void add(byte b) {
        if (line.size() >= longest) {
            throw tooLong();
        }
        line.write(b);
    }

    private void endLine(Taker taker) throws IOException {
        String text = line.toString(UTF_8);
        if (line.size() > ROOM) {
            line = new ByteArrayOutputStream();
        }
        line.reset();
        String marked = begun || !text.startsWith("\uFEFF") ? text : text.substring(1);
        begun = true;
        if (marked.isEmpty()) {
            endFrame(taker);
        } else {
            field(marked);
        }
    }

    private void endFrame(Taker taker) throws IOException {
        Frame frame = new Frame(id, data == null ? null : data.toString());
        id = null;
        data = null;
        if (frame.id() != null || frame.data() != null) {
            taker.take(frame);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        String bare = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "id" -> id = bare.indexOf('\0') < 0 ? bare : id;
            case "data" -> addData(bare);
            case "retry" ->
                retryMillis = bare.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(bare)) : retryMillis;
            default -> {
                // A comment, the type, or a field of a later standard.
            }
        }
    }

    private void addData(String more) {
        StringBuilder known = data;
        if (known == null) {
            data = new StringBuilder(more);
            return;
        }
        if (known.length() + more.length() >= longest) {
            throw tooLong();
        }
        known.append('\n').append(more);
    }

    private UnusableFeed tooLong() {
        return UnusableFeed.sent(
                "FRAME_TOO_LONG",
                "The feed sent a frame of more than " + longest + " bytes. Check that the URL is that of a feed.");
    }
}
