package dev.recount.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads what a feed answers without a server. */
final class Answers {

    private Answers() {}

    static String body(FeedResponse answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answer.writeTo(body);
        return body.toString(UTF_8);
    }
}
