package dev.recount.examples.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.recount.feed.FeedRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of the page, which hold no data and are given to everybody who reaches the server. */
final class PageFiles implements HttpHandler {

    private static final List<String> NAMES = List.of(
            "index.html",
            "app.css",
            "icon.svg",
            "main.js",
            "activity.js",
            "api.js",
            "boards.js",
            "dom.js",
            "filter.js",
            "place.js",
            "slider.js",
            "story.js",
            "stream.js",
            "times.js",
            "vitals.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, PageFile> files = new TreeMap<>();

    PageFiles() {
        for (String name : NAMES) {
            String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "");
            files.put(name.equals("index.html") ? "/" : '/' + name, PageFile.of(name, type));
        }
    }

    private static final class PageFile {

        private final String type;
        private final byte[] bytes;

        private PageFile(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        static PageFile of(String name, String type) {
            try (InputStream resource = PageFiles.class.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalStateException("The jar lacks " + name + ". Build it again.");
                }
                return new PageFile(type, resource.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String tag() {
            return '"' + UUID.nameUUIDFromBytes(bytes).toString() + '"';
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        @Nullable PageFile file = files.get(path);
        if (file == null) {
            throw FeedRefused.notFound("There is no page '" + path + "'. The dashboard is at /.");
        }
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            throw Answers.methodNotAllowed(exchange, "GET");
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.getResponseHeaders().set("ETag", file.tag());
        if (file.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
            return;
        }
        Answers.send(exchange, 200, file.type, file.bytes);
    }
}
