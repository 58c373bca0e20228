package dev.recount.examples.quickstart;

import dev.recount.feed.Feed;
import dev.recount.feed.FeedRequest;
import dev.recount.feed.FeedResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A feed in a servlet container. Pages are answered on the container's threads, each stream on a thread of its own. */
public final class FeedServlet extends HttpServlet {

    private final transient Feed feed;
    private final transient Executor streams;

    /** Serves streams on threads of the executor, which must not have a limit below that of the feed's clients. */
    public FeedServlet(Feed feed, Executor streams) {
        this.feed = feed;
        this.streams = streams;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FeedResponse answer =
                feed.answer(FeedRequest.of(request.getMethod(), headers(request), request.getQueryString()));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.length().isPresent()) {
            answer.writeTo(response.getOutputStream());
        } else {
            stream(request.startAsync(), answer);
        }
    }

    private void stream(AsyncContext async, FeedResponse answer) {
        async.setTimeout(0);
        try {
            streams.execute(() -> write(async, answer));
        } catch (RejectedExecutionException e) {
            answer.close();
            async.complete();
        }
    }

    private void write(AsyncContext async, FeedResponse answer) {
        try (answer) {
            answer.writeTo(async.getResponse().getOutputStream());
        } catch (IOException e) {
            log("A client left: " + e.getMessage());
        } finally {
            async.complete();
        }
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }
}
