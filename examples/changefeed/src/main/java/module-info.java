/** Projects, sessions and pull requests in one log, and everybody who follows what changes. */
@org.jspecify.annotations.NullMarked
module dev.recount.examples.changefeed {
    requires transitive dev.recount.core;
    requires transitive dev.recount.codec.jackson;
    requires transitive dev.recount.store.sqlite;
    requires transitive dev.recount.feed.http;
    requires com.fasterxml.jackson.databind;
    requires io.vavr;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.recount.examples.changefeed;

    opens dev.recount.examples.changefeed to
            com.fasterxml.jackson.databind;
}
