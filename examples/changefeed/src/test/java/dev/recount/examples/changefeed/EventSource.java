package dev.recount.examples.changefeed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of a stream over a raw socket. It speaks HTTP/1.0, so that the body comes as it is, without chunks, and it keeps every byte.
 * Reading waits for a minute at most.
 */
final class EventSource implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> head = new ArrayList<>();
    private String lastId = "";

    private EventSource(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** What stood between two blank lines; what was not there is empty. */
    record Frame(String id, String event, String data, String comment) {

        boolean isEvent() {
            return !data.isEmpty();
        }

        long sequence() {
            return Long.parseLong(data.replaceAll("^\\{\"seq\":(\\d+),.*$", "$1"));
        }
    }

    static EventSource connect(InetSocketAddress to, String path, String... headers) throws IOException {
        return connect(new Socket(), to, path, headers);
    }

    /** Takes as little at once as the system lets it, so that who does not read is noticed soon. */
    static EventSource withASmallBuffer(InetSocketAddress to, String path, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        return connect(socket, to, path, headers);
    }

    private static EventSource connect(Socket socket, InetSocketAddress to, String path, String... headers)
            throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(to, PATIENCE_MILLIS);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.0\r\nAccept: text/event-stream\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
        return new EventSource(socket);
    }

    /** Status line and headers. */
    List<String> head() throws IOException {
        if (head.isEmpty()) {
            for (String line = readLine(); line != null && !line.isEmpty(); line = readLine()) {
                head.add(line);
            }
        }
        return head;
    }

    /** The next frame, whatever it is; null at the end. */
    @Nullable
    Frame next() throws IOException {
        head();
        Frame frame = new Frame("", "", "", "");
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.isEmpty()) {
                // Only now: a frame that was cut off moves no cursor.
                lastId = frame.id.isEmpty() ? lastId : frame.id;
                return frame;
            }
            frame = with(frame, line);
        }
        return null;
    }

    /** The next frame with data, or null at the end. */
    @Nullable
    Frame nextEvent() throws IOException {
        Frame frame = next();
        while (frame != null && !frame.isEvent()) {
            frame = next();
        }
        return frame;
    }

    /** The sequences of the next so many events. */
    List<Long> sequences(int count) throws IOException {
        List<Long> sequences = new ArrayList<>();
        while (sequences.size() < count) {
            Frame frame = nextEvent();
            if (frame == null) {
                throw new IOException("The stream ended after " + sequences + ": " + received());
            }
            sequences.add(frame.sequence());
        }
        return sequences;
    }

    /** What a browser would send as Last-Event-ID. */
    String lastId() {
        return lastId;
    }

    /** Every byte that came, as text. */
    String received() {
        return bytes.toString(UTF_8);
    }

    private static Frame with(Frame frame, String line) {
        String field = line.substring(0, line.indexOf(':'));
        String value = line.substring(line.indexOf(':') + 1).replaceFirst("^ ", "");
        switch (field) {
            case "id" -> {
                return new Frame(value, frame.event, frame.data, frame.comment);
            }
            case "event" -> {
                return new Frame(frame.id, value, frame.data, frame.comment);
            }
            case "data" -> {
                String data = frame.data.isEmpty() ? value : frame.data + "\n" + value;
                return new Frame(frame.id, frame.event, data, frame.comment);
            }
            case "" -> {
                return new Frame(frame.id, frame.event, frame.data, value);
            }
            default -> {
                return frame;
            }
        }
    }

    // The specification ends lines at LF, CR and CRLF alike.
    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = read(); c >= 0; c = read()) {
            if (c == '\n') {
                return line.toString(UTF_8);
            }
            if (c == '\r') {
                in.mark(1);
                if (in.read() == '\n') {
                    bytes.write('\n');
                } else {
                    in.reset();
                }
                return line.toString(UTF_8);
            }
            line.write(c);
        }
        return null;
    }

    private int read() throws IOException {
        int c = in.read();
        if (c >= 0) {
            bytes.write(c);
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
