/** The log as a client sees it: pages of JSON, or a stream of server-sent events that can be resumed. */
@org.jspecify.annotations.NullMarked
module dev.recount.feed.http {
    requires transitive dev.recount.core;
    requires transitive java.net.http;
    requires transitive jdk.httpserver;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.recount.feed;
    exports dev.recount.feed.client;
    exports dev.recount.feed.http;
}
