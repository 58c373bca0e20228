package dev.recount.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a dashboard over a socket of its own, so that a test may send any header. */
record Asking(URI address, Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Asking at(Dashboard dashboard) {
        return new Asking(
                dashboard.address(), Map.of("Host", dashboard.address().getAuthority(), "Accept", "application/json"));
    }

    Asking with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Asking(address, more);
    }

    /** What was answered. */
    record Told(int status, List<String> head, String body) {

        JsonNode json() {
            return parse(body);
        }

        Optional<String> header(String name) {
            return head.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    JsonNode json(String path) {
        Told told = get(path);
        if (told.status() != 200) {
            throw new AssertionError(path + " was answered with " + told);
        }
        return told.json();
    }

    Told get(String path) {
        return send("GET", path, "");
    }

    Told send(String method, String path, String body) {
        try (Socket socket = open(method, path, body)) {
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int end = all.indexOf("\r\n\r\n");
            List<String> head = List.of(all.substring(0, end).split("\r\n"));
            return new Told(
                    Integer.parseInt(head.get(0).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
                    head,
                    all.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request and leaves the answer to be read. */
    Socket open(String method, String path, String body) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(60_000);
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("Content-Length: ")
                .append(body.getBytes(UTF_8).length)
                .append("\r\n\r\n")
                .append(body);
        socket.getOutputStream().write(request.toString().getBytes(UTF_8));
        return socket;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
