package dev.recount.examples.workspaces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** A stream of server-sent events as it comes, of which every line is kept. Not thread-safe. */
final class Stream implements AutoCloseable {

    private final BufferedReader lines;
    private final StringBuilder received = new StringBuilder();

    Stream(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /** What stood between two blank lines; what was not there is empty. */
    record Frame(String id, String type, String data) {

        private Frame with(String line) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            return switch (line.substring(0, line.indexOf(':'))) {
                case "id" -> new Frame(value, type, data);
                case "event" -> new Frame(id, value, data);
                case "data" -> new Frame(id, type, value);
                default -> this;
            };
        }
    }

    /** The next frame with data; one of type {@code end} where the stream ends. */
    Frame next() throws IOException {
        Frame frame = new Frame("", "", "");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            received.append(line).append('\n');
            if (!line.isEmpty()) {
                frame = frame.with(line);
            } else if (frame.data().isEmpty()) {
                frame = new Frame("", "", "");
            } else {
                return frame;
            }
        }
        return new Frame("", "end", "");
    }

    /** Reads on until a frame has that text in its data; gives the types of the frames up to it. */
    List<String> typesUntil(String text) throws IOException {
        List<String> types = new ArrayList<>();
        Frame frame;
        do {
            frame = next();
            types.add(frame.type());
        } while (!frame.data().contains(text) && !frame.type().equals("end"));
        return types;
    }

    /** Waits until it is live. */
    Stream live() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("id:")) {
            received.append(line).append('\n');
            line = lines.readLine();
        }
        return this;
    }

    /** Every line that came. */
    String received() {
        return received.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
