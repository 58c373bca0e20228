package dev.recount.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** The body of one stream: frames are gathered and written in pieces. Not thread-safe: use from the stream's thread. */
final class Wire {

    /** What a client has to take within the stall limit. */
    private static final int PIECE = 16 * 1024;

    private static final int ROOM = 512;

    private final OutputStream body;
    private final StreamThread thread;
    private StringBuilder frames = new StringBuilder(ROOM);
    private long writtenAt = System.nanoTime();

    Wire(OutputStream body, StreamThread thread) {
        this.body = body;
        this.thread = thread;
    }

    /** Where frames are added. */
    StringBuilder frames() {
        return frames;
    }

    /** Whether as many frames are gathered as are worth a write. */
    boolean isFull() {
        return frames.length() >= PIECE;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How long nothing was written. */
    long idleNanos() {
        return System.nanoTime() - writtenAt;
    }

    /** Writes what was gathered, and returns how many bytes that were. */
    long flush() throws IOException {
        byte[] all = frames.toString().getBytes(UTF_8);
        // An idle stream does not keep the room that a long page took.
        frames = new StringBuilder(ROOM);
        for (int start = 0; start < all.length; start += PIECE) {
            int from = start;
            int length = Math.min(PIECE, all.length - start);
            thread.write(() -> {
                body.write(all, from, length);
                body.flush();
            });
        }
        writtenAt = System.nanoTime();
        return all.length;
    }
}
