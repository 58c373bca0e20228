package dev.recount.benchmarks.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * One client. It takes frames apart as bytes, expects the number of each event to follow the one before, and tells how old each is.
 * Not thread-safe: use from one thread at a time.
 */
final class FeedClient {

    private static final byte[] SEQUENCE = "\ndata: {\"sequence\":".getBytes(US_ASCII);
    private static final byte[] NUMBER = "\"data\":{\"n\":".getBytes(US_ASCII);
    private static final byte[] TIME = ",\"at\":".getBytes(US_ASCII);

    private final SocketChannel channel;
    private final boolean numbered;
    private byte[] rest = new byte[0];
    private long last;
    private long events;

    private FeedClient(SocketChannel channel, boolean numbered) {
        this.channel = channel;
        this.numbered = numbered;
    }

    /** Asks for a stream. HTTP/1.0, so that the body comes without chunks. */
    static FeedClient connect(int port, Scope scope, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET /events" + scope.query() + " HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
        return new FeedClient(channel, scope.numbered());
    }

    SocketChannel channel() {
        return channel;
    }

    /** How many events came. */
    long events() {
        return events;
    }

    /** Takes what was read. */
    void take(ByteBuffer read, LongConsumer sentAtMicros) {
        byte[] bytes = Arrays.copyOf(rest, rest.length + read.remaining());
        read.get(bytes, rest.length, read.remaining());
        int start = 0;
        for (int end = frameEnd(bytes, start); end >= 0; end = frameEnd(bytes, start)) {
            frame(bytes, start, end, sentAtMicros);
            start = end;
        }
        rest = Arrays.copyOfRange(bytes, start, bytes.length);
    }

    /** The index behind the next blank line; -1 where there is none yet. */
    private static int frameEnd(byte[] bytes, int from) {
        for (int i = from + 1; i < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private void frame(byte[] bytes, int start, int end, LongConsumer sentAtMicros) {
        int sequence = find(SEQUENCE, bytes, start, end);
        if (sequence < 0) {
            return;
        }
        int number = find(NUMBER, bytes, sequence, end);
        int time = find(TIME, bytes, number, end);
        require(number > 0 && time > 0, bytes, start, end);
        long next = digits(bytes, numbered ? number : sequence);
        require(next == last + 1 || events == 0, bytes, start, end);
        last = next;
        events++;
        sentAtMicros.accept(digits(bytes, time));
    }

    private void require(boolean asExpected, byte[] bytes, int start, int end) {
        if (!asExpected) {
            throw new IllegalStateException(
                    "After " + last + " came " + new String(bytes, start, end - start, US_ASCII));
        }
    }

    /** The index behind these bytes; -1 where they are not there. */
    private static int find(byte[] wanted, byte[] bytes, int from, int end) {
        for (int i = Math.max(0, from); i <= end - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }

    private static long digits(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
